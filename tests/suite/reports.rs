//! Reports: one a thing however many complain, decided once, both sides told, and nobody learns who complained.

use std::time::Duration;

use futures::future::join_all;
use handover::app::Act;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Person, TestApp, orders::code};

const HOUR: Duration = Duration::from_secs(3_600);

#[tokio::test]
async fn a_report_goes_from_the_reporter_to_an_admin_and_both_sides_hear_of_it() {
    let app = TestApp::new().await;
    let (sam, bea, admin) = (app.verified("sam").await, app.verified("bea").await, app.admin("anna").await);
    let listing = sam.sells("20.00").await;
    let picture = bea.evidence_image().await;
    let made = bea
        .reports(json!({ "listingId": listing.id, "reason": "MISLEADING", "text": "It is level 6, not 60.", "imageIds": [picture["id"]] }))
        .await;
    assert_eq!(made["report"]["subjectKind"], "LISTING", "{made}");
    let queue = admin.report_queue(json!({})).await;
    assert_eq!(queue.len(), 1);
    let report = &queue[0];
    assert_eq!(report["complaints"][0]["reporter"]["nickname"], "bea");
    assert_eq!(
        (&report["complaints"][0]["cause"], &report["listing"]["id"]),
        (&json!("MISLEADING"), &json!(listing.id))
    );
    // The evidence opens for the admin and the reporter, and for nobody else.
    let shown = &report["complaints"][0]["images"][0]["url"];
    assert_eq!(admin.fetches(shown).await.0, 200);
    assert_eq!(sam.fetches(shown).await.0, 404);
    assert_eq!(bea.fetches(&bea.own_reports().await[0]["images"][0]["url"]).await.0, 200);
    let decided = admin
        .decides_report(&report["id"], "CONTENT_REMOVED", "The level is not true.")
        .await;
    assert_eq!(decided["userErrors"], json!([]), "{decided}");
    app.relayed().await;
    assert_eq!(bea.sees(&listing.id()).await, Value::Null);
    let mine = bea.own_reports().await;
    assert_eq!(
        (&mine[0]["outcome"], &mine[0]["decision"]),
        (&json!("CONTENT_REMOVED"), &json!("The level is not true."))
    );
    assert!(bea.notice_words("REPORT_ANSWERED").await[0].contains("It was taken away"));
    assert!(sam.notice_words("LISTING_REMOVED").await[0].contains("The level is not true."));
    assert_eq!(sam.sees(&listing.id()).await["state"], "REMOVED");
    assert_eq!(
        admin.report_queue(json!({ "open": false })).await[0]["decidedBy"]["nickname"],
        "anna"
    );
    app.close().await;
}

#[tokio::test]
async fn abuse_46_what_many_report_is_one_report_with_many_complaints() {
    let app = TestApp::new().await;
    let (sam, admin) = (app.verified("sam").await, app.admin("anna").await);
    let mut people = Vec::new();
    for n in 0..6 {
        people.push(app.person(&format!("reporter{n}")).await);
    }
    let all = join_all(people.iter().map(|person| person.reports_user(&sam))).await;
    assert_eq!(all.len(), 6);
    let queue = admin.report_queue(json!({})).await;
    assert_eq!((queue.len(), &queue[0]["complaintCount"]), (1, &json!(6)));
    assert_eq!(queue[0]["complaints"].as_array().unwrap().len(), 6);
    let twice = people[0].reports(json!({ "userId": sam.public_id().await })).await;
    assert_eq!(code(&twice), "WRONG_STATE");
    admin.decides_report(&queue[0]["id"], "WARNED", "Be polite.").await;
    app.relayed().await;
    for person in &people {
        assert_eq!(person.notice_words("REPORT_ANSWERED").await.len(), 1);
    }
    assert_eq!(sam.notice_words("WARNED").await.len(), 1);
    // What happens after the decision is another matter.
    people[0].reports_user(&sam).await;
    assert_eq!(admin.report_queue(json!({})).await[0]["complaintCount"], 1);
    app.close().await;
}

#[tokio::test]
async fn abuse_46_a_user_makes_twenty_reports_a_day() {
    let app = TestApp::new().await;
    let bea = app.verified("bea").await;
    let sam = app.verified("sam").await;
    let mut messages = Vec::new();
    for n in 0..21 {
        messages.push(sam.says(&bea.public_id().await, &format!("line {n}")).await["id"].clone());
    }
    let made = join_all(messages[..19].iter().map(|message| bea.reports(json!({ "messageId": message })))).await;
    assert!(made.iter().all(|made| code(made) == "ok"), "{made:?}");
    // Two at once for the last place.
    let last = join_all(messages[19..].iter().map(|message| bea.reports(json!({ "messageId": message })))).await;
    let mut codes: Vec<&str> = last.iter().map(code).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["LIMIT_REACHED", "ok"], "{last:?}");
    app.advance(HOUR * 24);
    let (sam, bea) = (app.sign_in("sam").await, app.sign_in("bea").await);
    bea.reports_user(&sam).await;
    app.close().await;
}

/// Whoever is reported sees nothing of who did it: not in notices, mails, lists, nor in any field that he can ask for.
#[tokio::test]
async fn abuse_47_the_reporter_s_name_is_never_shown() {
    let app = TestApp::new().await;
    let (sam, bea, eve, admin) = (
        app.verified("sam").await,
        app.verified("beatrix_the_reporter").await,
        app.verified("eve").await,
        app.admin("anna").await,
    );
    let name = "beatrix_the_reporter";
    let own = bea.reports_user(&sam).await;
    let report = admin.report_queue(json!({})).await[0]["id"].clone();
    let warned = admin.decides_report(&report, "WARNED", "Be polite.").await;
    assert_eq!(warned["userErrors"], json!([]));
    app.relayed().await;
    for other in [&sam, &eve] {
        for id in [&own, &report] {
            let node = "query N($id: ID!) { node(id: $id) { __typename id } }";
            assert_eq!(code(&other.sends(node, json!({ "id": id })).await), "NOT_FOUND");
        }
        assert_eq!(
            code(&other.sends("query Q { reportQueue { nodes { id } } }", json!({})).await),
            "FORBIDDEN"
        );
        assert_eq!(other.own_reports().await.len(), 0);
    }
    let said = sam
        .sends(
            "query N { notices(first: 100) { nodes { kind title text subjectId } } me { reports { nodes { id } } } }",
            json!({}),
        )
        .await
        .to_string();
    assert!(
        !said.contains(name) && !said.contains(bea.public_id().await.as_str().unwrap()),
        "{said}"
    );
    assert!(app.mails("sam@example.com").iter().all(|mail| !mail.contains(name)));
    // His own data, whole.
    let events = entity::event::Entity::find().all(app.env().db()).await.unwrap();
    let his = handover::kernel::event::user_stream(sam.id().await);
    let bare = bea.id().await.to_string();
    assert!(events.iter().filter(|row| row.stream == his).all(|row| !row.event.contains(&bare)));
    app.close().await;
}

#[tokio::test]
async fn what_one_cannot_see_cannot_be_reported_and_oneself_neither() {
    let app = TestApp::new().await;
    let (sam, bea, eve) = (app.verified("sam").await, app.verified("bea").await, app.verified("eve").await);
    let hidden = sam.creates(&sam.draft("20.00").await).await["listing"]["id"].clone();
    let message = sam.says(&bea.public_id().await, "hello").await["id"].clone();
    for subject in [
        json!({ "listingId": hidden }),
        json!({ "messageId": message }),
        json!({ "userId": hidden }),
        json!({ "userId": handover::graphql::id::encode(entity::value::UserId::new()).as_str() }),
    ] {
        assert_eq!(code(&eve.reports(subject.clone()).await), "NOT_FOUND", "{subject}");
    }
    assert_eq!(code(&sam.reports(json!({ "userId": sam.public_id().await })).await), "OWN_MATTER");
    assert_eq!(code(&sam.reports(json!({ "messageId": message })).await), "OWN_MATTER");
    assert_eq!(code(&eve.reports(json!({})).await), "INVALID_INPUT");
    let both = json!({ "userId": sam.public_id().await, "listingId": hidden });
    assert_eq!(code(&eve.reports(both).await), "INVALID_INPUT");
    // Whoever blocks me can be reported all the same, and the answer tells nothing of it.
    sam.blocks(&bea.public_id().await, true).await;
    bea.reports_user(&sam).await;
    // What was taken back can still be reported, and the admin reads what it was.
    let rude = sam.says(&eve.public_id().await, "something rude").await;
    sam.recalls(&rude["id"]).await;
    assert_eq!(code(&eve.reports(json!({ "messageId": rude["id"] })).await), "ok");
    let queue = app.admin("anna").await.report_queue(json!({ "subjectKind": "MESSAGE" })).await;
    assert_eq!(queue[0]["message"]["text"], "something rude");
    app.close().await;
}

#[tokio::test]
async fn a_removed_message_is_gone_for_both_and_stays_on_record() {
    let app = TestApp::new().await;
    let (sam, bea, admin) = (app.verified("sam").await, app.verified("bea").await, app.admin("anna").await);
    let first = sam.says(&bea.public_id().await, "send the money to my other account").await;
    bea.reports(json!({ "messageId": first["id"], "reason": "OUTSIDE" })).await;
    let report = admin.report_queue(json!({})).await[0].clone();
    assert_eq!(report["message"]["around"].as_array().unwrap().len(), 1);
    admin.decides_report(&report["id"], "CONTENT_REMOVED", "No trade outside.").await;
    app.relayed().await;
    for reader in [&sam, &bea] {
        let page = reader.lines(&first["conversation"]["id"], 10, &Value::Null).await;
        assert_eq!(page["nodes"][0]["text"], "", "{page}");
        assert_eq!(reader.finds("money", &Value::Null, 10).await, Vec::<String>::new());
    }
    assert!(sam.notice_words("MESSAGE_REMOVED").await[0].contains("No trade outside."));
    let decided = admin.report_queue(json!({ "open": false })).await[0].clone();
    assert_eq!(decided["message"]["text"], "send the money to my other account");
    assert!(decided["message"]["removedAt"].is_string());
    app.close().await;
}

#[tokio::test]
async fn nobody_decides_in_his_own_matter_and_of_two_admins_one_decides() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    let (anna, boris, chen) = (app.admin("anna").await, app.admin("boris").await, app.admin("chen").await);
    // One about an admin, one by an admin.
    bea.reports_user(&anna).await;
    anna.reports_user(&sam).await;
    for report in anna.report_queue(json!({})).await {
        let id = &report["id"];
        assert_eq!(code(&anna.decides_report(id, "DISMISSED", "Nothing in it").await), "OWN_MATTER");
        assert_eq!(code(&anna.rules("reportReviewClaim", json!({ "id": id })).await), "OWN_MATTER");
    }
    let about_anna = boris.report_queue(json!({ "userId": anna.public_id().await })).await[0]["id"].clone();
    let banned = boris.decides_report(&about_anna, "BLACKLISTED", "Bribes").await;
    assert_eq!(code(&banned), "WRONG_STATE", "an admin loses the role first: {banned}");
    let about_sam = boris.report_queue(json!({ "userId": sam.public_id().await })).await[0]["id"].clone();
    // A claim keeps others out for 4 hours.
    assert_eq!(code(&boris.rules("reportReviewClaim", json!({ "id": about_sam })).await), "ok");
    let kept = chen.decides_report(&about_sam, "WARNED", "Be polite").await;
    assert_eq!(code(&kept), "CLAIMED_BY_OTHER");
    assert!(kept["userErrors"][0]["message"].as_str().unwrap().contains("boris"));
    for (held, who, count) in [("MINE", &boris, 1), ("MINE", &chen, 0), ("FREE", &chen, 1), ("CLAIMED", &chen, 1)] {
        assert_eq!(
            who.report_queue(json!({ "held": held })).await.len(),
            count,
            "{held} of {}",
            who.name
        );
    }
    app.advance(HOUR * 4);
    let (boris, chen, sam) = (app.sign_in("boris").await, app.sign_in("chen").await, app.sign_in("sam").await);
    assert_eq!(chen.report_queue(json!({ "held": "FREE" })).await.len(), 2, "the claim has lapsed");
    let (one, other) = tokio::join!(
        boris.decides_report(&about_sam, "BLACKLISTED", "Fraud"),
        chen.decides_report(&about_sam, "BLACKLISTED", "Fraud"),
    );
    let mut codes = [code(&one), code(&other)];
    codes.sort_unstable();
    assert_eq!(codes, ["ALREADY_DECIDED", "ok"], "{one} {other}");
    let loser = if code(&one) == "ok" { &other } else { &one };
    let winner = if code(&one) == "ok" { "boris" } else { "chen" };
    assert!(loser["userErrors"][0]["message"].as_str().unwrap().contains(winner), "{loser}");
    assert_eq!(app.audits(sam.id().await).await, ["user.blacklist"], "once");
    app.close().await;
}

#[tokio::test]
async fn a_decision_that_blacklists_needs_a_fresh_proof_and_does_it_all_at_once() {
    let app = TestApp::new().await;
    let (sam, bea, admin) = (app.verified("sam").await, app.verified("bea").await, app.admin("anna").await);
    bea.has("50.00").await;
    let order = bea.buys(&sam.sells("20.00").await).await;
    bea.reports_user(&sam).await;
    let report = admin.report_queue(json!({})).await[0]["id"].clone();
    app.advance(Duration::from_secs(6 * 60));
    assert_eq!(
        code(&admin.decides_report(&report, "BLACKLISTED", "Fraud").await),
        "FRESH_PROOF_REQUIRED"
    );
    let mut socket = sam.connects().await;
    let admin = app.sign_in("anna").await;
    assert_eq!(code(&admin.decides_report(&report, "BLACKLISTED", "Fraud").await), "ok");
    assert_eq!(socket.closed().await.0, 4403);
    assert_eq!(crate::returns::state_of(&bea, &order).await, "CANCELLED");
    app.relayed().await;
    assert!(sam.notice_words("BLACKLISTED").await[0].contains("Fraud"));
    assert_eq!(sam.notice_words("REPORT_DISMISSED").await.len(), 0);
    assert!(bea.notice_words("REPORT_ANSWERED").await[0].contains("was banned"));
    let seen = admin.inspects(&sam).await;
    assert_eq!(
        (&seen["blacklisted"], &seen["reports"]["nodes"][0]["outcome"]),
        (&json!(true), &json!("BLACKLISTED"))
    );
    app.close().await;
}

#[tokio::test]
async fn the_same_key_answers_the_same_report_and_other_input_is_refused() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    let key = Uuid::new_v4();
    let ask = json!({ "userId": sam.public_id().await, "idempotencyKey": key });
    let made = join_all((0..8).map(|_| bea.reports(ask.clone()))).await;
    let ids: std::collections::BTreeSet<String> = made.iter().map(|made| made["report"]["id"].to_string()).collect();
    assert_eq!(ids.len(), 1, "{made:?}");
    let mut other = ask.clone();
    other["text"] = json!("Something else");
    assert_eq!(code(&bea.reports(other).await), "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(entity::complaint::Entity::find().count(app.env().db()).await.unwrap(), 1);
    app.close().await;
}

pub async fn by_platform(admin: &Person<'_>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for report in admin.report_queue(json!({ "byPlatform": true })).await {
        for complaint in report["complaints"].as_array().unwrap() {
            assert_eq!(complaint["reporter"], Value::Null);
            let name = report["user"]["nickname"].as_str().unwrap().to_owned();
            found.push((name, complaint["cause"].as_str().unwrap().to_owned()));
        }
    }
    found.sort();
    found
}

pub fn seen(name: &str, cause: &str) -> (String, String) {
    (name.to_owned(), cause.to_owned())
}

#[tokio::test]
async fn the_platform_reports_smugglers_and_listed_words() {
    let app = TestApp::new().await;
    let (sam, bea, admin) = (app.verified("sam").await, app.verified("bea").await, app.admin("anna").await);
    let to = bea.public_id().await;
    for n in 0..4 {
        sam.says(&to, &format!("加微信 abc8877{n}")).await;
    }
    app.relayed().await;
    assert_eq!(by_platform(&admin).await, []);
    sam.says(&to, "加微信 abc88775").await;
    bea.says(&sam.public_id().await, "这个号是盗号来的").await;
    app.relayed().await;
    assert_eq!(by_platform(&admin).await, [seen("bea", "LISTED_WORD"), seen("sam", "CHAT_FLAGS")]);
    // A user's complaint about the same joins what the platform saw.
    bea.reports_user(&sam).await;
    let about_sam = admin.report_queue(json!({ "userId": sam.public_id().await })).await;
    assert_eq!((about_sam.len(), &about_sam[0]["complaintCount"]), (1, &json!(2)));
    app.close().await;
}

#[tokio::test]
async fn abuse_29_the_platform_reports_money_that_only_passes_through() {
    let app = TestApp::new().await;
    app.admin("anna").await;
    let (rich, account) = app.cashier("rich", "2000.00").await;
    rich.withdraws("1500.00", &account).await;
    let (quick, third) = app.cashier_at("quick", "10.00", "6222020200112347").await;
    let quick = quick.with_balance("2000.00").await;
    // Not so much that it matters.
    quick.withdraws("900.00", &third).await;
    app.relayed().await;
    let admin = app.sign_in("anna").await;
    assert_eq!(by_platform(&admin).await, [], "the money was there before, or is little");
    quick.withdraws("1010.00", &third).await;
    app.relayed().await;
    assert_eq!(by_platform(&admin).await, [seen("quick", "PASSED_THROUGH")]);
    app.close().await;
}

#[tokio::test]
async fn the_platform_reports_an_account_that_is_sold_twice() {
    let app = TestApp::new().await;
    let (sam, tom) = (app.verified("sam").await, app.verified("tom").await);
    let (bea, cid, eve) = (app.verified("bea").await, app.verified("cid").await, app.verified("eve").await);
    let admin = app.admin("anna").await;
    for buyer in [&bea, &cid, &eve] {
        buyer.has("200.00").await;
    }
    let first = bea.buys(&sam.sells("20.00").await).await;
    sam.delivers(&first, "one").await;
    bea.confirms(&first).await;
    // Whoever bought it may sell it on.
    let resold = cid.buys(&bea.sells("25.00").await).await;
    bea.delivers(&resold, "two").await;
    app.relayed().await;
    assert_eq!(by_platform(&admin).await, []);
    // The same login typed otherwise, by somebody who has no right to it.
    let again = tom.sells("20.00").await;
    let second = eve.buys(&again).await;
    let typed = json!({ "id": second, "login": " ＨＥＲＯ ", "password": "three", "contacts": "", "notes": "" });
    for _ in 0..2 {
        tom.orders("orderDeliver", typed.clone()).await;
    }
    app.relayed().await;
    assert_eq!(by_platform(&admin).await, [seen("tom", "SOLD_TWICE")]);
    app.close().await;
}

#[tokio::test]
async fn a_blacklisted_user_reports_nothing() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    app.operates("bea", Act::Blacklist("For the test".into())).await;
    assert_eq!(code(&bea.reports(json!({ "userId": sam.public_id().await })).await), "BLACKLISTED");
    let own = bea.sends("query M { me { id reports { nodes { id } } } }", json!({})).await;
    assert_eq!(code(&own), "BLACKLISTED");
    assert_eq!(entity::report::Entity::find().all(app.env().db()).await.unwrap(), []);
    app.close().await;
}
