//! What sellers do with their listings after they made them, and what others see of them.

use serde_json::{Value, json};

use super::{Offered, Person, TestApp};

/// What stories ask of a listing.
const LISTING: &str = "id state version title price { amount } rejectReason negotiable favourite views images { id }";

impl Person<'_> {
    /// Calls one of the mutations that answer a listing; answers its payload, or the whole response if it has none.
    pub async fn lists(&self, mutation: &str, input: Value) -> Value {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let query = format!(
            "mutation M($input: {kind}!) {{ {mutation}(input: $input) {{ listing {{ {LISTING} }} userErrors {{ code field message }} }} }}"
        );
        let answer = self.sends(&query, json!({ "input": input })).await;
        if answer["data"][mutation].is_object() {
            answer["data"][mutation].clone()
        } else {
            answer
        }
    }

    /// The same, and it must be done; answers the listing.
    pub async fn lists_well(&self, mutation: &str, input: Value) -> Value {
        let payload = self.lists(mutation, input).await;
        assert_eq!(payload["userErrors"], json!([]), "{mutation}: {payload}");
        payload["listing"].clone()
    }

    /// Changes a listing of his in the version he saw; answers the payload.
    pub async fn changes(&self, id: &Value, seen: i64, change: Value) -> Value {
        self.lists("listingUpdate", json!({ "id": id, "seenVersion": seen, "change": change }))
            .await
    }

    /// A listing as he sees it, or null.
    pub async fn sees(&self, id: &Value) -> Value {
        let query = format!("query L($id: ID!) {{ listing(id: $id) {{ {LISTING} }} }}");
        self.sends(&query, json!({ "id": id })).await["data"]["listing"].clone()
    }

    /// Approves a listing in this version; answers the payload.
    pub async fn approves_version(&self, id: &Value, version: i64) -> Value {
        self.lists("listingApprove", json!({ "id": id, "version": version })).await
    }

    /// The kinds of his notices, newest first.
    pub async fn notice_kinds(&self) -> Vec<String> {
        let answer = self.sends("query N { notices(first: 100) { nodes { kind } } }", json!({})).await;
        let nodes = answer["data"]["notices"]["nodes"]
            .as_array()
            .unwrap_or_else(|| panic!("{answer}"))
            .clone();
        nodes.iter().map(|node| node["kind"].as_str().unwrap().to_owned()).collect()
    }
}

impl TestApp {
    /// The ids of what is found on one page, in its order.
    pub async fn finds(&self, filter: Value, sort: &str) -> Vec<String> {
        let query = "query F($filter: ListingFilterInput, $sort: ListingSortInput) { listings(first: 100, filter: $filter, sort: $sort) { nodes { id } } }";
        let answer = self.send(None, query, json!({ "filter": filter, "sort": { "by": sort } })).await;
        let nodes = answer["data"]["listings"]["nodes"]
            .as_array()
            .unwrap_or_else(|| panic!("{answer}"))
            .clone();
        nodes.iter().map(|node| node["id"].as_str().unwrap().to_owned()).collect()
    }
}

impl Offered {
    /// Its id, as GraphQL takes it.
    pub fn id(&self) -> Value {
        json!(self.id)
    }
}
