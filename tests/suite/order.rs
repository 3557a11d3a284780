//! Buying and selling over the API, with every race that matters to the money.

use std::time::Duration;

use entity::{audit, identity, kinds::IdentityState};
use futures::future::join_all;
use handover::{graphql::id, kernel::policy::System, order, wallet::ledger::AccountKey};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Offered, Person, TestApp};

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The code of the first user error of a payload, or of the error of a field.
fn code(answer: &Value) -> &str {
    answer["userErrors"][0]["code"]
        .as_str()
        .or_else(|| answer["errors"][0]["extensions"]["code"].as_str())
        .unwrap_or("ok")
}

/// A seller with a listing at 20.00, and a buyer with 50.00.
async fn trade(app: &TestApp) -> (Person<'_>, Person<'_>, Offered) {
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("50.00").await;
    let listing = sam.sells("20.00").await;
    (sam, bea, listing)
}

#[tokio::test]
async fn a_purchase_is_held_delivered_revealed_confirmed_and_settled() {
    let app = TestApp::new().await;
    let (sam, bea, listing) = trade(&app).await;
    let id = bea.buys(&listing).await;
    assert_eq!(
        (app.escrow(&id).await.as_str(), bea.holds(AccountKey::available).await.as_str()),
        ("20.00", "30.00")
    );
    let delivered = sam.delivers(&id, "first").await;
    assert_eq!(
        (&delivered["order"]["state"], &delivered["order"]["waitsFor"]),
        (&json!("DELIVERED"), &json!("BUYER"))
    );
    assert_eq!(
        (&delivered["order"]["fee"]["amount"], &delivered["order"]["proceeds"]["amount"]),
        (&json!("1.00"), &json!("19.00"))
    );
    let revealed = bea.reveals(&id, None).await;
    assert_eq!(revealed["data"]["orderReveal"]["credentials"]["password"], "first", "{revealed}");
    assert_eq!(code(&sam.reveals(&id, None).await), "NOT_FOUND", "the seller reads nothing back");
    let confirms = join_all((0..20).map(|_| bea.confirms(&id))).await;
    assert!(confirms.iter().all(|done| done["order"]["state"] == "COMPLETED"), "{confirms:?}");
    assert_eq!(sam.holds(AccountKey::settling).await, "19.00", "five percent are the platform's");
    app.advance(DAY * 6);
    let (sam, bea) = (app.sign_in("sam").await, app.sign_in("bea").await);
    assert_eq!(order::timers::settle(app.env(), System::new()).await.unwrap(), 0, "nothing early");
    assert!(sam.looks_at(&id).await["data"]["order"]["settlesAt"].is_string());
    app.advance(DAY);
    assert_eq!(order::timers::settle(app.env(), System::new()).await.unwrap(), 1);
    assert_eq!(order::timers::settle(app.env(), System::new()).await.unwrap(), 0, "and once");
    let (sam, bea) = (app.sign_in(&sam.name).await, app.sign_in(&bea.name).await);
    assert_eq!(sam.holds(AccountKey::available).await, "19.00");
    let audited = audit::Entity::find().all(app.env().db()).await.unwrap();
    assert_eq!(audited.iter().filter(|row| row.action == "credentials.reveal").count(), 1);
    let kinds = |order: &Value| -> Vec<String> {
        let steps = order["data"]["order"]["timeline"].as_array().unwrap().iter();
        steps
            .map(|step| format!("{}:{}", step["kind"].as_str().unwrap(), step["by"].as_str().unwrap_or("-")))
            .collect()
    };
    let (his, hers) = (kinds(&sam.looks_at(&id).await), kinds(&bea.looks_at(&id).await));
    assert_eq!(
        his,
        ["PLACED:BUYER", "DELIVERED:SELLER", "REVEALED:BUYER", "COMPLETED:BUYER", "SETTLED:-"]
    );
    assert_eq!(hers, his[..4], "what becomes of the proceeds is the seller's");
    app.close().await;
}

#[tokio::test]
async fn each_side_sees_his_own_and_a_stranger_nothing() {
    let app = TestApp::new().await;
    let (sam, bea, listing) = trade(&app).await;
    let tom = app.verified("tom").await;
    let id = bea.buys(&listing).await;
    let other = bea.buys(&sam.sells("5.00").await).await;
    bea.cancels(&other).await;
    let list = |person: &Person<'_>, list: &str, state: Value| {
        let query = format!(
            "query L($state: OrderState) {{ {list}(filter: {{ state: $state }}) {{ nodes {{ id fee {{ amount }} listing {{ title cover {{ url }} images {{ url }} game {{ slug }} current {{ id state }} }} buyer {{ nickname }} seller {{ nickname }} }} }} }}"
        );
        let (token, list) = (person.token.clone(), list.to_owned());
        let app = &app;
        async move { app.send(Some(&token), &query, json!({ "state": state })).await["data"][list]["nodes"].clone() }
    };
    let bought = list(&bea, "boughtOrders", Value::Null).await;
    assert_eq!((&bought[0]["id"], &bought[1]["id"]), (&json!(other), &json!(id)), "{bought}");
    assert_eq!(bought[1]["listing"]["title"], "Level 60, all heroes");
    assert_eq!(bought[1]["listing"]["images"][0], bought[1]["listing"]["cover"]);
    assert_eq!(bought[1]["listing"]["current"], json!({ "id": listing.id, "state": "RESERVED" }));
    assert_eq!(
        (&bought[1]["buyer"]["nickname"], &bought[1]["seller"]["nickname"]),
        (&json!("bea"), &json!("sam"))
    );
    assert!(bought[1]["fee"].is_null(), "the fee is the seller's");
    let sold = list(&sam, "soldOrders", json!("PAID")).await;
    assert_eq!((sold.as_array().unwrap().len(), &sold[0]["id"]), (1, &json!(id)));
    assert_eq!(sold[0]["fee"]["amount"], "1.00");
    assert_eq!(list(&sam, "boughtOrders", Value::Null).await, json!([]));
    assert_eq!(list(&bea, "boughtOrders", json!("CANCELLED")).await[0]["id"], json!(other));
    for answer in [
        tom.looks_at(&id).await,
        tom.cancels(&id).await,
        tom.confirms(&id).await,
        tom.delivers(&id, "x").await,
        tom.reveals(&id, None).await,
        sam.confirms(&id).await,
        bea.delivers(&id, "x").await,
        tom.looks_at(&listing.id).await,
        tom.looks_at("AAAA").await,
    ] {
        assert_eq!(code(&answer), "NOT_FOUND", "{answer}");
    }
    app.close().await;
}

#[tokio::test]
async fn of_twelve_buyers_one_gets_the_listing_and_the_others_pay_nothing() {
    let app = TestApp::new().await;
    let sam = app.verified("sam").await;
    let listing = sam.sells("20.00").await;
    let mut buyers = Vec::new();
    for number in 0..12 {
        let buyer = app.verified(&format!("buyer{number}")).await;
        buyer.has("25.00").await;
        buyers.push(buyer);
    }
    let bought = join_all(buyers.iter().map(|buyer| buyer.asks_for(&listing, Uuid::new_v4()))).await;
    assert_eq!(bought.iter().filter(|bought| code(bought) == "ok").count(), 1, "{bought:?}");
    for (buyer, bought) in buyers.iter().zip(&bought) {
        let left = if code(bought) == "ok" { "5.00" } else { "25.00" };
        assert_eq!(buyer.holds(AccountKey::available).await, left);
        assert!(["ok", "LISTING_NOT_AVAILABLE"].contains(&code(bought)), "{bought}");
    }
    app.close().await;
}

#[tokio::test]
async fn twenty_repeats_of_one_key_are_one_order() {
    let app = TestApp::new().await;
    let (_sam, bea, listing) = trade(&app).await;
    let key = Uuid::new_v4();
    let placed = join_all((0..20).map(|_| bea.asks_for(&listing, key))).await;
    let first = &placed[0]["order"]["id"];
    assert!(
        first.is_string() && placed.iter().all(|order| order["order"]["id"] == *first),
        "{placed:?}"
    );
    assert_eq!(bea.holds(AccountKey::available).await, "30.00");
    let other = Offered {
        price: "19.00".to_owned(),
        ..listing
    };
    assert_eq!(code(&bea.asks_for(&other, key).await), "IDEMPOTENCY_KEY_REUSED");
    let again = bea.asks_for(&listing_of(&other, "20.00"), Uuid::new_v4()).await;
    assert_eq!(code(&again), "LISTING_NOT_AVAILABLE", "a new key does not buy twice");
    app.close().await;
}

fn listing_of(offered: &Offered, price: &str) -> Offered {
    Offered {
        price: price.to_owned(),
        ..offered.clone()
    }
}

#[tokio::test]
async fn purchases_beyond_the_balance_are_refused_and_leave_nothing() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("50.00").await;
    let mut asks = Vec::new();
    for _ in 0..5 {
        asks.push((sam.sells("20.00").await, Uuid::new_v4()));
    }
    let placed = join_all(asks.iter().map(|(listing, key)| bea.asks_for(listing, *key))).await;
    assert_eq!(placed.iter().filter(|order| code(order) == "ok").count(), 2, "{placed:?}");
    assert_eq!(placed.iter().filter(|order| code(order) == "INSUFFICIENT_FUNDS").count(), 3);
    let refused = placed.iter().position(|order| code(order) != "ok").unwrap();
    bea.has("50.00").await;
    let (listing, key) = &asks[refused];
    assert_eq!(
        code(&bea.asks_for(listing, *key).await),
        "ok",
        "a refused call leaves its key free and its listing on sale"
    );
    app.close().await;
}

#[tokio::test]
async fn what_changed_since_the_buyer_looked_is_not_bought() {
    let app = TestApp::new().await;
    let (_sam, bea, listing) = trade(&app).await;
    let newer = Offered {
        version: listing.version + 1,
        ..listing.clone()
    };
    for changed in [newer, listing_of(&listing, "19.99"), listing_of(&listing, "20.01")] {
        assert_eq!(code(&bea.asks_for(&changed, Uuid::new_v4()).await), "PRICE_CHANGED");
    }
    assert_eq!(bea.holds(AccountKey::available).await, "50.00");
    assert_eq!(
        bea.cancels(&bea.buys(&listing_of(&listing, "20")).await).await["order"]["state"],
        "CANCELLED"
    );
    app.close().await;
}

#[tokio::test]
async fn nobody_buys_his_own_under_any_name_or_what_is_not_for_sale() {
    let app = TestApp::new().await;
    let (sam, bea, listing) = trade(&app).await;
    sam.has("50.00").await;
    assert_eq!(code(&sam.asks_for(&listing, Uuid::new_v4()).await), "OWN_MATTER");
    // The blind index keeps two approved rows of one person apart; the purchase looks for itself all the same.
    let ids = [sam.id().await, bea.id().await];
    one_person(&app, ids).await;
    assert_eq!(code(&bea.asks_for(&listing, Uuid::new_v4()).await), "OWN_MATTER");
    let made = sam.creates(&sam.draft("20.00").await).await;
    let unseen = Offered {
        id: made["listing"]["id"].as_str().unwrap().to_owned(),
        ..listing
    };
    assert_eq!(code(&bea.asks_for(&unseen, Uuid::new_v4()).await), "NOT_FOUND");
    assert_eq!(bea.holds(AccountKey::available).await, "50.00");
    app.close().await;
}

/// Gives two users one ID number, as a defect elsewhere might.
async fn one_person(app: &TestApp, ids: [entity::value::UserId; 2]) {
    use sea_orm::ConnectionTrait;
    let tx = app.env().begin().await.unwrap();
    tx.db().execute_unprepared("DROP INDEX identities_approved_once").await.unwrap();
    for user_id in ids {
        let row = identity::ActiveModel {
            user_id: Set(user_id),
            state: Set(IdentityState::Approved),
            name_sealed: Set(vec![1]),
            number_sealed: Set(vec![1]),
            number_index: Set(vec![7]),
            reason: Set(None),
            submitted_at: Set(tx.now()),
            decided_at: Set(Some(tx.now())),
            ..Default::default()
        };
        identity::Entity::delete_by_id(user_id).exec(tx.db()).await.unwrap();
        identity::Entity::insert(row).exec_without_returning(tx.db()).await.unwrap();
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn cancel_against_cancel_against_the_missed_promise_refunds_once() {
    let app = TestApp::new().await;
    let (sam, bea, listing) = trade(&app).await;
    let id = bea.buys(&listing).await;
    assert_eq!(order::timers::run_out(app.env(), System::new()).await.unwrap(), 0, "nothing early");
    app.advance(DAY);
    let (sam, bea) = (app.sign_in(&sam.name).await, app.sign_in(&bea.name).await);
    let (by_buyer, by_seller, by_timer) =
        tokio::join!(bea.cancels(&id), sam.cancels(&id), order::timers::run_out(app.env(), System::new()));
    assert_eq!((code(&by_buyer), code(&by_seller), by_timer.is_ok()), ("ok", "ok", true));
    assert_eq!(by_buyer["order"]["cancelledBy"], by_seller["order"]["cancelledBy"]);
    assert_eq!(bea.holds(AccountKey::available).await, "50.00");
    assert_eq!(code(&sam.delivers(&id, "late").await), "WRONG_STATE");
    app.close().await;
}

#[tokio::test]
async fn of_cancel_and_deliver_at_once_one_wins() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("100.00").await;
    for _ in 0..5 {
        let id = bea.buys(&sam.sells("20.00").await).await;
        let (cancelled, delivered) = tokio::join!(bea.cancels(&id), sam.delivers(&id, "word"));
        let done = (code(&cancelled), code(&delivered));
        assert!(
            [("ok", "WRONG_STATE"), ("WRONG_STATE", "ok")].contains(&done),
            "{cancelled} {delivered}"
        );
        let held = if done.0 == "ok" { "0.00" } else { "20.00" };
        assert_eq!(app.escrow(&id).await, held);
        let read = bea.reveals(&id, None).await["data"]["orderReveal"]["credentials"].is_object();
        assert_eq!(read, done.1 == "ok", "what was never handed over cannot be read");
    }
    app.close().await;
}

#[tokio::test]
async fn a_silent_buyer_s_order_completes_by_the_timer_against_his_own_confirm() {
    let app = TestApp::new().await;
    let (sam, bea, listing) = trade(&app).await;
    let id = bea.buys(&listing).await;
    sam.delivers(&id, "word").await;
    assert_eq!(code(&bea.cancels(&id).await), "WRONG_STATE", "delivered is delivered");
    app.advance(HOUR * 72);
    let (sam, bea) = (app.sign_in(&sam.name).await, app.sign_in(&bea.name).await);
    let (confirmed, by_timer) = tokio::join!(bea.confirms(&id), order::timers::run_out(app.env(), System::new()));
    assert_eq!((code(&confirmed), by_timer.is_ok()), ("ok", true));
    assert_eq!(sam.holds(AccountKey::settling).await, "19.00");
    app.close().await;
}

/// Whatever comes first at the end of the wait, the seller is paid once; and nothing is given back after it.
#[tokio::test]
async fn of_confirm_return_and_timer_at_the_deadline_one_wins_and_pays_once() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("100.00").await;
    let seller = sam.id().await;
    // So many milliseconds before its end, the last with time for a return.
    for (round, lead) in (1..).zip([0, 0, 20, 60, 2_000]) {
        let (sam, bea) = (app.sign_in("sam").await, app.sign_in("bea").await);
        let id = bea.buys(&sam.sells("20.00").await).await;
        sam.delivers(&id, "word").await;
        app.env().clock().advance(time_left(&app, &id).await - 60_000);
        let bea = app.sign_in("bea").await;
        app.env().clock().advance(time_left(&app, &id).await - lead);
        let (confirmed, returned, ended) = tokio::join!(bea.confirms(&id), bea.asks_back(&id), keeps_looking(&app));
        assert_eq!(code(&confirmed), "ok", "{confirmed}");
        assert!(["ok", "WRONG_STATE"].contains(&code(&returned)), "{returned}");
        assert!(lead > 0 || code(&returned) == "WRONG_STATE", "what is over is over: {returned}");
        assert!(ended <= 1, "{ended}");
        let order = bea.looks_at(&id).await["data"]["order"].clone();
        assert_eq!(order["state"], "COMPLETED", "{order}");
        let times = |kind: &str| {
            order["timeline"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|step| step["kind"] == kind)
                .count()
        };
        assert_eq!(times("COMPLETED"), 1, "{order}");
        assert_eq!(times("RETURN_REQUESTED"), usize::from(code(&returned) == "ok"), "{order}");
        assert_eq!(app.escrow(&id).await, "0.00");
        let paid: i32 = 19 * round;
        assert_eq!(app.balance(AccountKey::settling(seller)).await, format!("{paid}.00"));
    }
    app.close().await;
}

/// How many milliseconds the present wait of an order still takes.
async fn time_left(app: &TestApp, id: &str) -> i64 {
    let id = id::decode(&id.into()).unwrap_or_else(|_| panic!("no order's id: {id}"));
    let order = order::store::get(app.env().db(), id).await.unwrap().unwrap();
    order.due_at.unwrap().since(app.env().now())
}

/// The timers' work for a short while; answers how many waits it ended.
async fn keeps_looking(app: &TestApp) -> u64 {
    let mut ended = 0;
    for _ in 0..6 {
        ended += order::timers::run_out(app.env(), System::new()).await.unwrap();
        tokio::time::sleep(Duration::from_millis(15)).await;
    }
    ended
}
