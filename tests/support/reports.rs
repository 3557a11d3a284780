//! Reports, and what admins decide about people.

use serde_json::{Value, json};
use uuid::Uuid;

use super::Person;

const CREATE: &str = "mutation C($input: ReportCreateInput!) { reportCreate(input: $input) { report { id subjectKind reason text createdAt decidedAt outcome decision images { id url } } userErrors { code field message } } }";
const QUEUE: &str = "query Q($filter: ReportFilterInput, $first: Int, $after: String) { reportQueue(filter: $filter, first: $first, after: $after) { nodes { id subjectKind complaintCount outcome decision openedAt decidedAt decidedBy { nickname } claimedBy { nickname } user { id nickname } listing { id state } message { text removedAt around { text } images { url } } complaints { cause text aboutId reporter { nickname } images { url } } } pageInfo { hasNextPage endCursor } } }";
const MINE: &str = "query M { me { reports(first: 20) { nodes { id subjectKind reason text outcome decision decidedAt user { nickname } listing { id } message { text } images { url } } } } }";
const USER: &str = "query U($id: ID!) { staffUser(userId: $id) { username email admin verified identity blacklisted blacklistReason closedAt owes { amount } user { nickname banned } blacklistDecisions { listed reason by { nickname } } freezes { cause } strikes { kind } orders { running bought sold boughtCancelled soldCancelled soldReturned } reports { nodes { id outcome } } } }";

impl Person<'_> {
    /// Reports what `input` says under a key of its own unless it has one; answers the payload, or the whole response if it failed.
    pub async fn reports(&self, mut input: Value) -> Value {
        for (name, value) in [
            ("reason", json!("FRAUD")),
            ("text", json!("He wants to be paid outside.")),
            ("idempotencyKey", json!(Uuid::new_v4())),
        ] {
            if input.get(name).is_none() {
                input[name] = value;
            }
        }
        payload_or_whole(self.sends(CREATE, json!({ "input": input })).await, "reportCreate")
    }

    /// Reports a user; the report's id.
    pub async fn reports_user(&self, user: &Person<'_>) -> Value {
        let made = self.reports(json!({ "userId": user.public_id().await })).await;
        assert_eq!(made["userErrors"], json!([]), "{made}");
        made["report"]["id"].clone()
    }

    /// What he has reported.
    pub async fn own_reports(&self) -> Vec<Value> {
        let answer = self.sends(MINE, json!({})).await;
        let nodes = answer["data"]["me"]["reports"]["nodes"].as_array();
        nodes.unwrap_or_else(|| panic!("{answer}")).clone()
    }

    /// The queue of reports, as an admin sees it.
    pub async fn report_queue(&self, filter: Value) -> Vec<Value> {
        let answer = self.sends(QUEUE, json!({ "filter": filter, "first": 20 })).await;
        let nodes = answer["data"]["reportQueue"]["nodes"].as_array();
        nodes.unwrap_or_else(|| panic!("{answer}")).clone()
    }

    /// Calls one of the mutations by which admins decide; answers the payload, or the whole response if it failed.
    pub async fn rules(&self, mutation: &str, input: Value) -> Value {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let query = format!("mutation M($input: {kind}!) {{ {mutation}(input: $input) {{ userErrors {{ code field message }} }} }}");
        payload_or_whole(self.sends(&query, json!({ "input": input })).await, mutation)
    }

    /// Decides on a report; answers the payload.
    pub async fn decides_report(&self, report: &Value, outcome: &str, reason: &str) -> Value {
        let input = json!({ "id": report, "outcome": outcome, "reason": reason, "idempotencyKey": Uuid::new_v4() });
        self.rules("reportDecide", input).await
    }

    /// Blacklists somebody; answers the payload.
    pub async fn blacklists(&self, user: &Person<'_>, reason: &str) -> Value {
        let input = json!({ "userId": user.public_id().await, "reason": reason, "idempotencyKey": Uuid::new_v4() });
        self.rules("userBlacklist", input).await
    }

    /// Takes somebody off the blacklist; answers the payload.
    pub async fn reinstates(&self, user: &Person<'_>, reason: &str) -> Value {
        let input = json!({ "userId": user.public_id().await, "reason": reason, "idempotencyKey": Uuid::new_v4() });
        self.rules("userReinstate", input).await
    }

    /// A user as admins see him.
    pub async fn inspects(&self, user: &Person<'_>) -> Value {
        let answer = self.sends(USER, json!({ "id": user.public_id().await })).await;
        assert!(answer["data"]["staffUser"].is_object(), "{answer}");
        answer["data"]["staffUser"].clone()
    }

    /// The usernames that a search finds.
    pub async fn searches_users(&self, filter: Value) -> Vec<String> {
        let query = "query U($filter: StaffUserFilterInput) { users(filter: $filter, first: 100) { nodes { username } } }";
        let answer = self.sends(query, json!({ "filter": filter })).await;
        let nodes = answer["data"]["users"]["nodes"].as_array().unwrap_or_else(|| panic!("{answer}"));
        nodes.iter().map(|node| node["username"].as_str().unwrap().to_owned()).collect()
    }

    /// The words of his notices of one kind, newest first.
    pub async fn notice_words(&self, kind: &str) -> Vec<String> {
        let answer = self
            .sends("query N { notices(first: 100) { nodes { kind text } } }", json!({}))
            .await;
        let nodes = answer["data"]["notices"]["nodes"].as_array().unwrap().clone();
        let of_kind = nodes.iter().filter(|node| node["kind"] == kind);
        of_kind.map(|node| node["text"].as_str().unwrap().to_owned()).collect()
    }
}

fn payload_or_whole(answer: Value, field: &str) -> Value {
    if answer["data"][field].is_object() {
        answer["data"][field].clone()
    } else {
        answer
    }
}
