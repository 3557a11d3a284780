//! Handing over: versions, receipts, the checklist, reminders, and the end of the key.

use std::time::Duration;

use entity::{audit, event, kinds::OrderStepKind, order_key, order_step, value::OrderId};
use futures::future::join_all;
use handover::{
    graphql::id,
    kernel::{event::user_stream, policy::System},
    order,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{PASSWORD, Person, TestApp};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn code(answer: &Value) -> &str {
    answer["userErrors"][0]["code"]
        .as_str()
        .or_else(|| answer["errors"][0]["extensions"]["code"].as_str())
        .unwrap_or("ok")
}

/// What a reveal answers: the version and the password, or the code.
async fn reads(person: &Person<'_>, order: &str, version: Option<i32>) -> (i64, String) {
    let answer = person.reveals(order, version).await;
    let payload = &answer["data"]["orderReveal"];
    match payload["credentials"]["version"].as_i64() {
        Some(version) => (version, payload["credentials"]["password"].as_str().unwrap().to_owned()),
        None => (0, code(if payload.is_object() { payload } else { &answer }).to_owned()),
    }
}

/// An order of 20.00 that was paid.
async fn paid(app: &TestApp) -> (Person<'_>, Person<'_>, String) {
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("50.00").await;
    let id = bea.buys(&sam.sells("20.00").await).await;
    (sam, bea, id)
}

fn millis(answer: &Value, field: &str) -> i64 {
    use handover::graphql::scalars::DateTime;
    let text = answer["data"]["order"][field].as_str().unwrap();
    let DateTime(at) = async_graphql::ScalarType::parse(async_graphql::Value::from(text)).unwrap();
    at.0
}

#[tokio::test]
async fn a_correction_is_a_new_version_and_leaves_the_buyer_a_day() {
    let app = TestApp::new().await;
    let (sam, bea, id) = paid(&app).await;
    sam.delivers(&id, "first").await;
    let due = millis(&bea.looks_at(&id).await, "dueAt");
    let again = sam.delivers(&id, "first").await;
    assert_eq!(
        again["order"]["credentialsVersions"],
        json!([{ "version": 1 }]),
        "the same once more is no correction"
    );
    sam.delivers(&id, "second").await;
    assert_eq!(millis(&bea.looks_at(&id).await, "dueAt"), due, "three days are more than one");
    app.advance(HOUR * 60);
    let (sam, bea) = (app.sign_in("sam").await, app.sign_in("bea").await);
    assert_eq!(code(&sam.delivers(&id, "third").await), "ok");
    let left = millis(&bea.looks_at(&id).await, "dueAt") - app.env().now().0;
    assert!(left > 23 * 3_600_000 && left <= 24 * 3_600_000, "{left}");
    for (version, password) in [(None, "third"), (Some(1), "first"), (Some(2), "second"), (Some(3), "third")] {
        let number = i64::from(version.unwrap_or(3));
        assert_eq!(
            reads(&bea, &id, version).await,
            (number, password.to_owned()),
            "both stay on record"
        );
    }
    for none in [0, 4, -1] {
        assert_eq!(reads(&bea, &id, Some(none)).await.1, "INVALID_INPUT");
    }
    bea.confirms(&id).await;
    assert_eq!(code(&sam.delivers(&id, "fourth").await), "WRONG_STATE", "completed is completed");
    assert_eq!(reads(&bea, &id, None).await, (3, "third".to_owned()));
    app.close().await;
}

#[tokio::test]
async fn the_seller_sees_when_the_buyer_first_looked_and_each_look_is_on_record() {
    let app = TestApp::new().await;
    let (sam, bea, id) = paid(&app).await;
    assert_eq!(reads(&bea, &id, None).await.1, "WRONG_STATE", "nothing is handed over");
    sam.delivers(&id, "word").await;
    assert!(sam.looks_at(&id).await["data"]["order"]["revealedAt"].is_null());
    app.advance(MINUTE * 6);
    assert_eq!(
        reads(&bea, &id, None).await.1,
        "FRESH_PROOF_REQUIRED",
        "a stolen session reads nothing"
    );
    bea.proves(PASSWORD).await;
    assert_eq!(reads(&bea, &id, None).await.1, "word");
    let first = sam.looks_at(&id).await["data"]["order"]["revealedAt"].clone();
    assert!(first.is_string());
    app.advance(MINUTE);
    let looks = join_all((0..5).map(|_| reads(&bea, &id, None))).await;
    assert!(looks.iter().all(|look| look.1 == "word"));
    let order = sam.looks_at(&id).await["data"]["order"].clone();
    assert_eq!(order["revealedAt"], first);
    let revealed = order["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|step| step["kind"] == "REVEALED");
    assert_eq!(revealed.count(), 1);
    let rows = audit::Entity::find().filter(audit::Column::Action.eq("credentials.reveal"));
    assert_eq!(rows.count(app.env().db()).await.unwrap(), 6);
    app.close().await;
}

#[tokio::test]
async fn the_buyer_ticks_the_checklist_and_confirms_with_open_steps_only_knowingly() {
    let app = TestApp::new().await;
    let (sam, bea, id) = paid(&app).await;
    let tick = |key: &str, done: bool| bea.orders("orderChecklistTick", json!({ "id": id, "key": key, "done": done }));
    let confirm = || bea.orders("orderConfirm", json!({ "id": id }));
    assert_eq!(code(&tick("email", true).await), "WRONG_STATE", "there is nothing to bind yet");
    sam.delivers(&id, "word").await;
    assert_eq!(code(&tick("pet", true).await), "INVALID_INPUT");
    let sellers = json!({ "id": id, "key": "email", "done": true });
    assert_eq!(code(&sam.orders("orderChecklistTick", sellers).await), "NOT_FOUND");
    tick("email", true).await;
    let ticked = tick("email", true).await;
    let steps = json!([{ "step": { "key": "email" }, "done": true }, { "step": { "key": "phone" }, "done": false }]);
    assert_eq!(ticked["order"]["checklist"], steps);
    assert_eq!(
        sam.looks_at(&id).await["data"]["order"]["checklist"],
        steps,
        "the seller sees it as well"
    );
    let refused = confirm().await;
    assert_eq!(code(&refused), "OPEN_STEPS");
    assert!(
        refused["userErrors"][0]["message"].as_str().unwrap().starts_with("1 step"),
        "{refused}"
    );
    tick("phone", true).await;
    tick("email", false).await;
    assert_eq!(code(&confirm().await), "OPEN_STEPS");
    tick("email", true).await;
    assert_eq!(confirm().await["order"]["state"], "COMPLETED");
    assert_eq!(code(&confirm().await), "ok", "confirming again changes nothing");
    app.close().await;
}

/// How often a user was told that an order waits for him.
async fn told(app: &TestApp, person: &Person<'_>) -> usize {
    let rows = event::Entity::find().filter(event::Column::Stream.eq(user_stream(person.id().await)));
    let rows = rows.all(app.env().db()).await.unwrap();
    rows.iter().filter(|row| row.event.contains("order_waits")).count()
}

/// Five replicas look at the reminders at once; how many they sent.
async fn reminders(app: &TestApp) -> u64 {
    let sent = join_all((0..5).map(|_| order::remind(app.env(), System::new()))).await;
    sent.into_iter().map(Result::unwrap).sum()
}

#[tokio::test]
async fn whoever_is_waited_for_is_reminded_at_half_and_nine_tenths_of_each_wait() {
    let app = TestApp::new().await;
    let (_, _, id) = paid(&app).await;
    app.advance(HOUR * 12 - MINUTE);
    assert_eq!(reminders(&app).await, 0, "nothing early");
    for hours in [1, 10] {
        app.advance(HOUR * hours);
        assert_eq!(
            (reminders(&app).await, reminders(&app).await),
            (1, 0),
            "once on any number of replicas"
        );
    }
    let sam = app.sign_in("sam").await;
    assert_eq!(told(&app, &sam).await, 2);
    sam.delivers(&id, "word").await;
    assert_eq!(reminders(&app).await, 0, "a new wait");
    app.advance(HOUR * 36);
    assert_eq!(reminders(&app).await, 1);
    let bea = app.sign_in("bea").await;
    assert_eq!((told(&app, &sam_again(&app).await).await, told(&app, &bea).await), (2, 1));
    bea.confirms(&id).await;
    app.advance(DAY * 3);
    assert_eq!(reminders(&app).await, 0, "the wait is over");
    let steps = order_step::Entity::find().filter(order_step::Column::OrderId.eq(order_id(&id)));
    let kinds: Vec<_> = steps.all(app.env().db()).await.unwrap().into_iter().map(|step| step.kind).collect();
    let (half, end) = (OrderStepKind::RemindedAtHalf, OrderStepKind::RemindedAtEnd);
    assert_eq!(kinds[..5], [OrderStepKind::Placed, half, end, OrderStepKind::Delivered, half]);
    app.close().await;
}

async fn sam_again(app: &TestApp) -> Person<'_> {
    app.sign_in("sam").await
}

fn order_id(id: &str) -> OrderId {
    id::decode(&id.into()).unwrap_or_else(|_| panic!("no order's id: {id}"))
}

async fn has_key(app: &TestApp, id: &str) -> bool {
    let key = order_key::Entity::find_by_id(order_id(id)).one(app.env().db()).await.unwrap();
    key.is_some_and(|key| key.wrapped.is_some())
}

#[tokio::test]
async fn the_key_of_an_order_is_destroyed_when_nobody_needs_it_any_more() {
    let app = TestApp::new().await;
    let (sam, bea, id) = paid(&app).await;
    sam.delivers(&id, "word").await;
    bea.confirms(&id).await;
    assert!(has_key(&app, &id).await);
    app.advance(DAY * 30 - HOUR);
    assert_eq!(
        order::keys::destroy_due(app.env(), System::new()).await.unwrap(),
        0,
        "nothing early"
    );
    let bea = app.sign_in("bea").await;
    assert_eq!(reads(&bea, &id, None).await.1, "word");
    app.advance(HOUR);
    let bea = app.sign_in("bea").await;
    assert_eq!(
        reads(&bea, &id, None).await.1,
        "WRONG_STATE",
        "thirty days are over, whether or not the worker was there"
    );
    let destroyed = join_all((0..3).map(|_| order::keys::destroy_due(app.env(), System::new()))).await;
    assert_eq!(destroyed.into_iter().map(Result::unwrap).sum::<u64>(), 1, "once");
    assert!(!has_key(&app, &id).await);
    let order = bea.looks_at(&id).await["data"]["order"].clone();
    assert_eq!(order["timeline"].as_array().unwrap().last().unwrap()["kind"], "KEY_DESTROYED");
    assert_eq!(
        order["credentialsVersions"],
        json!([{ "version": 1 }]),
        "that it was handed over stays on record"
    );
    app.close().await;
}

#[tokio::test]
async fn whom_the_seller_blocked_cannot_buy_and_is_told_nothing_more() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("50.00").await;
    let (running, other) = (sam.sells("20.00").await, sam.sells("9.00").await);
    let id = bea.buys(&running).await;
    let query = "query L($id: ID!) { listing(id: $id) { seller { id } } order: boughtOrders { nodes { buyer { id } } } }";
    let seen = bea.sends(query, json!({ "id": other.id })).await;
    let buyer = &seen["data"]["order"]["nodes"][0]["buyer"]["id"];
    let block = "mutation B($input: UserBlockInput!) { userBlock(input: $input) { userErrors { code } } }";
    let blocked = sam.sends(block, json!({ "input": { "userId": buyer } })).await;
    assert_eq!(blocked["data"]["userBlock"]["userErrors"], json!([]), "{blocked}");
    assert_eq!(code(&bea.asks_for(&other, Uuid::new_v4()).await), "LISTING_NOT_AVAILABLE");
    sam.delivers(&id, "word").await;
    assert_eq!(
        bea.confirms(&id).await["order"]["state"],
        "COMPLETED",
        "what runs between them runs on"
    );
    app.close().await;
}
