//! Admins look through the audit log: by who, what, about what and when; others do not.

use std::time::Duration;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Person, TestApp};

const LOG: &str = "query L($filter: AuditFilterInput, $first: Int, $after: String) { auditLog(filter: $filter, first: $first, after: $after) { \
    nodes { id number link at actor { nickname } action subjectKind subjectId detail } pageInfo { hasNextPage endCursor } } \
    auditChain { number link waitingCount } }";

async fn log(admin: &Person<'_>, filter: Value) -> Vec<Value> {
    let answer = admin.sends(LOG, json!({ "filter": filter })).await;
    let nodes = answer["data"]["auditLog"]["nodes"].as_array();
    nodes.unwrap_or_else(|| panic!("{answer}")).clone()
}

fn acts(entries: &[Value]) -> Vec<&str> {
    entries.iter().map(|entry| entry["action"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn an_admin_finds_what_was_done_by_whom_to_what_and_when() {
    let app = TestApp::new().await;
    let (ada, bob, sam) = (app.admin("ada").await, app.admin("bob").await, app.verified("sam").await);
    let listing = sam.creates(&sam.draft("20.00").await).await["listing"]["id"].clone();
    let claim = json!({ "id": listing });
    ada.calls("listingReviewClaim", "listing { id }", claim.clone()).await;
    ada.calls("listingReviewRelease", "listing { id }", claim).await;
    app.advance(Duration::from_secs(60));
    let middle = app.send(None, "query N { now }", json!({})).await["data"]["now"].clone();
    bob.announces("Away on Sunday", Uuid::new_v4()).await;
    app.operator_acts("sam", 1).await;

    let of_ada = log(&ada, json!({ "actorId": ada.public_id().await })).await;
    assert_eq!(acts(&of_ada), ["listing_release", "listing_claim"], "newest first");
    assert_eq!(of_ada[0]["actor"]["nickname"], "ada");
    let about = log(&bob, json!({ "subject": { "kind": "LISTING", "id": listing } })).await;
    assert_eq!((about.len(), &about[0]["subjectId"]), (2, &listing));
    assert_eq!(
        acts(&log(&ada, json!({ "action": "announcement_create" })).await),
        ["announcement_create"]
    );
    assert_eq!(log(&ada, json!({ "to": middle })).await.len(), log(&ada, json!({})).await.len() - 3);
    let since = log(&ada, json!({ "from": middle, "bySystem": true })).await;
    assert!(since.len() == 2 && since.iter().all(|entry| entry["actor"].is_null()), "{since:?}");
    assert_eq!(since[1]["detail"], json!({ "reason": "turn 0" }).to_string());
    let nothing = log(&ada, json!({ "actorId": ada.public_id().await, "action": "announcement_create" })).await;
    assert!(nothing.is_empty(), "all of it must fit");

    let stands = ada.sends(LOG, json!({})).await["data"]["auditChain"].clone();
    let waiting = log(&ada, json!({})).await.len();
    assert_eq!(stands, json!({ "number": 0, "link": "", "waitingCount": waiting }));
    app.chains().await;
    let stands = ada.sends(LOG, json!({})).await["data"]["auditChain"].clone();
    let newest = log(&ada, json!({})).await;
    assert_eq!((&stands["number"], &stands["waitingCount"]), (&json!(waiting), &json!(0)));
    assert!(
        newest
            .iter()
            .any(|entry| entry["number"] == stands["number"] && entry["link"] == stands["link"])
    );
    for bad in [
        json!({ "actorId": listing }),
        json!({ "subject": { "kind": "ORDER", "id": listing } }),
        json!({ "subject": { "kind": "LISTING", "id": "AAAA" } }),
    ] {
        let answer = ada.sends(LOG, json!({ "filter": bad })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "NOT_FOUND", "{bad}");
    }
    app.close().await;
}

#[tokio::test]
async fn it_is_paged_without_gap_and_its_entries_are_nodes_for_admins_alone() {
    let app = TestApp::new().await;
    let (ada, sam) = (app.admin("ada").await, app.verified("sam").await);
    app.operator_acts("sam", 12).await;
    let (mut ids, mut after) = (Vec::new(), Value::Null);
    loop {
        let answer = ada
            .sends(LOG, json!({ "first": 5, "after": after, "filter": { "bySystem": true } }))
            .await;
        let page = &answer["data"]["auditLog"];
        ids.extend(page["nodes"].as_array().unwrap().iter().map(|entry| entry["id"].clone()));
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    assert_eq!(ids.len(), 24);
    let mut different = ids.clone();
    different.sort_by_key(Value::to_string);
    different.dedup();
    assert_eq!(different.len(), 24);
    let query = "query N($id: ID!) { node(id: $id) { __typename id ... on AuditEntry { action } } }";
    let found = ada.sends(query, json!({ "id": ids[0] })).await;
    assert_eq!(found["data"]["node"]["__typename"], "AuditEntry");
    let refused = sam.sends(query, json!({ "id": ids[0] })).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "NOT_FOUND");
    app.close().await;
}
