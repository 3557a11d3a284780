//! Writing to each other.

use serde_json::{Value, json};
use uuid::Uuid;

use super::Person;

const SEND: &str = "mutation S($input: ChatMessageSendInput!) { chatMessageSend(input: $input) { message { id seq text clientId sender { nickname } conversation { id } } userErrors { code field message } } }";
const READ: &str = "mutation R($input: ConversationReadInput!) { conversationRead(input: $input) { conversation { unreadCount readSeq } userErrors { code field } } }";
const ALL: &str = "query C($first: Int, $after: String) { conversations(first: $first, after: $after) { nodes { id lastSeq unreadCount readSeq otherReadSeq other { id nickname banned } lastLine { ... on Message { text seq } ... on SystemLine { step text } } } pageInfo { hasNextPage endCursor } } chatUnreadCount }";
const LINES: &str = "query L($id: ID!, $first: Int, $after: String) { conversation(id: $id) { lines(first: $first, after: $after) { nodes { __typename ... on Message { id seq text sender { nickname } } ... on SystemLine { id seq step text } } pageInfo { hasNextPage endCursor } } } }";

impl Person<'_> {
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
