//! Returns: asked for, handed back, agreed to, refused, and how each wait ends by itself.

use std::time::Duration;

use entity::{hand_back, kinds::ListingState, listing, order_key, value::OrderId};
use futures::future::join_all;
use handover::{
    app::Act,
    graphql::id,
    kernel::policy::System,
    order::{self, Share},
    wallet::ledger::AccountKey,
};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use crate::support::{
    Person, TestApp,
    orders::{code, delivered},
};

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn waits_over(app: &TestApp) -> u64 {
    let looks = join_all((0..3).map(|_| order::timers::run_out(app.env(), System::new()))).await;
    looks.into_iter().map(Result::unwrap).sum()
}

fn state(answer: &Value) -> &str {
    answer["order"]["state"].as_str().unwrap_or("none")
}

fn order_id(id: &str) -> OrderId {
    id::decode(&id.into()).unwrap_or_else(|_| panic!("no order's id: {id}"))
}

/// Where an order stands, as a party sees it.
pub async fn state_of(person: &Person<'_>, order: &str) -> String {
    let seen = person.looks_at(order).await;
    seen["data"]["order"]["state"].as_str().unwrap_or("none").to_owned()
}

async fn password(answer: Value, mutation: &str) -> String {
    let payload = &answer["data"][mutation];
    payload["credentials"]["password"]
        .as_str()
        .unwrap_or_else(|| code(payload))
        .to_owned()
}

/// The listing that an order bought.
pub async fn listing_of(app: &TestApp, order: &str) -> listing::Model {
    let order = entity::order::Entity::find_by_id(order_id(order))
        .one(app.env().db())
        .await
        .unwrap()
        .unwrap();
    listing::Entity::find_by_id(order.listing_id)
        .one(app.env().db())
        .await
        .unwrap()
        .unwrap()
}

#[tokio::test]
async fn a_returned_account_is_read_by_its_seller_and_the_money_goes_back() {
    let app = TestApp::new().await;
    let (sam, bea, id) = delivered(&app).await;
    assert_eq!(state(&bea.asks_back(&id).await), "RETURN_REQUESTED");
    assert_eq!(
        password(bea.reveals(&id, None).await, "orderReveal").await,
        "first",
        "until she hands it back"
    );
    assert_eq!(code(&sam.refuses(&id).await), "WRONG_STATE", "there is nothing to refuse yet");
    assert_eq!(state(&bea.hands_back(&id, "second").await), "RETURN_INSPECTION");
    assert_eq!(
        password(bea.reveals(&id, None).await, "orderReveal").await,
        "WRONG_STATE",
        "what is handed back is not read"
    );
    assert_eq!(code(&bea.confirms(&id).await), "WRONG_STATE");
    assert_eq!(code(&bea.reads_hand_back(&id).await), "NOT_FOUND");
    assert_eq!(password(sam.reads_hand_back(&id).await, "orderHandBackReveal").await, "second");
    let agreed = join_all((0..8).map(|_| sam.agrees_to_return(&id))).await;
    assert!(agreed.iter().all(|agreed| state(agreed) == "REFUNDED"), "{agreed:?}");
    assert_eq!(
        (app.escrow(&id).await.as_str(), bea.holds(AccountKey::available).await.as_str()),
        ("0.00", "50.00")
    );
    assert_eq!(
        password(sam.reads_hand_back(&id).await, "orderHandBackReveal").await,
        "second",
        "and still reads it"
    );
    let query = "query H($id: ID!) { order(id: $id) { handBack { kind revealedAt } returnReason timeline { kind } } }";
    let seen = bea.sends(query, json!({ "id": id })).await["data"]["order"].clone();
    assert_eq!(seen["handBack"]["kind"], "CREDENTIALS");
    assert!(seen["handBack"]["revealedAt"].is_string(), "the buyer sees that he looked");
    app.relayed().await;
    assert!(sam.notice_kinds().await.contains(&"REFUNDED_TO_BUYER".to_owned()));
    assert_ne!(
        listing_of(&app, &id).await.state,
        ListingState::OnSale,
        "it is looked at anew before it is sold again"
    );
    app.advance(DAY * 30);
    let sam = app.sign_in("sam").await;
    assert_eq!(password(sam.reads_hand_back(&id).await, "orderHandBackReveal").await, "WRONG_STATE");
    assert_eq!(order::keys::destroy_due(app.env(), System::new()).await.unwrap(), 1);
    let row = hand_back::Entity::find_by_id(order_id(&id))
        .one(app.env().db())
        .await
        .unwrap()
        .unwrap();
    assert!(row.wrapped.is_none() && row.destroyed_at.is_some());
    app.close().await;
}

#[tokio::test]
async fn the_credentials_of_a_refunded_order_are_unreadable_everywhere_and_their_key_is_destroyed() {
    let app = TestApp::new().await;
    let (sam, bea, id) = delivered(&app).await;
    bea.asks_back(&id).await;
    assert_eq!(
        state(&sam.agrees_to_return(&id).await),
        "REFUNDED",
        "the seller may agree without a hand-back"
    );
    for person in [&sam, &bea] {
        assert_ne!(password(person.reveals(&id, None).await, "orderReveal").await, "first");
        assert_ne!(password(person.reads_hand_back(&id).await, "orderHandBackReveal").await, "first");
    }
    let key = order_key::Entity::find_by_id(order_id(&id))
        .one(app.env().db())
        .await
        .unwrap()
        .unwrap();
    assert!(key.wrapped.is_none() && key.destroyed_at.is_some());
    app.close().await;
}

#[tokio::test]
async fn nobody_gets_his_money_back_while_he_keeps_the_account() {
    let app = TestApp::new().await;
    let (sam, bea, id) = delivered(&app).await;
    app.advance(HOUR * 70);
    let bea = app.sign_in(&bea.name).await;
    bea.asks_back(&id).await;
    app.advance(HOUR * 24);
    assert_eq!(waits_over(&app).await, 1, "not handed back in time");
    let bea = app.sign_in(&bea.name).await;
    let seen = bea.looks_at(&id).await["data"]["order"].clone();
    assert_eq!(seen["state"], "DELIVERED");
    assert_eq!(app.escrow(&id).await, "20.00");
    assert_eq!(code(&bea.asks_back(&id).await), "WRONG_STATE", "once an order");
    app.advance(HOUR * 11);
    assert_eq!(waits_over(&app).await, 0, "the rest is twelve hours at least");
    app.advance(HOUR);
    assert_eq!(waits_over(&app).await, 1);
    let sam = app.sign_in(&sam.name).await;
    assert_eq!(state_of(&sam, &id).await, "COMPLETED");
    assert_eq!(sam.holds(AccountKey::settling).await, "19.00");
    app.close().await;
}

#[tokio::test]
async fn a_silent_seller_has_granted_the_return_and_a_refusal_is_a_case_s() {
    let app = TestApp::new().await;
    let (sam, bea, id) = delivered(&app).await;
    bea.asks_back(&id).await;
    let statement = bea.orders("orderHandBack", json!({ "id": id, "kind": "NEVER_GOT_IN" })).await;
    assert_eq!(state(&statement), "RETURN_INSPECTION", "{statement}");
    app.advance(HOUR * 48);
    assert_eq!((waits_over(&app).await, app.escrow(&id).await.as_str()), (1, "0.00"));
    let (sam, bea) = (app.sign_in(&sam.name).await, app.sign_in(&bea.name).await);
    assert_eq!(state_of(&sam, &id).await, "REFUNDED");
    let second = bea.buys(&sam.sells("20.00").await).await;
    sam.delivers(&second, "word").await;
    bea.asks_back(&second).await;
    bea.hands_back(&second, "other").await;
    let refused = join_all((0..3).map(|_| sam.refuses(&second))).await;
    assert!(refused.iter().any(|refused| state(refused) == "IN_DISPUTE"), "{refused:?}");
    assert_eq!(password(sam.reads_hand_back(&second).await, "orderHandBackReveal").await, "other");
    let query = "query E($id: ID!) { order(id: $id) { waitsFor evidence { by text digest images { url } } } }";
    let seen = bea.sends(query, json!({ "id": second })).await["data"]["order"].clone();
    assert_eq!(
        (&seen["waitsFor"], &seen["evidence"][0]["by"]),
        (&Value::Null, &json!("SELLER")),
        "{seen}"
    );
    assert_eq!(seen["evidence"].as_array().unwrap().len(), 1, "one refusal");
    assert_eq!(seen["evidence"][0]["digest"].as_str().unwrap().len(), 64);
    let picture = app.url(seen["evidence"][0]["images"][0]["url"].as_str().unwrap());
    let get = |token: String| app.http.get(&picture).bearer_auth(token).send();
    assert_eq!(get(bea.token.clone()).await.unwrap().status(), 200);
    assert_eq!(get(sam.token.clone()).await.unwrap().status(), 404, "an address is one viewer's");
    app.relayed().await;
    app.relayed().await;
    assert_eq!(
        app.case_of(&second).await.state.as_str(),
        "GATHERING",
        "one case, whose timers decide from now on"
    );
    app.advance(DAY * 30);
    assert_eq!(waits_over(&app).await, 0, "the order's own do not");
    for _ in 0..3 {
        app.cases_run_out().await;
        app.advance(DAY * 2);
    }
    let bea = app.sign_in(&bea.name).await;
    assert_eq!(state_of(&bea, &second).await, "REFUNDED", "no finding counts as intact");
    assert_eq!(bea.holds(AccountKey::available).await, "50.00");
    app.close().await;
}

#[tokio::test]
async fn a_ruling_divides_the_escrow_to_the_fen_once() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("100.00").await;
    for (price, percent, seller, end) in [
        ("20.03", 50, 1_001, "SPLIT"),
        ("1.01", 0, 0, "REFUNDED"),
        ("1.01", 100, 101, "SPLIT"),
        ("1.03", 1, 1, "SPLIT"),
    ] {
        let before = fen(&sam.holds(AccountKey::available).await);
        let id = bea.buys(&sam.sells(price).await).await;
        sam.delivers(&id, "word").await;
        bea.asks_back(&id).await;
        bea.hands_back(&id, "other").await;
        sam.refuses(&id).await;
        let ruled = join_all((0..3).map(|_| rules(&app, &id, percent))).await;
        assert_eq!(ruled.iter().filter(|done| **done).count(), 1, "one ruling at most");
        assert_eq!(state_of(&bea, &id).await, end);
        assert_eq!(app.escrow(&id).await, "0.00");
        assert_eq!(
            fen(&sam.holds(AccountKey::available).await) - before,
            seller,
            "{percent} % of {price}"
        );
    }
    app.close().await;
}

fn fen(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}

async fn rules(app: &TestApp, id: &str, percent: i32) -> bool {
    let tx = app.env().begin().await.unwrap();
    let ruled = order::rule(&tx, System::new(), order_id(id), Share::percent(percent).unwrap()).await;
    ruled.is_ok() && tx.commit().await.is_ok()
}

#[tokio::test]
async fn of_confirm_timer_return_and_correction_at_once_one_wins() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("100.00").await;
    for _ in 0..4 {
        let id = bea.buys(&sam.sells("5.00").await).await;
        sam.delivers(&id, "word").await;
        let (confirmed, returned, corrected) = tokio::join!(bea.confirms(&id), bea.asks_back(&id), sam.delivers(&id, "other"));
        assert_eq!(code(&confirmed), "ok", "a buyer who asked back may still confirm: {confirmed}");
        assert!(["ok", "WRONG_STATE"].contains(&code(&returned)), "{returned}");
        assert!(["ok", "WRONG_STATE"].contains(&code(&corrected)), "{corrected}");
        assert_eq!(state_of(&bea, &id).await, "COMPLETED");
    }
    let id = bea.buys(&sam.sells("5.00").await).await;
    sam.delivers(&id, "word").await;
    app.advance(HOUR * 72);
    let bea = app.sign_in(&bea.name).await;
    let (timer, returned) = tokio::join!(waits_over(&app), bea.asks_back(&id));
    assert_eq!((timer, code(&returned)), (1, "WRONG_STATE"), "what is over is over");
    app.close().await;
}

#[tokio::test]
async fn what_was_revealed_ends_by_a_return_only() {
    let app = TestApp::new().await;
    let (sam, bea, id) = delivered(&app).await;
    bea.reveals(&id, None).await;
    assert_eq!(
        (code(&bea.cancels(&id).await), code(&sam.cancels(&id).await)),
        ("WRONG_STATE", "WRONG_STATE")
    );
    bea.asks_back(&id).await;
    assert_eq!(code(&bea.cancels(&id).await), "WRONG_STATE");
    assert_eq!(state(&bea.keeps(&id).await), "DELIVERED");
    assert_eq!(code(&bea.keeps(&id).await), "ok", "taking it back again changes nothing");
    assert_eq!(code(&bea.asks_back(&id).await), "WRONG_STATE", "there is no second request");
    assert_eq!(state(&bea.confirms(&id).await), "COMPLETED");
    for wrong in [
        json!({ "id": id, "kind": "AS_DELIVERED", "credentials": { "login": "a", "password": "b" } }),
        json!({ "id": id, "kind": "CREDENTIALS" }),
    ] {
        assert_eq!(code(&bea.orders("orderHandBack", wrong).await), "INVALID_INPUT");
    }
    app.close().await;
}

#[tokio::test]
async fn each_wait_of_a_return_reminds_whom_it_waits_for() {
    let app = TestApp::new().await;
    let (sam, bea, id) = delivered(&app).await;
    bea.asks_back(&id).await;
    app.advance(HOUR * 12);
    assert_eq!(order::remind(app.env(), System::new()).await.unwrap(), 1, "the buyer, at half");
    let bea = app.sign_in(&bea.name).await;
    bea.hands_back(&id, "other").await;
    app.advance(HOUR * 24);
    assert_eq!(order::remind(app.env(), System::new()).await.unwrap(), 1, "the seller, at half");
    let sam = app.sign_in(&sam.name).await;
    sam.refuses(&id).await;
    app.advance(DAY * 4);
    assert_eq!(
        order::remind(app.env(), System::new()).await.unwrap(),
        0,
        "nobody is reminded of what the platform owes"
    );
    app.close().await;
}

#[tokio::test]
async fn a_party_blacklisted_mid_order_leaves_no_money_stuck() {
    let app = TestApp::new().await;
    let (sam, bea, looked_at) = delivered(&app).await;
    bea.has("100.00").await;
    bea.reveals(&looked_at, None).await;
    let unseen = bea.buys(&sam.sells("20.00").await).await;
    sam.delivers(&unseen, "word").await;
    let paid = bea.buys(&sam.sells("20.00").await).await;
    let agreed = sam.agrees_to(&bea.offers(&sam.sells("20.00").await, "15.00").await).await;
    let offer = bea.offers(&sam.sells("20.00").await, "15.00").await;
    let on_sale = sam.sells("20.00").await;
    app.operates(&sam.name, Act::Blacklist("For the test".into())).await;
    app.relayed().await;
    assert_eq!(code(&bea.asks_to_offer(&on_sale, "15.00", uuid::Uuid::new_v4()).await), "NOT_FOUND");
    for (order, state) in [
        (&unseen, "CANCELLED"),
        (&paid, "CANCELLED"),
        (&agreed, "CANCELLED"),
        (&looked_at, "DELIVERED"),
    ] {
        assert_eq!(state_of(&bea, order).await, state);
    }
    assert_eq!(bea.holds(AccountKey::available).await, "130.00", "all but what was looked at");
    assert_eq!(bea.looks_at_offer(&offer).await["data"]["offer"]["state"], "DECLINED");
    assert_eq!(listing_of(&app, &paid).await.state, ListingState::OffShelf);
    assert_eq!(entity::strike::Entity::find().all(app.env().db()).await.unwrap(), []);
    bea.asks_back(&looked_at).await;
    bea.hands_back(&looked_at, "other").await;
    app.advance(HOUR * 48);
    assert_eq!(waits_over(&app).await, 1, "he cannot answer, so the timer grants it");
    let bea = app.sign_in(&bea.name).await;
    assert_eq!(bea.holds(AccountKey::available).await, "150.00");
    assert_eq!(
        listing_of(&app, &looked_at).await.state,
        ListingState::OffShelf,
        "nothing of his is reviewed anew"
    );
    app.close().await;
}
