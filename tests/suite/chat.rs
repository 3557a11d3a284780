//! People write to each other.

use std::time::Duration;

use futures::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::TestApp;

fn code(answer: &Value) -> &Value {
    &answer["userErrors"][0]["code"]
}

fn failure(answer: &Value) -> &Value {
    &answer["errors"][0]["extensions"]["code"]
}

#[tokio::test]
async fn two_people_write_to_each_other_and_each_sees_his_side() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.person("sam").await, app.person("bea").await);
    let first = bea.says(&sam.public_id().await, "  Is it still there?\r\n").await;
    assert_eq!((&first["seq"], &first["text"]), (&json!(1), &json!("Is it still there?")));
    let conversation = &first["conversation"]["id"];
    bea.says(conversation, "Level 60?").await;
    let inbox = sam.inbox().await;
    assert_eq!(inbox["chatUnreadCount"], 2);
    let seen = &inbox["conversations"]["nodes"][0];
    assert_eq!(seen["other"]["nickname"], "bea");
    assert_eq!((&seen["unreadCount"], &seen["lastLine"]["text"]), (&json!(2), &json!("Level 60?")));
    assert_eq!(
        sam.has_read(conversation, 1).await["conversation"],
        json!({ "unreadCount": 1, "readSeq": 1 })
    );
    assert_eq!(bea.inbox().await["conversations"]["nodes"][0]["otherReadSeq"], 1);
    let answer = sam.says(conversation, "Yes, and yes").await;
    assert_eq!((&answer["seq"], &answer["sender"]["nickname"]), (&json!(3), &json!("sam")));
    assert_eq!(sam.inbox().await["chatUnreadCount"], 0, "whoever answers has read");
    assert_eq!(bea.inbox().await["chatUnreadCount"], 1);
    let lines = bea.lines(conversation, 10, &Value::Null).await;
    let texts: Vec<_> = lines["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["text"].as_str().unwrap())
        .collect();
    assert_eq!(texts, ["Yes, and yes", "Level 60?", "Is it still there?"]);
    app.close().await;
}

#[tokio::test]
async fn a_client_id_sent_many_times_at_once_is_one_message() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.person("sam").await, app.person("bea").await);
    let input = json!({ "to": sam.public_id().await, "text": "once", "clientId": Uuid::new_v4() });
    let posted = join_all((0..8).map(|_| bea.posts(input.clone()))).await;
    let all: Vec<_> = posted.iter().map(|posted| posted["message"]["id"].clone()).collect();
    assert!(all[0].is_string() && all.iter().all(|id| *id == all[0]), "{posted:?}");
    assert_eq!(sam.inbox().await["chatUnreadCount"], 1);
    let mut by_conversation = input.clone();
    by_conversation["to"] = posted[0]["message"]["conversation"]["id"].clone();
    assert_eq!(
        bea.posts(by_conversation).await["message"]["id"],
        all[0],
        "the same message by its conversation"
    );
    let mut other = input.clone();
    other["text"] = json!("twice");
    assert_eq!(code(&bea.posts(other).await), "IDEMPOTENCY_KEY_REUSED");
    app.close().await;
}

#[tokio::test]
async fn fifty_at_once_are_numbered_without_gaps_and_history_pages_whole() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.person("sam").await, app.person("bea").await);
    let (to_sam, to_bea) = (sam.public_id().await, bea.public_id().await);
    let sent = join_all((0..50).map(|number| {
        let (who, to) = if number % 2 == 0 { (&sam, &to_bea) } else { (&bea, &to_sam) };
        async move { who.says(to, &format!("message {number}")).await }
    }))
    .await;
    let mut numbers: Vec<_> = sent.iter().map(|message| message["seq"].as_i64().unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=50).collect::<Vec<_>>());
    let conversation = &sent[0]["conversation"]["id"];
    assert!(
        sent.iter().all(|message| message["conversation"]["id"] == *conversation),
        "both began it, and it is one"
    );
    let (mut after, mut seen) = (Value::Null, Vec::new());
    loop {
        let page = sam.lines(conversation, 7, &after).await;
        seen.extend(page["nodes"].as_array().unwrap().iter().map(|line| line["seq"].as_i64().unwrap()));
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(seen, (1..=50).rev().collect::<Vec<_>>());
    app.close().await;
}

#[tokio::test]
async fn conversations_page_by_their_newest_line() {
    let app = TestApp::new().await;
    let sam = app.person("sam").await;
    let to_sam = sam.public_id().await;
    let mut names = Vec::new();
    for number in 0..5 {
        let name = format!("friend{number}");
        app.person(&name).await.says(&to_sam, "hello").await;
        app.advance(Duration::from_secs(1));
        names.insert(0, name);
    }
    let (mut after, mut seen) = (Value::Null, Vec::new());
    loop {
        let page = sam.inbox_page(2, &after).await;
        seen.extend(
            page["nodes"]
                .as_array()
                .unwrap()
                .iter()
                .map(|node| node["other"]["nickname"].as_str().unwrap().to_owned()),
        );
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(seen, names);
    app.close().await;
}

#[tokio::test]
async fn case_45_what_hides_or_turns_is_refused_and_markup_is_plain_text() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.person("sam").await, app.person("bea").await);
    let to = sam.public_id().await;
    for text in ["pay\u{202E}001", "a\u{200B}b", "a\u{0}b", "\u{2066}x\u{2069}"] {
        let refused = bea.posts(json!({ "to": to, "text": text })).await;
        assert_eq!(
            (code(&refused), &refused["userErrors"][0]["field"]),
            (&json!("INVALID_INPUT"), &json!(["text"])),
            "{text:?}"
        );
    }
    for text in ["", "   ", &"好".repeat(2_001)] {
        assert_eq!(code(&bea.posts(json!({ "to": to, "text": text })).await), "INVALID_INPUT");
    }
    let html = "<img src=x onerror=alert(1)> **bold** {{x}}";
    assert_eq!(bea.says(&to, html).await["text"], html, "kept as it is, to be shown as text");
    bea.says(&to, &"好".repeat(2_000)).await;
    app.close().await;
}

#[tokio::test]
async fn case_46_messages_and_new_conversations_have_limits_that_end() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.person("sam").await, app.person("bea").await);
    let to = sam.public_id().await;
    let posted = join_all((0..70).map(|number| bea.posts(json!({ "to": to, "text": format!("{number}") })))).await;
    assert_eq!(posted.iter().filter(|posted| posted["message"].is_object()).count(), 60);
    let refused = posted.iter().find(|posted| posted["message"].is_null()).unwrap();
    assert_eq!(code(refused), "LIMIT_REACHED");
    assert!(
        refused["userErrors"][0]["message"].as_str().unwrap().contains("seconds"),
        "says when again"
    );
    app.advance(Duration::from_secs(61));
    bea.says(&to, "a minute later").await;

    let mut strangers = Vec::new();
    for number in 0..21 {
        strangers.push(app.person(&format!("stranger{number}")).await.public_id().await);
    }
    let begun = join_all(strangers.iter().map(|to| bea.posts(json!({ "to": to, "text": "hello" })))).await;
    assert_eq!(
        begun.iter().filter(|begun| begun["message"].is_object()).count(),
        19,
        "sam was the first of 20"
    );
    assert!(
        begun
            .iter()
            .all(|begun| begun["message"].is_object() || *code(begun) == "LIMIT_REACHED"),
        "{begun:?}"
    );
    app.advance(Duration::from_secs(61));
    bea.says(&to, "old conversations go on").await;
    let left = begun.iter().position(|begun| begun["message"].is_null()).unwrap();
    app.advance(Duration::from_secs(24 * 60 * 60));
    let bea = app.sign_in("bea").await;
    bea.says(&strangers[left], "a day later").await;
    app.close().await;
}

#[tokio::test]
async fn case_48_another_s_conversation_is_not_found_by_any_road() {
    let app = TestApp::new().await;
    let (sam, bea, eve) = (app.person("sam").await, app.person("bea").await, app.person("eve").await);
    let message = bea.says(&sam.public_id().await, "between us").await;
    let conversation = &message["conversation"]["id"];
    assert_eq!(failure(&eve.lines(conversation, 5, &Value::Null).await), "NOT_FOUND");
    assert_eq!(failure(&eve.has_read(conversation, 1).await), "NOT_FOUND");
    assert_eq!(
        failure(&eve.posts(json!({ "to": conversation, "text": "let me in" })).await),
        "NOT_FOUND"
    );
    for wrong in [&message["id"], &json!("AAAA"), &json!("")] {
        assert_eq!(failure(&eve.posts(json!({ "to": wrong, "text": "x" })).await), "NOT_FOUND");
        assert_eq!(failure(&eve.lines(wrong, 5, &Value::Null).await), "NOT_FOUND");
    }
    let nobody = handover::graphql::id::encode(entity::value::UserId::new());
    assert_eq!(
        failure(&eve.posts(json!({ "to": nobody.as_str(), "text": "x" })).await),
        "NOT_FOUND"
    );
    let with = eve
        .sends(
            "query W($id: ID!) { conversationWith(userId: $id) { id } }",
            json!({ "id": sam.public_id().await }),
        )
        .await;
    assert_eq!(failure(&with), "NOT_FOUND");
    assert_eq!(eve.inbox().await["conversations"]["nodes"], json!([]));
    assert_eq!(
        code(&eve.posts(json!({ "to": eve.public_id().await, "text": "dear me" })).await),
        "OWN_MATTER"
    );
    assert_eq!(
        bea.has_read(conversation, 2).await["userErrors"][0]["code"],
        "INVALID_INPUT",
        "no such line"
    );
    app.close().await;
}
