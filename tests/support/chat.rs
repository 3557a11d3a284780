//! Writing to each other.

use entity::standing;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Person, TestApp, png};

const SEND: &str = "mutation S($input: ChatMessageSendInput!) { chatMessageSend(input: $input) { message { id seq text clientId sender { nickname } conversation { id } images { id url thumbnailUrl } listing { id } order { id } recalledAt } warning { kind text } userErrors { code field message } } }";
const READ: &str = "mutation R($input: ConversationReadInput!) { conversationRead(input: $input) { conversation { unreadCount readSeq } userErrors { code field } } }";
const ALL: &str = "query C($first: Int, $after: String) { conversations(first: $first, after: $after) { nodes { id lastSeq unreadCount readSeq otherReadSeq other { id nickname banned } lastLine { ... on Message { text seq } ... on SystemLine { step text } } } pageInfo { hasNextPage endCursor } } chatUnreadCount }";
const LINES: &str = "query L($id: ID!, $first: Int, $after: String) { conversation(id: $id) { lines(first: $first, after: $after) { nodes { __typename ... on Message { id seq text sender { nickname } images { id url } listing { id } order { id } recalledAt } ... on SystemLine { id seq step text order { id } } } pageInfo { hasNextPage endCursor } } } }";

const UPLOAD: &str =
    "mutation U($input: ImageUploadInput!) { imageUpload(input: $input) { image { id url thumbnailUrl } userErrors { code } } }";
const RECALL: &str = "mutation R($input: ChatMessageRecallInput!) { chatMessageRecall(input: $input) { message { text recalledAt images { id } listing { id } } userErrors { code field } } }";
const SEARCH: &str = "query S($words: String!, $in: ID, $first: Int, $after: String) { chatSearch(words: $words, conversationId: $in, first: $first, after: $after) { nodes { id text } pageInfo { hasNextPage endCursor } } }";
const BLOCK: &str = "mutation B($input: UserBlockInput!) { userBlock(input: $input) { userErrors { code } } }";
const UNBLOCK: &str = "mutation B($input: UserUnblockInput!) { userUnblock(input: $input) { userErrors { code } } }";

impl TestApp {
    /// Blacklists somebody by his standing alone, where the decision does not matter.
    pub async fn bans(&self, person: &Person<'_>) {
        let tx = self.env().begin().await.unwrap();
        let row = standing::ActiveModel {
            user_id: Set(person.id().await),
            blacklisted: Set(true),
            ..Default::default()
        };
        row.update(tx.db()).await.unwrap();
        tx.commit().await.unwrap();
    }
}

impl Person<'_> {
    /// Uploads a picture for a chat; answers the image.
    pub async fn chat_image(&self) -> Value {
        let input = json!({ "input": { "purpose": "CHAT", "file": null } });
        let answer = self.app.send_file(Some(&self.token), UPLOAD, input, png(60, 30)).await;
        let image = answer["data"]["imageUpload"]["image"].clone();
        assert!(image.is_object(), "{answer}");
        image
    }

    /// Fetches an address of this server with his access token: status and `Cache-Control`.
    pub async fn fetches(&self, path: &Value) -> (u16, String) {
        let request = self.app.http.get(self.app.url(path.as_str().unwrap())).bearer_auth(&self.token);
        let response = request.send().await.unwrap();
        let cache = response
            .headers()
            .get("cache-control")
            .map(|value| value.to_str().unwrap().to_owned());
        (response.status().as_u16(), cache.unwrap_or_default())
    }

    /// Takes a message back; answers the payload, or the whole response if it failed.
    pub async fn recalls(&self, message: &Value) -> Value {
        let answer = self.sends(RECALL, json!({ "input": { "id": message } })).await;
        if answer["data"]["chatMessageRecall"].is_object() {
            answer["data"]["chatMessageRecall"].clone()
        } else {
            answer
        }
    }

    /// The texts that hold these words, on the pages of this size from the first on.
    pub async fn finds(&self, words: &str, within: &Value, first: u32) -> Vec<String> {
        let (mut after, mut found) = (Value::Null, Vec::new());
        loop {
            let answer = self
                .sends(SEARCH, json!({ "words": words, "in": within, "first": first, "after": after }))
                .await;
            let page = &answer["data"]["chatSearch"];
            assert!(page.is_object(), "{answer}");
            found.extend(
                page["nodes"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|node| node["text"].as_str().unwrap().to_owned()),
            );
            if page["pageInfo"]["hasNextPage"] == false {
                return found;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
    }

    /// Blocks somebody, or no longer.
    pub async fn blocks(&self, user: &Value, block: bool) {
        let answer = self
            .sends(if block { BLOCK } else { UNBLOCK }, json!({ "input": { "userId": user } }))
            .await;
        let field = if block { "userBlock" } else { "userUnblock" };
        assert_eq!(answer["data"][field]["userErrors"], json!([]), "{answer}");
    }

    /// His own id as others send it to the server.
    pub async fn public_id(&self) -> Value {
        let id = handover::graphql::id::encode(self.id().await);
        json!(id.as_str())
    }

    /// Sends what `input` says, with a client id unless it has one; answers the payload.
    pub async fn posts(&self, mut input: Value) -> Value {
        if input.get("clientId").is_none() {
            input["clientId"] = json!(Uuid::new_v4());
        }
        let answer = self.sends(SEND, json!({ "input": input })).await;
        if answer["data"]["chatMessageSend"].is_object() {
            answer["data"]["chatMessageSend"].clone()
        } else {
            answer
        }
    }

    /// Writes to a user or a conversation, and answers the message.
    pub async fn says(&self, to: &Value, text: &str) -> Value {
        let posted = self.posts(json!({ "to": to, "text": text })).await;
        assert_eq!(posted["userErrors"], json!([]), "{posted}");
        posted["message"].clone()
    }

    /// Marks a conversation as read; answers the payload, or the whole response if it failed.
    pub async fn has_read(&self, conversation: &Value, seq: i64) -> Value {
        let answer = self
            .sends(READ, json!({ "input": { "conversationId": conversation, "seq": seq } }))
            .await;
        if answer["data"]["conversationRead"].is_object() {
            answer["data"]["conversationRead"].clone()
        } else {
            answer
        }
    }

    /// His conversations and the number of unread lines.
    pub async fn inbox(&self) -> Value {
        self.sends(ALL, json!({})).await["data"].clone()
    }

    /// A page of his conversations.
    pub async fn inbox_page(&self, first: u32, after: &Value) -> Value {
        self.sends(ALL, json!({ "first": first, "after": after })).await["data"]["conversations"].clone()
    }

    /// A page of a conversation's lines; the whole response if it failed.
    pub async fn lines(&self, conversation: &Value, first: u32, after: &Value) -> Value {
        let answer = self
            .sends(LINES, json!({ "id": conversation, "first": first, "after": after }))
            .await;
        if answer["data"]["conversation"].is_object() {
            answer["data"]["conversation"]["lines"].clone()
        } else {
            answer
        }
    }
}
