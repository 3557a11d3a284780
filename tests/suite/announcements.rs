//! What the platform announces to everybody: a row, which everybody who was here then finds among his notices.

use std::time::Duration;

use handover::{app::Act, kernel::policy::System, notification::announcement::A_DAY, worker};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    live::{cursor, follows},
    support::{TestApp, wallet::refusal},
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn seen(title: &str, read: bool) -> (String, String, bool) {
    ("ANNOUNCEMENT".to_owned(), title.to_owned(), read)
}

#[tokio::test]
async fn everybody_who_is_here_sees_it_in_his_language_until_it_is_taken_back() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.admin("ada").await, app.admin("bob").await);
    let (ann, ban) = (app.person("ann").await, app.person("ban").await);
    app.operates("ban", Act::Blacklist("for the test".to_owned())).await;
    app.relayed().await;
    let of_ban = ban.notice_board().await.1;
    app.advance(Duration::from_secs(5));
    let key = Uuid::new_v4();
    let made = ada.announces("Away on Sunday", key).await;
    assert_eq!(refusal(&made), "none", "{made}");
    assert_eq!(
        ada.announces("Away on Sunday", key).await["announcement"]["id"],
        made["announcement"]["id"]
    );
    assert_eq!(refusal(&ada.announces("Another", key).await), "IDEMPOTENCY_KEY_REUSED");
    app.advance(Duration::from_secs(5));
    let eve = app.person("eve").await;

    assert_eq!(ann.notice_board().await, (vec![seen("Away on Sunday", false)], 1));
    assert_eq!(ban.notice_board().await.0[0], seen("Away on Sunday", false), "the blacklisted, too");
    assert_eq!(ban.notice_board().await.1, of_ban + 1);
    assert_eq!(eve.notice_board().await, (Vec::new(), 0), "who came later is not told");
    let request = app
        .http
        .post(app.url("/graphql"))
        .bearer_auth(&ann.token)
        .header("accept-language", "zh-CN");
    let query = "query N { notices { nodes { id title text subjectKind } } }";
    let answer: Value = request.json(&json!({ "query": query })).send().await.unwrap().json().await.unwrap();
    let notice = &answer["data"]["notices"]["nodes"][0];
    assert_eq!((&notice["title"], &notice["text"]), (&json!("系统维护"), &json!("周日系统维护。")));

    let read = ann.calls("noticeRead", "notice { readAt }", json!({ "id": notice["id"] })).await;
    assert!(read["notice"]["readAt"].is_string(), "{read}");
    assert_eq!(ann.notice_board().await, (vec![seen("Away on Sunday", true)], 0));
    let foreign = eve.sends(
        "mutation R($id: ID!) { noticeRead(input: { id: $id }) { userErrors { code } } }",
        json!({ "id": notice["id"] }),
    );
    assert_eq!(foreign.await["errors"][0]["extensions"]["code"], "NOT_FOUND");

    let id = &made["announcement"]["id"];
    assert_eq!(bob.retracts(id).await["announcement"]["retractedBy"]["nickname"], "bob");
    let late = ada.retracts(id).await;
    assert_eq!(refusal(&late), "ALREADY_DECIDED");
    assert!(late["userErrors"][0]["message"].as_str().unwrap().contains("bob"), "{late}");
    assert_eq!(ann.notice_board().await, (Vec::new(), 0));
    let listed = ada
        .sends("query A { announcements { nodes { id retractedBy { nickname } } } }", json!({}))
        .await;
    assert_eq!(
        listed["data"]["announcements"]["nodes"],
        json!([{ "id": id, "retractedBy": { "nickname": "bob" } }])
    );
    app.close().await;
}

#[tokio::test]
async fn notices_and_announcements_are_one_list_page_by_page() {
    let app = TestApp::new().await;
    let (ada, ann) = (app.admin("ada").await, app.person("ann").await);
    let user = ann.id().await;
    let mut expected = Vec::new();
    for turn in 0..9 {
        app.advance(Duration::from_secs(1));
        if turn % 3 == 1 {
            ada.announces(&format!("Announcement {turn}"), Uuid::new_v4()).await;
            expected.insert(0, format!("Announcement {turn}"));
        } else {
            app.tells(user, 1).await;
            expected.insert(0, "Your real name is verified".to_owned());
        }
    }
    let query = "query N($after: String) { notices(first: 2, after: $after) { nodes { title } pageInfo { hasNextPage endCursor } } noticeUnreadCount }";
    let (mut titles, mut after) = (Vec::new(), Value::Null);
    loop {
        let answer = ann.sends(query, json!({ "after": after })).await;
        assert_eq!(answer["data"]["noticeUnreadCount"], 9);
        let page = &answer["data"]["notices"];
        titles.extend(
            page["nodes"]
                .as_array()
                .unwrap()
                .iter()
                .map(|node| node["title"].as_str().unwrap().to_owned()),
        );
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    assert_eq!(titles.len(), 9);
    assert!(
        titles
            .iter()
            .zip(&expected)
            .all(|(title, expected)| title.contains("Announcement") == expected.contains("Announcement")),
        "{titles:?}"
    );
    let read = ann.sends("mutation A { noticeReadAll { readCount } }", json!({})).await;
    assert_eq!(read["data"]["noticeReadAll"]["readCount"], 9);
    assert_eq!(ann.notice_board().await.1, 0);
    app.advance(DAY * 366);
    let ann = app.sign_in("ann").await;
    app.advance(Duration::from_secs(1));
    let kinds: Vec<String> = ann.notice_board().await.0.into_iter().map(|(kind, ..)| kind).collect();
    assert!(!kinds.contains(&"ANNOUNCEMENT".to_owned()), "after a year it is gone: {kinds:?}");
    worker::forget(app.env(), System::new()).await.unwrap();
    let reads = entity::announcement_read::Entity::find().count(app.env().db()).await.unwrap();
    assert_eq!(reads, 0, "and so is who read it");
    app.close().await;
}

#[tokio::test]
async fn so_many_a_day_and_words_within_their_limits() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.admin("ada").await, app.admin("bob").await);
    let long = "x".repeat(61);
    for title in ["", "x", "two\nlines", long.as_str()] {
        let refused = ada.announces(title, Uuid::new_v4()).await;
        assert_eq!(refusal(&refused), "INVALID_INPUT", "{title:?}");
        assert_eq!(refused["userErrors"][0]["field"], json!(["titleEn"]));
    }
    for turn in 0..A_DAY {
        let admin = if turn % 2 == 0 { &ada } else { &bob };
        assert_eq!(refusal(&admin.announces("News", Uuid::new_v4()).await), "none");
    }
    assert_eq!(refusal(&bob.announces("News", Uuid::new_v4()).await), "LIMIT_REACHED");
    app.advance(DAY);
    assert_eq!(refusal(&app.sign_in("bob").await.announces("News", Uuid::new_v4()).await), "none");
    app.close().await;
}

#[tokio::test]
async fn it_comes_live_to_all_and_with_it_the_cursor_of_both_logs() {
    let app = TestApp::new().await;
    let (ada, ann) = (app.admin("ada").await, app.person("ann").await);
    let user = ann.id().await;
    let start = cursor(&ann).await;
    let mut socket = follows(&ann, Some(&start)).await;
    app.tells(user, 1).await;
    let own = socket.data().await["noticeEvents"].take();
    let made = ada.announces("Away on Sunday", Uuid::new_v4()).await;
    app.relayed().await;
    let came = socket.data().await["noticeEvents"].take();
    assert_eq!(
        (&came["notice"]["title"], &came["unreadCount"]),
        (&json!("Away on Sunday"), &json!(2))
    );
    app.tells(user, 1).await;
    let third = socket.data().await["noticeEvents"].take();
    let mut after_own = follows(&ann, own["cursor"].as_str()).await;
    let mut after_all = follows(&ann, came["cursor"].as_str()).await;
    let heard = [after_own.data().await, after_own.data().await].map(|event| event["noticeEvents"]["notice"]["id"].clone());
    assert_eq!(heard, [came["notice"]["id"].clone(), third["notice"]["id"].clone()]);
    assert_eq!(after_all.data().await["noticeEvents"]["notice"]["id"], third["notice"]["id"]);

    ada.retracts(&made["announcement"]["id"]).await;
    app.relayed().await;
    let mut later = follows(&ann, Some(&start)).await;
    let mut withdrawn = follows(&ann, third["cursor"].as_str()).await;
    let event = withdrawn.data().await["noticeEvents"].take();
    assert_eq!((&event["noticeId"], &event["unreadCount"]), (&came["notice"]["id"], &json!(2)));
    let kinds = [later.data().await, later.data().await, later.data().await].map(|event| event["noticeEvents"]["__typename"].clone());
    assert_eq!(
        kinds,
        ["NoticeCreated", "NoticeCreated", "NoticeWithdrawn"],
        "what is gone is not told of any more"
    );
    app.close().await;
}
