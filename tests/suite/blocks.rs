//! Who does not want to hear from whom.

use handover::account::blocks;
use serde_json::{Value, json};

use crate::support::{Person, TestApp, account::payload};

const LIST: &str = "query B($first: Int, $after: String) { blockedUsers(first: $first, after: $after) { nodes { id nickname } pageInfo { hasNextPage endCursor } } }";

async fn change(person: &Person<'_>, field: &str, whom: &str) -> Value {
    let input = format!("{}{}", field[..1].to_uppercase(), &field[1..]);
    let query =
        format!("mutation B($input: {input}Input!) {{ {field}(input: $input) {{ user {{ nickname }} userErrors {{ code field }} }} }}");
    person.sends(&query, json!({ "input": { "userId": whom } })).await
}

async fn global_id(person: &Person<'_>) -> String {
    person.sends("query Me { me { id } }", json!({})).await["data"]["me"]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_block_stands_until_it_is_undone_and_reaches_one_way() {
    let app = TestApp::new().await;
    let (ann, bob, cid) = (app.person("ann").await, app.person("bob").await, app.person("cid").await);
    let (a, b) = (ann.id().await, bob.id().await);
    for _ in 0..2 {
        let done = change(&ann, "userBlock", &global_id(&bob).await).await;
        assert_eq!(
            payload(&done, "userBlock"),
            json!({ "user": { "nickname": "bob" }, "userErrors": [] })
        );
    }
    app.advance(std::time::Duration::from_secs(1));
    change(&ann, "userBlock", &global_id(&cid).await).await;
    assert!(blocks::blocked(app.env().db(), a, b).await.unwrap());
    assert!(!blocks::blocked(app.env().db(), b, a).await.unwrap(), "he may not even know");
    let page = ann.sends(LIST, json!({ "first": 1 })).await["data"]["blockedUsers"].clone();
    assert_eq!(page["nodes"][0]["nickname"], "cid");
    let rest = ann.sends(LIST, json!({ "first": 5, "after": page["pageInfo"]["endCursor"] })).await;
    assert_eq!(rest["data"]["blockedUsers"]["nodes"].as_array().unwrap().len(), 1, "{rest}");
    assert_eq!(rest["data"]["blockedUsers"]["nodes"][0]["nickname"], "bob");
    assert_eq!(bob.sends(LIST, json!({})).await["data"]["blockedUsers"]["nodes"], json!([]));
    for _ in 0..2 {
        let undone = change(&ann, "userUnblock", &global_id(&bob).await).await;
        assert_eq!(payload(&undone, "userUnblock")["userErrors"], json!([]));
    }
    assert!(!blocks::blocked(app.env().db(), a, b).await.unwrap());
    app.close().await;
}

#[tokio::test]
async fn one_blocks_neither_oneself_nor_nobody() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    let own = change(&ann, "userBlock", &global_id(&ann).await).await;
    assert_eq!(payload(&own, "userBlock")["userErrors"][0]["code"], "OWN_MATTER");
    for id in ["AAAA", "", &"A".repeat(23)] {
        for field in ["userBlock", "userUnblock"] {
            let answer = change(&ann, field, id).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], "NOT_FOUND", "{answer}");
        }
    }
    app.close().await;
}
