//! What is over is over, whether or not the worker has come by: nobody gains by being faster than it.

use std::time::Duration;

use entity::{kinds::StrikeKind, strike};
use handover::{kernel::policy::System, order, wallet::ledger::AccountKey};
use sea_orm::EntityTrait;
use serde_json::json;
use uuid::Uuid;

use crate::support::{
    TestApp,
    orders::{code, delivered},
};

const HOUR: Duration = Duration::from_secs(60 * 60);

async fn waits_over(app: &TestApp) -> u64 {
    order::timers::run_out(app.env(), System::new()).await.unwrap()
}

async fn strikes(app: &TestApp) -> Vec<StrikeKind> {
    let found = strike::Entity::find().all(app.env().db()).await.unwrap();
    found.into_iter().map(|strike| strike.kind).collect()
}

#[tokio::test]
async fn an_offer_whose_day_is_over_is_neither_accepted_nor_countered() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    let (open, countered) = (
        bea.offers(&sam.sells("20.00").await, "15.00").await,
        bea.offers(&sam.sells("20.00").await, "15.00").await,
    );
    sam.counters(&countered, "18.00").await;
    app.advance(HOUR * 24);
    let (sam, bea) = (app.sign_in("sam").await, app.sign_in("bea").await);
    assert_eq!(code(&sam.accepts(&open).await), "WRONG_STATE");
    assert_eq!(code(&sam.counters(&open, "18.00").await), "WRONG_STATE");
    assert_eq!(code(&bea.accepts(&countered).await), "WRONG_STATE");
    assert_eq!(order::offer::run_out(app.env(), System::new()).await.unwrap(), 2);
    app.close().await;
}

#[tokio::test]
async fn after_a_missed_promise_nothing_is_delivered_and_the_strike_is_the_seller_s_whoever_cancels() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("50.00").await;
    let id = bea.buys(&sam.sells("20.00").await).await;
    app.advance(HOUR * 24);
    let (sam, bea) = (app.sign_in("sam").await, app.sign_in("bea").await);
    assert_eq!(code(&sam.delivers(&id, "late").await), "WRONG_STATE");
    let cancelled = bea.cancels(&id).await;
    assert_eq!(
        (&cancelled["order"]["state"], &cancelled["order"]["cancelledBy"]),
        (&json!("CANCELLED"), &json!("TIMER")),
        "{cancelled}"
    );
    assert_eq!(strikes(&app).await, [StrikeKind::PromiseMissed]);
    assert_eq!(bea.holds(AccountKey::available).await, "50.00");
    assert_eq!(waits_over(&app).await, 0, "and the worker finds nothing more to do");
    app.close().await;
}

#[tokio::test]
async fn neither_a_hand_back_nor_a_refusal_nor_a_correction_comes_late() {
    let app = TestApp::new().await;
    let (sam, bea, id) = delivered(&app).await;
    bea.asks_back(&id).await;
    app.advance(HOUR * 24);
    let (sam, bea) = (app.sign_in(&sam.name).await, app.sign_in(&bea.name).await);
    assert_eq!(code(&bea.hands_back(&id, "late").await), "WRONG_STATE");
    assert_eq!(waits_over(&app).await, 1);
    app.advance(HOUR * 72);
    let (sam, bea) = (app.sign_in(&sam.name).await, app.sign_in(&bea.name).await);
    assert_eq!(
        code(&sam.delivers(&id, "late").await),
        "WRONG_STATE",
        "the buyer's silence was his word"
    );
    assert_eq!(waits_over(&app).await, 1);
    assert_eq!(app.escrow(&id).await, "0.00");
    let second = bea.buys(&sam.sells("20.00").await).await;
    sam.delivers(&second, "word").await;
    bea.asks_back(&second).await;
    bea.hands_back(&second, "other").await;
    app.advance(HOUR * 48);
    let (sam, bea) = (app.sign_in(&sam.name).await, app.sign_in(&bea.name).await);
    assert_eq!(code(&sam.refuses(&second).await), "WRONG_STATE");
    assert_eq!(waits_over(&app).await, 1);
    assert_eq!(bea.holds(AccountKey::available).await, "30.00", "silence granted it");
    app.close().await;
}

#[tokio::test]
async fn what_nobody_could_pay_is_no_strike() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("50.00").await;
    let agreed = sam.agrees_to(&bea.offers(&sam.sells("20.00").await, "15.00").await).await;
    let ada = app.admin("ada").await;
    ada.freezes(&sam, "Look into it.", Uuid::new_v4()).await;
    assert_eq!(code(&bea.pays(&agreed).await), "LISTING_NOT_AVAILABLE");
    app.advance(HOUR * 2);
    assert_eq!(waits_over(&app).await, 1);
    assert_eq!(strikes(&app).await, []);
    app.close().await;
}
