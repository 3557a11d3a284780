//! Photographs and their reviewers, letters, and what is written beside the acts.

use entity::{audit, value::UserId};
use handover::{
    account,
    app::Act,
    config::Identity,
    kernel::{audit as chain, policy::System},
    notification,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};

use super::{Person, TestApp, account::payload, png};

const PHOTO: &str =
    "mutation P($input: IdentityPhotoUploadInput!) { identityPhotoUpload(input: $input) { photoId userErrors { code field } } }";
const VERIFY: &str = "mutation V($input: IdentityVerifyInput!) { identityVerify(input: $input) { viewer { verified identity { state name number lapsesAt } } userErrors { code field message } } }";
const REVIEW: &str = "review { state claimedBy { nickname } details { name number cardUrl personUrl sameNumber { state user { id nickname } } } } userErrors { code field message }";

impl TestApp {
    /// A server where an admin decides on real names.
    pub async fn manual() -> Self {
        Self::with(|config| config.account.identity = Identity::Manual).await
    }

    /// Relays, and sends every mail that waits.
    pub async fn posted(&self) {
        self.relayed().await;
        notification::send_mails(self.env(), System::new()).await.unwrap();
        account::send_letters(self.env(), System::new()).await.unwrap();
    }

    /// How many mails to `address` say this.
    pub fn mails_saying(&self, address: &str, words: &str) -> usize {
        self.mails(address).iter().filter(|mail| mail.contains(words)).count()
    }

    /// How many acts of somebody are on record.
    pub async fn acts_of(&self, who: UserId) -> u64 {
        let acts = audit::Entity::find().filter(audit::Column::ActorId.eq(who.0));
        acts.count(self.env().db()).await.unwrap()
    }

    /// Some acts on record, by the operator: two for each turn.
    pub async fn operator_acts(&self, name: &str, turns: usize) {
        for turn in 0..turns {
            self.operates(name, Act::Blacklist(format!("turn {turn}"))).await;
            self.operates(name, Act::Reinstate(format!("turn {turn} again"))).await;
        }
    }

    /// Chains what is on record.
    pub async fn chains(&self) -> u64 {
        chain::chain(self.env(), System::new()).await.unwrap()
    }
}

impl Person<'_> {
    /// Uploads a photograph for a verification; the payload.
    pub async fn photo(&self, part: &str) -> Value {
        let input = json!({ "input": { "part": part, "file": null } });
        let answer = self.app.send_file(Some(&self.token), PHOTO, input, png(90, 60)).await;
        payload(&answer, "identityPhotoUpload")["photoId"].clone()
    }

    /// Hands his real name in with both photographs; the payload.
    pub async fn hands_in(&self, name: &str, number: &str) -> Value {
        let (card, person) = (self.photo("CARD").await, self.photo("PERSON").await);
        self.hands_in_with(name, number, &card, &person).await
    }

    /// The same with these photographs; the whole answer's payload.
    pub async fn hands_in_with(&self, name: &str, number: &str, card: &Value, person: &Value) -> Value {
        let input = json!({ "name": name, "number": number, "cardPhotoId": card, "personPhotoId": person });
        let answer = self.sends(VERIFY, json!({ "input": input })).await;
        if answer["errors"].is_array() {
            return answer["errors"][0]["extensions"].clone();
        }
        answer["data"]["identityVerify"].clone()
    }

    /// Does something with somebody's verification: `identityReviewClaim` and the like; the payload.
    pub async fn reviews(&self, field: &str, whose: &Person<'_>, reason: Option<&str>) -> Value {
        let kind = format!("{}{}Input", field[..1].to_uppercase(), &field[1..]);
        let query = format!("mutation R($input: {kind}!) {{ {field}(input: $input) {{ {REVIEW} }} }}");
        let mut input = json!({ "userId": whose.public_id().await });
        if let Some(reason) = reason {
            input["reason"] = json!(reason);
        }
        payload(&self.sends(&query, json!({ "input": input })).await, field)
    }

    /// Fetches an address of this server: status, `Cache-Control` and body.
    pub async fn gets(&self, path: &Value) -> (u16, String, Vec<u8>) {
        let request = self.app.http.get(self.app.url(path.as_str().unwrap())).bearer_auth(&self.token);
        let response = request.send().await.unwrap();
        let cache = response
            .headers()
            .get("cache-control")
            .map(|value| value.to_str().unwrap().to_owned());
        let status = response.status().as_u16();
        (status, cache.unwrap_or_default(), response.bytes().await.unwrap().to_vec())
    }

    /// Closes his account, typing this name; the payload.
    pub async fn closes(&self, typed: &str) -> Value {
        let query = "mutation C($input: AccountCloseInput!) { accountClose(input: $input) { closed userErrors { code field message } } }";
        let answer = self.sends(query, json!({ "input": { "username": typed } })).await;
        payload(&answer, "accountClose")
    }

    /// What keeps him from closing his account.
    pub async fn obstacles(&self) -> Value {
        let answer = self.sends("query O { me { closingObstacles } }", json!({})).await;
        answer["data"]["me"]["closingObstacles"].clone()
    }
}
