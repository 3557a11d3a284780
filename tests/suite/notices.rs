//! What happens is told to those whom it concerns: once, in order, in their language.

use std::time::Duration;

use entity::{
    event, idempotency_key,
    kinds::{NoticeKind, SubjectKind},
    notice, notice_mail, outbox, refresh_token, session,
    value::{EventId, OrderId, UserId},
};
use futures::future::join_all;
use handover::{
    app::Act,
    kernel::{Event, policy::System},
    notification::{self, Params, Tell},
    worker,
};
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder};
use serde_json::{Value, json};

use crate::support::{Person, TestApp};

const NOTICES: &str = "query N($first: Int, $after: String) { notices(first: $first, after: $after) { nodes { id kind title text subjectKind subjectId readAt } pageInfo { hasNextPage endCursor } } noticeUnreadCount }";
const READ: &str = "mutation R($input: NoticeReadInput!) { noticeRead(input: $input) { notice { id readAt } userErrors { code } } }";
const READ_ALL: &str = "mutation A { noticeReadAll { readCount userErrors { code } } }";

async fn emits(app: &TestApp, events: impl IntoIterator<Item = Event>) {
    for event in events {
        let tx = app.env().begin().await.unwrap();
        tx.emit(event);
        tx.commit().await.unwrap();
    }
}

async fn notices(person: &Person<'_>) -> Value {
    person.sends(NOTICES, json!({})).await["data"].clone()
}

#[tokio::test]
async fn a_notice_is_told_in_the_reader_s_language_and_read_once() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.person("ann").await, app.person("bob").await);
    let user = ann.id().await;
    emits(
        &app,
        [
            Event::IdentityDecided { user, approved: false },
            Event::IdentityDecided { user, approved: true },
        ],
    )
    .await;
    app.relayed().await;
    let told = notices(&ann).await;
    assert_eq!(told["noticeUnreadCount"], 2);
    let nodes = &told["notices"]["nodes"];
    assert_eq!(nodes[0]["kind"], "IDENTITY_APPROVED", "newest first");
    assert_eq!(nodes[1]["title"], "Your real name could not be verified");
    let request = app
        .http
        .post(app.url("/graphql"))
        .bearer_auth(&ann.token)
        .header("accept-language", "zh-CN");
    let chinese: Value = request
        .json(&json!({ "query": NOTICES }))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(chinese["data"]["notices"]["nodes"][0]["title"], "实名认证已通过");

    let input = json!({ "input": { "id": nodes[0]["id"] } });
    let stolen = bob.sends(READ, input.clone()).await;
    assert_eq!(stolen["errors"][0]["extensions"]["code"], "NOT_FOUND", "another's notice");
    let node = "query N($id: ID!) { node(id: $id) { __typename id } }";
    let seen = ann.sends(node, json!({ "id": nodes[0]["id"] })).await["data"]["node"].clone();
    assert_eq!(seen["__typename"], "Notice");
    let stolen = bob.sends(node, json!({ "id": nodes[0]["id"] })).await;
    assert_eq!(stolen["errors"][0]["extensions"]["code"], "NOT_FOUND", "another's notice as a node");
    let read = ann.sends(READ, input.clone()).await["data"]["noticeRead"].clone();
    assert!(read["notice"]["readAt"].is_string(), "{read}");
    assert_eq!(ann.sends(READ, input).await["data"]["noticeRead"], read, "again changes nothing");
    assert_eq!(notices(&ann).await["noticeUnreadCount"], 1);
    assert_eq!(ann.sends(READ_ALL, json!({})).await["data"]["noticeReadAll"]["readCount"], 1);
    assert_eq!(ann.sends(READ_ALL, json!({})).await["data"]["noticeReadAll"]["readCount"], 0);
    assert_eq!(notices(&bob).await["notices"]["nodes"], json!([]));
    app.close().await;
}

#[tokio::test]
async fn notices_come_in_pages_without_gaps() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    app.tells(ann.id().await, 25).await;
    let (mut seen, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = ann.sends(NOTICES, json!({ "first": 10, "after": after })).await["data"]["notices"].clone();
        seen.extend(page["nodes"].as_array().unwrap().iter().map(|node| node["id"].clone()));
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    let count = seen.len();
    seen.dedup();
    assert_eq!((count, seen.len()), (25, 25));
    let bad = ann.sends(NOTICES, json!({ "first": 101 })).await;
    assert_eq!(bad["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    app.close().await;
}

/// The kinds that a user was told, in the order of his log.
async fn kinds(app: &TestApp, user: UserId) -> Vec<NoticeKind> {
    let mut kinds = Vec::new();
    for id in app.told(user).await {
        kinds.push(
            notification::find(app.env().db(), user, id, app.env().now())
                .await
                .unwrap()
                .unwrap()
                .kind,
        );
    }
    kinds
}

fn decision(user: UserId, number: usize) -> Event {
    Event::IdentityDecided {
        user,
        approved: number.is_multiple_of(3),
    }
}

fn expected(count: usize) -> Vec<NoticeKind> {
    let kind = |number: usize| match number % 3 {
        0 => NoticeKind::IdentityApproved,
        _ => NoticeKind::IdentityRejected,
    };
    (0..count).map(kind).collect()
}

/// M12, short: 500 events, and the relay dies again and again in the middle of its work.
#[tokio::test]
async fn five_hundred_events_have_each_effect_once_and_in_order_though_relays_die() {
    let app = TestApp::new().await;
    let mut users = Vec::new();
    for name in ["ann", "bob", "cat", "dan", "eve"] {
        users.push(app.person(name).await.id().await);
    }
    let events = users.iter().map(|user| emits(&app, (0..100).map(|number| decision(*user, number))));
    let dying = async {
        let mut deaths = 0;
        for polls in 1..=60 {
            // A relay that is dropped between two of its steps, each time at a later one.
            let mut relay = Box::pin(worker::relay(app.env(), System::new()));
            let mut ended = false;
            for _ in 0..polls {
                ended = futures::poll!(&mut relay).is_ready();
                if ended {
                    break;
                }
                tokio::task::yield_now().await;
            }
            deaths += i32::from(!ended);
        }
        deaths
    };
    let (_, deaths) = tokio::join!(join_all(events), dying);
    assert!(deaths >= 2, "{deaths}");
    tokio::join!(app.relayed(), app.relayed(), app.relayed());
    for user in &users {
        assert_eq!(kinds(&app, *user).await, expected(100));
    }
    assert_eq!(notice::Entity::find().count(app.env().db()).await.unwrap(), 500);
    app.close().await;
}

#[tokio::test]
async fn an_event_that_fails_is_tried_again_and_later_ones_of_its_users_wait_for_it() {
    let app = TestApp::new().await;
    let (ann, bob, cat) = (
        app.person("ann").await.id().await,
        app.person("bob").await.id().await,
        app.person("cat").await.id().await,
    );
    let order = OrderId::new();
    let broken = Event::OrderCompleted {
        order,
        buyer: ann,
        seller: bob,
    };
    emits(&app, [broken, decision(bob, 0), decision(cat, 0)]).await;
    app.relayed().await;
    assert_eq!(kinds(&app, cat).await.len(), 1, "others go on");
    assert!(kinds(&app, bob).await.is_empty(), "his order is kept");
    app.advance(Duration::from_secs(2));
    app.relayed().await;
    let first = outbox::Entity::find()
        .order_by_asc(outbox::Column::Number)
        .one(app.env().db())
        .await
        .unwrap();
    assert_eq!(first.unwrap().attempts, 2);
    // Most of an hour later nobody waits for it any more.
    for _ in 0..20 {
        app.advance(Duration::from_secs(300));
        app.relayed().await;
    }
    assert_eq!(kinds(&app, bob).await.len(), 1);
    app.close().await;
}

#[tokio::test]
async fn one_event_told_twenty_times_is_one_notice_and_one_mail() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    let (user, event, before) = (ann.id().await, EventId::new(), app.mails("ann@example.com").len());
    let params = Params::new();
    let tell = async || {
        let tx = app.env().begin().await.unwrap();
        let tell = Tell {
            event,
            user,
            kind: NoticeKind::IdentityRejected,
            subject: (SubjectKind::User, user.0),
            params: &params,
        };
        notification::notify(&tx, &tell).await.unwrap();
        tx.commit().await.unwrap();
    };
    join_all((0..20).map(|_| tell())).await;
    assert_eq!(app.told(user).await.len(), 1);
    let sent = join_all((0..5).map(|_| notification::send_mails(app.env(), System::new()))).await;
    assert_eq!(sent.into_iter().map(Result::unwrap).sum::<u64>(), 1);
    let mails = app.mails("ann@example.com");
    assert_eq!(mails.len(), before + 1);
    assert!(mails.last().unwrap().contains("could not be verified"), "{mails:?}");
    app.close().await;
}

#[tokio::test]
async fn whoever_wants_no_mail_has_his_notices_his_codes_and_what_he_must_hear_of() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("40.00").await;
    let me = sam.sends("query M { me { mailNotices } }", json!({})).await;
    assert_eq!(me["data"]["me"]["mailNotices"], true, "unless he says otherwise: {me}");
    let chooses = async |wanted: bool| {
        let query =
            "mutation P($input: ProfileUpdateInput!) { profileUpdate(input: $input) { viewer { mailNotices } userErrors { code } } }";
        let done = sam.sends(query, json!({ "input": { "mailNotices": wanted } })).await;
        assert_eq!(done["data"]["profileUpdate"]["viewer"]["mailNotices"], wanted, "{done}");
    };
    let mails = async || {
        app.posted().await;
        app.mails("sam@example.com").len()
    };
    chooses(false).await;
    let before = mails().await;
    bea.buys(&sam.sells("20.00").await).await;
    assert_eq!(mails().await, before);
    assert!(sam.notice_kinds().await.contains(&"ORDER_PAID".to_owned()), "told all the same");
    app.asks_code(None, "passwordResetRequest", "sam@example.com").await;
    assert_eq!(mails().await, before + 1, "a code");
    chooses(true).await;
    bea.buys(&sam.sells("20.00").await).await;
    assert_eq!(mails().await, before + 2, "an order again");
    chooses(false).await;
    app.operates("sam", Act::Blacklist("Fraud".into())).await;
    assert_eq!(
        mails().await,
        before + 3,
        "no orders, but why he is limited and where he can appeal"
    );
    assert_eq!(app.mails_saying("sam@example.com", "account was limited"), 1);
    app.close().await;
}

async fn count<E: EntityTrait>(app: &TestApp, _: E) -> usize {
    E::find().all(app.env().db()).await.unwrap().len()
}

#[tokio::test]
async fn what_was_kept_long_enough_is_forgotten_and_the_rest_stays() {
    const DAY: Duration = Duration::from_secs(24 * 3_600);
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    let user = ann.id().await;
    emits(&app, [decision(user, 0), decision(user, 1)]).await;
    app.relayed().await;
    let tx = app.env().begin().await.unwrap();
    tx.claim(user, "test", uuid::Uuid::new_v4(), &()).await.unwrap();
    tx.commit().await.unwrap();
    ann.sends("mutation E { sessionEnd { ended } }", json!({})).await;
    app.advance(DAY * 6);
    assert_eq!(worker::forget(app.env(), System::new()).await.unwrap(), 0, "nothing early");
    app.advance(DAY * 2);
    worker::forget(app.env(), System::new()).await.unwrap();
    let short = (
        count(&app, event::Entity).await,
        count(&app, outbox::Entity).await,
        count(&app, idempotency_key::Entity).await,
    );
    assert_eq!(short, (0, 0, 0), "after 7 days");
    assert_eq!(count(&app, session::Entity).await, 1);
    app.advance(DAY * 24);
    worker::forget(app.env(), System::new()).await.unwrap();
    assert_eq!(
        (count(&app, session::Entity).await, count(&app, refresh_token::Entity).await),
        (0, 0),
        "30 days after its end"
    );
    assert_eq!((count(&app, notice::Entity).await, count(&app, notice_mail::Entity).await), (2, 1));
    app.advance(DAY * 340);
    worker::forget(app.env(), System::new()).await.unwrap();
    assert_eq!(
        (count(&app, notice::Entity).await, count(&app, notice_mail::Entity).await),
        (0, 0),
        "after a year"
    );
    app.close().await;
}
