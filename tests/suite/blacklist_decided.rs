//! The blacklist as admins decide on it, what is left to whom it hits, and whom they find.

use std::{collections::BTreeSet, time::Duration};

use handover::app::Act;
use serde_json::{Value, json};
use tokio::time::timeout;
use uuid::Uuid;

use crate::{
    contract::{fields_of, need_of, types},
    support::{Person, TestApp, orders::code},
};

#[tokio::test]
async fn an_admin_blacklists_and_reinstates_with_a_fresh_proof_and_a_reason() {
    let app = TestApp::new().await;
    let (bob, boris) = (app.verified("bob").await, app.admin("boris").await);
    let anna = app.admin("anna").await;
    assert_eq!(code(&anna.blacklists(&anna, "Myself").await), "OWN_MATTER");
    assert_eq!(code(&anna.blacklists(&boris, "A rival").await), "WRONG_STATE");
    assert_eq!(code(&anna.blacklists(&bob, "x").await), "INVALID_INPUT");
    assert_eq!(code(&anna.blacklists(&bob, "Threats in chat").await), "ok");
    let again = boris.blacklists(&bob, "Threats in chat").await;
    assert_eq!(code(&again), "ALREADY_DECIDED");
    assert!(again["userErrors"][0]["message"].as_str().unwrap().contains("anna"), "{again}");
    app.advance(Duration::from_secs(6 * 60));
    assert_eq!(code(&anna.reinstates(&bob, "It was somebody else").await), "FRESH_PROOF_REQUIRED");
    let anna = app.sign_in("anna").await;
    assert_eq!(code(&anna.reinstates(&bob, "It was somebody else").await), "ok");
    assert_eq!(code(&anna.reinstates(&bob, "It was somebody else").await), "ALREADY_DECIDED");
    app.relayed().await;
    let seen = anna.inspects(&bob).await;
    let decided: Vec<(bool, &str, &str)> = seen["blacklistDecisions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["listed"].as_bool().unwrap(),
                one["reason"].as_str().unwrap(),
                one["by"]["nickname"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        decided,
        [(false, "It was somebody else", "anna"), (true, "Threats in chat", "anna")]
    );
    assert_eq!(app.audits(bob.id().await).await, ["user.blacklist", "user.reinstate"]);
    let bob = app.sign_in("bob").await;
    let his = bob
        .sends("query N { notices { nodes { kind } } listings { nodes { id } } }", json!({}))
        .await;
    assert!(his.get("errors").is_none(), "{his}");
    app.close().await;
}

#[tokio::test]
async fn admins_find_users_by_name_address_and_id_and_see_how_they_stand() {
    let app = TestApp::new().await;
    let admin = app.admin("anna").await;
    let (bob, bea, sam) = (
        app.verified("bob").await,
        app.person("bob_the_second").await,
        app.verified("sam").await,
    );
    let find = |search: &str| json!({ "search": search });
    assert_eq!(admin.searches_users(find("bob")).await, ["bob_the_second", "bob"]);
    assert_eq!(admin.searches_users(find("BOB_")).await, ["bob_the_second"]);
    assert_eq!(admin.searches_users(find("sam@ex")).await, ["sam"]);
    assert_eq!(
        admin.searches_users(find(bea.public_id().await.as_str().unwrap())).await,
        ["bob_the_second"]
    );
    assert_eq!(admin.searches_users(find("%")).await, Vec::<String>::new());
    assert_eq!(admin.searches_users(json!({ "admin": true })).await, ["anna"]);
    admin.blacklists(&bob, "Fraud").await;
    admin.freezes(&sam, "Somebody asked for it.", Uuid::new_v4()).await;
    assert_eq!(admin.searches_users(json!({ "blacklisted": true })).await, ["bob"]);
    assert_eq!(admin.searches_users(json!({ "frozen": true })).await, ["sam"]);
    assert_eq!(
        admin.searches_users(json!({ "search": "bob", "blacklisted": false })).await,
        ["bob_the_second"]
    );
    let (of_bob, of_sam) = (admin.inspects(&bob).await, admin.inspects(&sam).await);
    assert_eq!(
        (&of_bob["user"]["nickname"], &of_bob["blacklistReason"], &of_bob["identity"]),
        (&json!("bob"), &json!("Fraud"), &json!("APPROVED"))
    );
    assert_eq!(of_sam["freezes"][0]["cause"], "ADMIN");
    // A page leads on to the next.
    let page = "query U($after: String) { users(first: 2, after: $after) { nodes { username } pageInfo { hasNextPage endCursor } } }";
    let (mut after, mut names) = (Value::Null, Vec::new());
    loop {
        let answer = admin.sends(page, json!({ "after": after })).await["data"]["users"].clone();
        names.extend(answer["nodes"].as_array().unwrap().iter().map(|node| node["username"].clone()));
        if answer["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = answer["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(json!(names), json!(["sam", "bob_the_second", "bob", "anna"]));
    assert_eq!(
        code(&bob.sends("query U { users { nodes { username } } }", json!({})).await),
        "BLACKLISTED"
    );
    assert_eq!(
        code(&sam.sends("query U { users { nodes { username } } }", json!({})).await),
        "FORBIDDEN"
    );
    app.close().await;
}

/// What needs no account, or obeys the rights of what it finds.
const OPEN: [&str; 8] = [
    "captchaCreate",
    "node",
    "nodes",
    "now",
    "passwordReset",
    "passwordResetRequest",
    "sessionRefresh",
    "userSignIn",
];

/// A new field for members is a decision, and shows here (A7).
#[test]
fn a7_what_is_left_to_a_blacklisted_user_is_a_closed_list() {
    let mut left = BTreeSet::new();
    for definition in types() {
        if ["Query", "Mutation", "Subscription"].contains(&definition.name.node.as_str()) {
            for field in fields_of(&definition) {
                let open = OPEN.contains(&field.name.node.as_str());
                if !open && matches!(need_of(field).as_deref(), Some("MEMBER")) {
                    left.insert(field.name.node.to_string());
                }
            }
        }
    }
    // That each of them works, and everything else answers BLACKLISTED, the authorization matrix tries.
    insta::assert_snapshot!("left_to_the_blacklisted", left.into_iter().collect::<Vec<_>>().join("\n"));
}

#[tokio::test]
async fn t6_the_sockets_of_whoever_is_blacklisted_close_within_a_second_and_hear_nothing_more() {
    let app = TestApp::new().await;
    let (bob, bea, admin) = (app.verified("bob").await, app.verified("bea").await, app.admin("anna").await);
    let mut sockets = Vec::new();
    for _ in 0..3 {
        let mut socket = bob.connects().await;
        socket
            .subscribe("chat", "subscription C { chatEvents { __typename } }", json!({}))
            .await;
        sockets.push(socket);
    }
    // An open query goes through before.
    bea.says(&bob.public_id().await, "hello").await;
    let begun = std::time::Instant::now();
    assert_eq!(code(&admin.blacklists(&bob, "Fraud").await), "ok");
    for socket in &mut sockets {
        let closed = timeout(Duration::from_secs(10), socket.closed()).await.expect("it closes");
        assert_eq!(closed.0, 4403);
    }
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    let said = bea.posts(json!({ "to": bob.public_id().await, "text": "are you there?" })).await;
    assert_eq!(code(&said), "RECEIVER_NOT_AVAILABLE");
    app.close().await;
}

#[tokio::test]
async fn abuse_41_whoever_is_blocked_gets_the_same_refusal_by_every_road_and_the_banned_one_too() {
    let app = TestApp::new().await;
    let (sam, bea, bob, eve) = (
        app.verified("sam").await,
        app.verified("bea").await,
        app.verified("bob").await,
        app.verified("eve").await,
    );
    let conversation = bea.says(&sam.public_id().await, "hello").await["conversation"]["id"].clone();
    eve.says(&bob.public_id().await, "hello").await;
    sam.blocks(&bea.public_id().await, true).await;
    let admin = app.admin("anna").await;
    admin.blacklists(&bob, "Fraud").await;
    let mut answers = Vec::new();
    for (writer, to) in [(&bea, sam.public_id().await), (&bea, conversation), (&eve, bob.public_id().await)] {
        answers.push(writer.posts(json!({ "to": to, "text": "hello again" })).await["userErrors"].clone());
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(answers[0][0]["code"], "RECEIVER_NOT_AVAILABLE");
    app.close().await;
}

/// What a person may ask for: as deep as it goes, everything that may hold a name.
const EVERYTHING: &[&str] = &[
    "query A { boughtOrders(first: 50) { nodes { id buyer { nickname bio avatarUrl } seller { nickname bio avatarUrl } listing { title } timeline { kind } } } }",
    "query A { soldOrders(first: 50) { nodes { id buyer { nickname bio } seller { nickname bio } } } }",
    "query A { madeOffers(first: 50) { nodes { id listing { title } } } receivedOffers(first: 50) { nodes { id } } }",
    "query A { conversations(first: 10) { nodes { other { nickname bio avatarUrl } lastLine { ... on Message { text sender { nickname } } ... on SystemLine { text } } lines(first: 8) { nodes { ... on Message { text sender { nickname } listing { seller { nickname } } } ... on SystemLine { text } } } } } }",
    "query A { notices(first: 100) { nodes { title text } } }",
    "query A { favourites(first: 50) { nodes { __typename } } }",
    "query A { listings(first: 100) { nodes { title seller { nickname } } } }",
    "query A { blockedUsers { nodes { nickname bio } } }",
    "query A { me { reports { nodes { text user { nickname } message { text sender { nickname } } listing { title seller { nickname } } } } } }",
    "query A { chatSearch(words: \"hello\") { nodes { text sender { nickname } } } }",
    "query A { walletStatement(first: 50) { nodes { __typename } } myDebts(side: DEBTOR) { nodes { __typename } } }",
];

async fn everything(person: &Person<'_>, banned: &Person<'_>) -> String {
    let mut said = String::new();
    for query in EVERYTHING {
        let answer = person.sends(query, json!({})).await;
        assert!(answer.get("errors").is_none(), "{query}: {answer}");
        said.push_str(&answer.to_string());
    }
    let id = banned.public_id().await;
    for query in [
        "query S($id: ID!) { seller(id: $id) { user { nickname bio avatarUrl } } }",
        "query S($id: ID!) { userReviews(userId: $id) { nodes { text by { nickname } } } }",
        "query S($id: ID!) { node(id: $id) { ... on User { nickname bio avatarUrl } } }",
    ] {
        said.push_str(&person.sends(query, json!({ "id": id })).await.to_string());
    }
    said
}

/// As a seller, as a buyer, in offers, chats, favourites, blocks, reviews and reports. Answers the orders.
async fn bob_is_everywhere(app: &TestApp, bob: &Person<'_>, [bea, sam, eve]: [&Person<'_>; 3]) -> [String; 3] {
    let sold = bob.sells("20.00").await;
    let completed = bea.buys(&sold).await;
    bob.delivers(&completed, "word").await;
    bea.reveals(&completed, None).await;
    bea.confirms(&completed).await;
    let running = eve.buys(&bob.sells("20.00").await).await;
    bob.delivers(&running, "word").await;
    eve.reveals(&running, None).await;
    let bought = bob.buys(&sam.sells("30.00").await).await;
    let offered = bob.sells("40.00").await;
    bea.offers(&offered, "35.00").await;
    bob.offers(&sam.sells("40.00").await, "35.00").await;
    bea.sends(
        "mutation F($id: ID!) { favouriteAdd(input: { listingId: $id }) { userErrors { code } } }",
        json!({ "id": offered.id }),
    )
    .await;
    let line = bob.says(&bea.public_id().await, "hello").await;
    bob.says(&sam.public_id().await, "hello").await;
    eve.blocks(&bob.public_id().await, true).await;
    bea.reports(json!({ "messageId": line["id"] })).await;
    bea.reports_user(bob).await;
    app.relayed().await;
    [completed, running, bought]
}

/// In no list, order or page.
async fn nobody_reads_his_name(app: &TestApp, bob: &Person<'_>, people: [&Person<'_>; 3], orders: &[String; 3]) {
    for person in people {
        let said = everything(person, bob).await;
        assert!(!said.contains("Unmistakable"), "to {}: {said}", person.name);
    }
    for order in orders {
        for person in people {
            let query = "query O($id: ID!) { order(id: $id) { buyer { nickname } seller { nickname } } }";
            assert!(
                !person
                    .sends(query, json!({ "id": order }))
                    .await
                    .to_string()
                    .contains("Unmistakable")
            );
        }
    }
    let anonymous = app
        .send(
            None,
            "query L { listings(first: 100) { nodes { title seller { nickname } } } }",
            json!({}),
        )
        .await;
    assert!(!anonymous.to_string().contains("Unmistakable"));
}

/// After the decision a banned person's name is in nothing that anybody else is answered, mailed or told live, old pages included.
#[tokio::test]
async fn abuse_39_a_banned_name_is_in_no_answer_after_a_full_run() {
    const NAME: &str = "Unmistakable Bob";
    let app = TestApp::new().await;
    let (bob, bea, sam, eve) = (
        app.verified("bob").await,
        app.verified("bea").await,
        app.verified("sam").await,
        app.verified("eve").await,
    );
    let admin = app.admin("anna").await;
    let rename =
        "mutation P { profileUpdate(input: { nickname: \"Unmistakable Bob\", bio: \"Unmistakable Bob sells\" }) { userErrors { code } } }";
    assert_eq!(bob.sends(rename, json!({})).await["data"]["profileUpdate"]["userErrors"], json!([]));
    for buyer in [&bea, &bob, &eve] {
        buyer.has("500.00").await;
    }
    let orders = bob_is_everywhere(&app, &bob, [&bea, &sam, &eve]).await;
    let before = everything(&bea, &bob).await;
    assert!(before.contains(NAME), "he is to be seen everywhere before");
    let mails = |name: &str| app.mails(&format!("{name}@example.com")).len();
    let (mailed, names) = ([mails("bea"), mails("sam"), mails("eve")], ["bea", "sam", "eve"]);
    let mut socket = bea.connects().await;
    socket
        .subscribe(
            "n",
            "subscription N { noticeEvents { __typename ... on NoticeCreated { notice { title text } } } }",
            json!({}),
        )
        .await;
    socket
        .subscribe(
            "o",
            "subscription O { orderEvents { __typename ... on OrderChanged { order { buyer { nickname } seller { nickname } } } } }",
            json!({}),
        )
        .await;
    for report in admin.report_queue(json!({ "userId": bob.public_id().await })).await {
        assert_eq!(code(&admin.decides_report(&report["id"], "BLACKLISTED", "Fraud").await), "ok");
    }
    app.relayed().await;
    nobody_reads_his_name(&app, &bob, [&bea, &sam, &eve], &orders).await;
    for (name, before) in names.into_iter().zip(mailed) {
        let all = app.mails(&format!("{name}@example.com"));
        assert!(all.iter().skip(before).all(|mail| !mail.contains("Unmistakable")));
    }
    while let Ok(said) = timeout(Duration::from_millis(300), socket.next()).await {
        assert!(!format!("{said:?}").contains("Unmistakable"), "{said:?}");
    }
    let to_admin = admin.inspects(&bob).await;
    assert_eq!(to_admin["user"]["nickname"], NAME);
    app.operates("bob", Act::Reinstate("It was somebody else".into())).await;
    assert!(everything(&bea, &bob).await.contains(NAME), "his name is back with his rights");
    app.close().await;
}
