//! What [`crate::crashes`] does, for offers, for what they are paid with, and for returns (M4). Most of these calls have no key: the same
//! call again ends well all the same. The step of a timer is taken by whoever calls after its time.

use std::time::Duration;

use entity::kinds::ListingState;
use handover::wallet::ledger::AccountKey;
use serde_json::json;
use uuid::Uuid;

use crate::{
    crashes::{at_each_point, fen, mutation, rows, traders, went_well},
    returns::listing_of,
    support::{Person, TestApp},
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// An order that was delivered, and costs 20.00.
async fn delivered(sam: &Person<'_>, bea: &Person<'_>) -> String {
    let order = bea.buys(&sam.sells("20.00").await).await;
    sam.delivers(&order, "first").await;
    order
}

/// One whose account was handed back.
async fn handed_back(sam: &Person<'_>, bea: &Person<'_>) -> String {
    let order = delivered(sam, bea).await;
    bea.asks_back(&order).await;
    let back = bea.hands_back(&order, "second").await;
    assert_eq!(back["order"]["state"], "RETURN_INSPECTION", "{back}");
    order
}

/// How often a step is in an order's timeline.
async fn times(party: &Person<'_>, order: &str, step: &str) -> usize {
    let seen = party.looks_at(order).await;
    let timeline = seen["data"]["order"]["timeline"].as_array().unwrap_or_else(|| panic!("{seen}"));
    timeline.iter().filter(|done| done["kind"] == step).count()
}

fn count(point: usize) -> i64 {
    i64::try_from(point).unwrap() + 1
}

#[tokio::test]
async fn with_servers_a_server_that_dies_while_it_accepts_an_offer_opens_one_order_or_none() {
    if !TestApp::has_servers() {
        return;
    }
    let app = TestApp::new().await;
    let (sam, bea) = traders(&app).await;
    let prepare = async |point: usize| {
        let offer = bea.offers(&sam.sells("20.00").await, "15.00").await;
        let selection = "offer { id state order { id state } }";
        (mutation(&sam, "offerAccept", json!({ "id": offer }), selection), point)
    };
    at_each_point(&app, prepare, async |point, answer| {
        went_well(&answer, "offerAccept");
        let offer = &answer["data"]["offerAccept"]["offer"];
        assert_eq!(
            (&offer["state"], &offer["order"]["state"]),
            (&json!("ACCEPTED"), &json!("AWAITING_PAYMENT")),
            "{answer}"
        );
        assert_eq!(rows(&app, "orders").await, count(point), "one order each time");
        // A buyer has two to pay at most. What is not paid the seller ends without a strike.
        let ended = sam.cancels(offer["order"]["id"].as_str().unwrap()).await;
        assert_eq!(ended["order"]["state"], "CANCELLED", "{ended}");
    })
    .await;
    app.close().await;
}

#[tokio::test]
async fn with_servers_a_server_that_dies_while_it_takes_what_was_agreed_on_takes_it_once() {
    if !TestApp::has_servers() {
        return;
    }
    let app = TestApp::new().await;
    let (sam, bea) = traders(&app).await;
    let eve = app.verified("eve").await;
    let prepare = async |_| {
        let offered = sam.sells("20.00").await;
        let rival = eve.offers(&offered, "14.00").await;
        let order = sam.agrees_to(&bea.offers(&offered, "15.00").await).await;
        let before = bea.holds(AccountKey::available).await;
        let input = json!({ "id": order, "idempotencyKey": Uuid::new_v4() });
        (mutation(&bea, "orderPay", input, "order { id state }"), (order, rival, before))
    };
    at_each_point(&app, prepare, async |(order, rival, before), answer| {
        went_well(&answer, "orderPay");
        assert_eq!(answer["data"]["orderPay"]["order"]["state"], "PAID");
        assert_eq!(app.escrow(&order).await, "15.00");
        let now = bea.holds(AccountKey::available).await;
        assert_eq!(fen(&before) - fen(&now), 1_500, "paid once");
        let lost = eve.looks_at_offer(&rival).await;
        assert_eq!(
            lost["data"]["offer"]["state"], "SOLD",
            "and the other offer has ended with it: {lost}"
        );
    })
    .await;
    app.close().await;
}

#[tokio::test]
async fn with_servers_a_server_that_dies_while_a_return_is_asked_for_notes_it_once() {
    if !TestApp::has_servers() {
        return;
    }
    let app = TestApp::new().await;
    let (sam, bea) = traders(&app).await;
    let prepare = async |_| {
        let order = delivered(&sam, &bea).await;
        let input = json!({ "id": order, "reason": "Not as described" });
        (mutation(&bea, "orderReturnRequest", input, "order { id state }"), order)
    };
    at_each_point(&app, prepare, async |order, answer| {
        went_well(&answer, "orderReturnRequest");
        assert_eq!(answer["data"]["orderReturnRequest"]["order"]["state"], "RETURN_REQUESTED");
        assert_eq!(times(&bea, &order, "RETURN_REQUESTED").await, 1, "asked for once");
        assert_eq!(app.escrow(&order).await, "20.00");
    })
    .await;
    app.close().await;
}

#[tokio::test]
async fn with_servers_a_server_that_dies_while_an_account_is_handed_back_seals_it_once() {
    if !TestApp::has_servers() {
        return;
    }
    let app = TestApp::new().await;
    let (sam, bea) = traders(&app).await;
    let prepare = async |point: usize| {
        let order = delivered(&sam, &bea).await;
        bea.asks_back(&order).await;
        let credentials = json!({ "login": "hero", "password": "second" });
        let input = json!({ "id": order, "kind": "CREDENTIALS", "credentials": credentials });
        (mutation(&bea, "orderHandBack", input, "order { id state }"), (order, point))
    };
    at_each_point(&app, prepare, async |(order, point), answer| {
        went_well(&answer, "orderHandBack");
        assert_eq!(answer["data"]["orderHandBack"]["order"]["state"], "RETURN_INSPECTION");
        assert_eq!(times(&bea, &order, "HANDED_BACK").await, 1, "handed back once");
        let sealed = "hand_backs WHERE sealed IS NOT NULL AND wrapped IS NOT NULL";
        assert_eq!(rows(&app, sealed).await, count(point));
        assert_eq!(app.escrow(&order).await, "20.00");
    })
    .await;
    app.close().await;
}

#[tokio::test]
async fn with_servers_a_server_that_dies_while_a_return_is_agreed_to_refunds_once() {
    if !TestApp::has_servers() {
        return;
    }
    let app = TestApp::new().await;
    let (sam, bea) = traders(&app).await;
    let prepare = async |_| {
        let before = bea.holds(AccountKey::available).await;
        let order = handed_back(&sam, &bea).await;
        let call = mutation(&sam, "orderReturnAgree", json!({ "id": order }), "order { id state }");
        (call, (order, before))
    };
    at_each_point(&app, prepare, async |(order, before), answer| {
        went_well(&answer, "orderReturnAgree");
        assert_eq!(answer["data"]["orderReturnAgree"]["order"]["state"], "REFUNDED");
        assert_eq!(
            (app.escrow(&order).await.as_str(), bea.holds(AccountKey::available).await),
            ("0.00", before)
        );
        assert_eq!(times(&bea, &order, "REFUNDED").await, 1);
        assert_eq!(listing_of(&app, &order).await.state, ListingState::Draft);
    })
    .await;
    app.close().await;
}

#[tokio::test]
async fn with_servers_a_server_that_dies_while_a_return_is_refused_opens_one_case() {
    if !TestApp::has_servers() {
        return;
    }
    let app = TestApp::new().await;
    let (sam, bea) = traders(&app).await;
    let prepare = async |point: usize| {
        let order = handed_back(&sam, &bea).await;
        let image = sam.evidence_image().await["id"].clone();
        let input = json!({ "id": order, "text": "The skins are gone.", "imageIds": [image] });
        (mutation(&sam, "orderReturnRefuse", input, "order { id state }"), (order, point))
    };
    at_each_point(&app, prepare, async |(order, point), answer| {
        went_well(&answer, "orderReturnRefuse");
        assert_eq!(answer["data"]["orderReturnRefuse"]["order"]["state"], "IN_DISPUTE");
        assert_eq!(rows(&app, "evidence").await, count(point), "one piece of evidence each time");
        assert_eq!(app.escrow(&order).await, "20.00");
    })
    .await;
    app.relayed().await;
    assert_eq!(rows(&app, "cases").await, rows(&app, "evidence").await, "one case each");
    app.close().await;
}

/// The timer's refund: it is taken with the call of whoever comes after its time.
#[tokio::test]
async fn with_servers_a_server_that_dies_while_a_missed_promise_ends_an_order_refunds_and_strikes_once() {
    if !TestApp::has_servers() {
        return;
    }
    let app = TestApp::new().await;
    let buyer = traders(&app).await.1.id().await;
    let prepare = async |point: usize| {
        let (sam, bea) = (app.sign_in("sam").await, app.sign_in("bea").await);
        let before = bea.holds(AccountKey::available).await;
        let order = bea.buys(&sam.sells("20.00").await).await;
        app.advance(DAY);
        let bea = app.sign_in("bea").await;
        let selection = "order { id state cancelledBy }";
        let call = mutation(&bea, "orderCancel", json!({ "id": order }), selection);
        (call, (order, before, point))
    };
    at_each_point(&app, prepare, async |(order, before, point), answer| {
        went_well(&answer, "orderCancel");
        let ended = &answer["data"]["orderCancel"]["order"];
        assert_eq!(
            (&ended["state"], &ended["cancelledBy"]),
            (&json!("CANCELLED"), &json!("TIMER")),
            "{answer}"
        );
        assert_eq!(
            (app.escrow(&order).await.as_str(), app.balance(AccountKey::available(buyer)).await),
            ("0.00", before)
        );
        assert_eq!(
            rows(&app, "strikes WHERE kind = 'PROMISE_MISSED'").await,
            count(point),
            "one strike each"
        );
    })
    .await;
    app.close().await;
}
