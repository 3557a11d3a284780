//! Offers: made, answered, accepted, paid, and how they end by themselves.

use std::time::Duration;

use entity::{kinds::StrikeKind, listing, strike};
use futures::future::join_all;
use handover::{graphql::id, kernel::policy::System, order, wallet::ledger::AccountKey};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Offered, Person, TestApp, orders::code};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A seller with a listing at 20.00, and a buyer with 50.00.
async fn trade(app: &TestApp) -> (Person<'_>, Person<'_>, Offered) {
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("50.00").await;
    let listing = sam.sells("20.00").await;
    (sam, bea, listing)
}

async fn ended(app: &TestApp) -> u64 {
    order::offer::run_out(app.env(), System::new()).await.unwrap()
}

async fn waits_over(app: &TestApp) -> u64 {
    order::timers::run_out(app.env(), System::new()).await.unwrap()
}

#[tokio::test]
async fn an_offer_is_countered_accepted_paid_and_traded() {
    let app = TestApp::new().await;
    let (sam, bea, listing) = trade(&app).await;
    let offer = bea.offers(&listing, "15.00").await;
    let countered = sam.counters(&offer, "18.00").await;
    assert_eq!(
        (&countered["offer"]["state"], &countered["offer"]["waitsFor"]),
        (&json!("COUNTERED"), &json!("BUYER")),
        "{countered}"
    );
    assert_eq!(code(&sam.accepts(&offer).await), "WRONG_STATE", "the seller waits for the buyer");
    let order = bea.agrees_to(&offer).await;
    let seen = bea.looks_at(&order).await["data"]["order"].clone();
    assert_eq!(
        (&seen["state"], &seen["price"]["amount"], &seen["waitsFor"]),
        (&json!("AWAITING_PAYMENT"), &json!("18.00"), &json!("BUYER"))
    );
    assert_eq!(bea.holds(AccountKey::available).await, "50.00", "offers hold no money");
    assert_eq!(
        code(&sam.delivers(&order, "early").await),
        "WRONG_STATE",
        "nothing is handed over unpaid"
    );
    let key = Uuid::new_v4();
    let paid = join_all((0..5).map(|_| bea.pays_with(&order, key))).await;
    assert!(paid.iter().all(|paid| paid["order"]["state"] == "PAID"), "{paid:?}");
    assert_eq!(
        (app.escrow(&order).await.as_str(), bea.holds(AccountKey::available).await.as_str()),
        ("18.00", "32.00")
    );
    sam.delivers(&order, "word").await;
    bea.confirms(&order).await;
    assert_eq!(sam.holds(AccountKey::settling).await, "17.10", "the fee is of what was agreed on");
    app.relayed().await;
    let (his, hers) = (sam.notice_kinds().await, bea.notice_kinds().await);
    for kind in ["OFFER_RECEIVED", "OFFER_COUNTER_ACCEPTED", "ORDER_PAID"] {
        assert!(his.iter().any(|his| his == kind), "{his:?}");
    }
    assert!(hers.iter().any(|hers| hers == "OFFER_COUNTERED"), "{hers:?}");
    app.close().await;
}

#[tokio::test]
async fn an_offer_accepted_twice_or_after_its_end_opens_one_order_at_most() {
    let app = TestApp::new().await;
    let (sam, bea, listing) = trade(&app).await;
    let offer = bea.offers(&listing, "15.00").await;
    let accepted = join_all((0..8).map(|_| sam.accepts(&offer))).await;
    let orders: Vec<&Value> = accepted.iter().map(|accepted| &accepted["offer"]["order"]["id"]).collect();
    assert!(orders.iter().all(|order| order.is_string() && *order == orders[0]), "{accepted:?}");
    let withdrawn = sam.sells("20.00").await;
    let second = bea.offers(&withdrawn, "15.00").await;
    let (one, other) = tokio::join!(bea.deals("offerWithdraw", json!({ "id": second })), sam.accepts(&second));
    let done = (code(&one), code(&other));
    assert!([("ok", "WRONG_STATE"), ("WRONG_STATE", "ok")].contains(&done), "{one} {other}");
    let late = sam.sells("20.00").await;
    let third = bea.offers(&late, "15.00").await;
    app.advance(DAY);
    assert!(ended(&app).await >= 1);
    assert_eq!(ended(&app).await, 0, "each once");
    let sam = app.sign_in("sam").await;
    assert_eq!(code(&sam.accepts(&third).await), "WRONG_STATE", "expired is expired");
    app.close().await;
}

#[tokio::test]
async fn of_two_offers_for_one_listing_one_is_accepted_and_the_other_ends_when_it_is_paid() {
    let app = TestApp::new().await;
    let (sam, bea, listing) = trade(&app).await;
    let tom = app.verified("tom").await;
    let (hers, his) = (bea.offers(&listing, "15.00").await, tom.offers(&listing, "16.00").await);
    let (one, other) = tokio::join!(sam.accepts(&hers), sam.accepts(&his));
    assert_eq!(
        [code(&one), code(&other)].iter().filter(|code| **code == "ok").count(),
        1,
        "{one} {other}"
    );
    assert!([code(&one), code(&other)].contains(&"LISTING_NOT_AVAILABLE"), "{one} {other}");
    let (winner, loser, order, lost) = if code(&one) == "ok" {
        (&bea, &tom, one["offer"]["order"]["id"].as_str().unwrap(), &his)
    } else {
        (&tom, &bea, other["offer"]["order"]["id"].as_str().unwrap(), &hers)
    };
    tom.has("50.00").await;
    assert_eq!(
        loser.looks_at_offer(lost).await["data"]["offer"]["state"],
        "OPEN",
        "it stays open while reserved"
    );
    assert_eq!(code(&winner.pays(order).await), "ok");
    assert_eq!(loser.looks_at_offer(lost).await["data"]["offer"]["state"], "SOLD");
    app.relayed().await;
    assert!(loser.notice_kinds().await.contains(&"OFFER_SOLD".to_owned()));
    app.close().await;
}

#[tokio::test]
async fn an_offer_ends_with_a_notice_when_its_listing_changes_or_comes_down_to_it() {
    let app = TestApp::new().await;
    let (sam, bea, listing) = trade(&app).await;
    let other = sam.sells("20.00").await;
    let (cheaper, changed) = (bea.offers(&listing, "15.00").await, bea.offers(&other, "15.00").await);
    assert_eq!(ended(&app).await, 0);
    set(&app, &listing, listing::Column::Price, 1_500).await;
    set(&app, &other, listing::Column::Version, 2).await;
    for offer in [&cheaper, &changed] {
        assert_eq!(
            code(&sam.accepts(offer).await),
            "PRICE_CHANGED",
            "what was left behind is not accepted"
        );
    }
    let swept = join_all((0..4).map(|_| ended(&app))).await;
    assert_eq!(swept.iter().sum::<u64>(), 2, "each once on any number of replicas");
    for offer in [&cheaper, &changed] {
        assert_eq!(bea.looks_at_offer(offer).await["data"]["offer"]["state"], "OUTDATED");
    }
    app.relayed().await;
    assert_eq!(bea.notice_kinds().await.iter().filter(|kind| *kind == "OFFER_OUTDATED").count(), 2);
    app.close().await;
}

/// By what its seller and an admin do; the relay alone ends them, no timer looks.
#[tokio::test]
async fn an_offer_ends_with_a_notice_when_what_it_was_for_is_changed_cheaper_or_taken_away() {
    let app = TestApp::new().await;
    let (sam, bea, dearer) = trade(&app).await;
    let (level, below, changed, removed) = (
        sam.sells("20.00").await,
        sam.sells("20.00").await,
        sam.sells("20.00").await,
        sam.sells("20.00").await,
    );
    let mut offers = Vec::new();
    for listing in [&dearer, &level, &below, &changed, &removed] {
        offers.push(bea.offers(listing, "15.00").await);
    }
    for (listing, change) in [
        (&dearer, json!({ "price": "18.00" })),
        (&level, json!({ "price": "15.00" })),
        (&below, json!({ "price": "12.00" })),
        (&changed, json!({ "title": "Level 61, all heroes" })),
    ] {
        let done = sam.changes(&listing.id(), 1, change).await;
        assert_eq!(done["listing"]["version"], 2, "{done}");
    }
    let remove = json!({ "id": removed.id, "version": 1, "reason": "A stolen account." });
    app.reviewer().await.lists_well("listingRemove", remove).await;
    for offer in &offers {
        assert_eq!(bea.looks_at_offer(offer).await["data"]["offer"]["state"], "OPEN");
        assert_ne!(code(&sam.accepts(offer).await), "ok", "but nobody can accept it by now");
    }
    app.relayed().await;
    for offer in &offers {
        assert_eq!(bea.looks_at_offer(offer).await["data"]["offer"]["state"], "OUTDATED");
    }
    assert_eq!(bea.notice_kinds().await.iter().filter(|kind| *kind == "OFFER_OUTDATED").count(), 5);
    assert_eq!(ended(&app).await, 0, "each once");
    app.close().await;
}

/// Changes a number of a listing, as its seller might.
async fn set(app: &TestApp, offered: &Offered, column: listing::Column, value: i64) {
    let listing: entity::value::ListingId = id::decode(&offered.id.as_str().into()).unwrap_or_else(|_| panic!("no listing's id"));
    let tx = app.env().begin().await.unwrap();
    let update = listing::Entity::update_many()
        .col_expr(column, Expr::value(value))
        .filter(listing::Column::Id.eq(listing));
    update.exec(tx.db()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn offers_keep_their_limits() {
    let app = TestApp::new().await;
    let (sam, bea, listing) = trade(&app).await;
    for price in ["0.99", "20.00", "25.00"] {
        assert_eq!(
            code(&bea.asks_to_offer(&listing, price, Uuid::new_v4()).await),
            "INVALID_INPUT",
            "{price}"
        );
    }
    let newer = Offered {
        version: 2,
        ..listing.clone()
    };
    assert_eq!(code(&bea.asks_to_offer(&newer, "15.00", Uuid::new_v4()).await), "PRICE_CHANGED");
    assert_eq!(code(&sam.asks_to_offer(&listing, "15.00", Uuid::new_v4()).await), "OWN_MATTER");
    let both = join_all((0..4).map(|_| bea.asks_to_offer(&listing, "15.00", Uuid::new_v4()))).await;
    assert_eq!(
        both.iter().filter(|made| code(made) == "ok").count(),
        1,
        "one open offer a listing: {both:?}"
    );
    let offer = both.iter().find(|made| code(made) == "ok").unwrap()["offer"]["id"].clone();
    for price in ["15.00", "20.00", "14.00"] {
        assert_eq!(code(&sam.counters(&offer, price).await), "INVALID_INPUT", "{price}");
    }
    let key = Uuid::new_v4();
    let other = sam.sells("9.00").await;
    let first = bea.asks_to_offer(&other, "8.00", key).await;
    assert_eq!(bea.asks_to_offer(&other, "8.00", key).await["offer"]["id"], first["offer"]["id"]);
    assert_eq!(code(&bea.asks_to_offer(&other, "7.00", key).await), "IDEMPOTENCY_KEY_REUSED");
    let stranger = app.verified("eve").await;
    assert_eq!(code(&stranger.looks_at_offer(&offer).await), "NOT_FOUND");
    assert_eq!(code(&stranger.accepts(&offer).await), "NOT_FOUND");
    assert_eq!(
        code(&bea.deals("offerDecline", json!({ "id": offer })).await),
        "NOT_FOUND",
        "declining is the seller's"
    );
    let counts = "query C { offerCounts { madeWaitingForSeller madeWaitingForYou } madeOffers(filter: { open: true }) { nodes { id } } }";
    let counts = bea.sends(counts, json!({})).await;
    assert_eq!(
        counts["data"]["offerCounts"],
        json!({ "madeWaitingForSeller": 2, "madeWaitingForYou": 0 })
    );
    assert_eq!(counts["data"]["madeOffers"]["nodes"].as_array().unwrap().len(), 2);
    let received = sam
        .sends(
            "query R { receivedOffers(filter: { state: DECLINED }) { nodes { id } } }",
            json!({}),
        )
        .await;
    assert_eq!(received["data"]["receivedOffers"]["nodes"], json!([]));
    app.close().await;
}

#[tokio::test]
async fn a_buyer_has_two_orders_to_pay_at_most_and_loses_them_after_two_hours() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    let mut offers = Vec::new();
    for _ in 0..4 {
        offers.push(bea.offers(&sam.sells("20.00").await, "15.00").await);
    }
    let accepted = join_all(offers.iter().map(|offer| sam.accepts(offer))).await;
    assert_eq!(accepted.iter().filter(|done| code(done) == "ok").count(), 2, "{accepted:?}");
    assert_eq!(accepted.iter().filter(|done| code(done) == "LIMIT_REACHED").count(), 2);
    let unpaid = accepted.iter().find(|done| code(done) == "ok").unwrap()["offer"]["order"]["id"].clone();
    assert_eq!(waits_over(&app).await, 0, "nothing early");
    app.advance(MINUTE * 120);
    let bea = app.sign_in("bea").await;
    bea.has("50.00").await;
    assert_eq!(
        code(&bea.pays(unpaid.as_str().unwrap()).await),
        "WRONG_STATE",
        "the time is over, whoever came by"
    );
    let taken = join_all((0..4).map(|_| waits_over(&app))).await;
    assert_eq!(taken.iter().sum::<u64>(), 2, "each once");
    let order = bea.looks_at(unpaid.as_str().unwrap()).await["data"]["order"].clone();
    assert_eq!((&order["state"], &order["cancelledBy"]), (&json!("CANCELLED"), &json!("TIMER")));
    assert_eq!(strikes(&app, StrikeKind::LeftUnpaid).await, 2);
    assert_eq!(
        code(&app.sign_in("sam").await.accepts(offers.last().unwrap()).await),
        "ok",
        "there is room again"
    );
    app.close().await;
}

async fn strikes(app: &TestApp, kind: StrikeKind) -> usize {
    let found = strike::Entity::find().filter(strike::Column::Kind.eq(kind));
    found.all(app.env().db()).await.unwrap().len()
}

#[tokio::test]
async fn whoever_leaves_three_purchases_makes_no_offers_for_a_week() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    for _ in 0..2 {
        let order = sam.agrees_to(&bea.offers(&sam.sells("20.00").await, "15.00").await).await;
        assert_eq!(
            bea.cancels(&order).await["order"]["state"],
            "CANCELLED",
            "either side may cancel what is not paid"
        );
    }
    bea.has("20.00").await;
    let order = bea.buys(&sam.sells("20.00").await).await;
    bea.cancels(&order).await;
    let listing = sam.sells("20.00").await;
    let refused = bea.asks_to_offer(&listing, "15.00", Uuid::new_v4()).await;
    assert_eq!(code(&refused), "LIMIT_REACHED");
    app.relayed().await;
    assert_eq!(bea.notice_kinds().await.iter().filter(|kind| *kind == "STRIKE_GIVEN").count(), 3);
    let mine = bea
        .sends("query S { myStrikes { noOffersUntilAt strikes { kind } } }", json!({}))
        .await;
    assert_eq!(mine["data"]["myStrikes"]["strikes"].as_array().unwrap().len(), 3, "{mine}");
    assert!(mine["data"]["myStrikes"]["noOffersUntilAt"].is_string());
    app.advance(DAY * 7);
    let bea = app.sign_in("bea").await;
    assert_eq!(code(&bea.asks_to_offer(&listing, "15.00", Uuid::new_v4()).await), "ok");
    assert_eq!(bea.holds(AccountKey::available).await, "20.00");
    app.close().await;
}

#[tokio::test]
async fn a_seller_may_end_what_is_not_paid_without_a_strike_and_sells_on() {
    let app = TestApp::new().await;
    let (sam, bea, listing) = trade(&app).await;
    let order = sam.agrees_to(&bea.offers(&listing, "15.00").await).await;
    assert_eq!(sam.cancels(&order).await["order"]["cancelledBy"], "SELLER");
    assert_eq!(strike::Entity::find().all(app.env().db()).await.unwrap(), []);
    let again = bea.buys(&listing).await;
    app.advance(HOUR * 24);
    assert_eq!(waits_over(&app).await, 1);
    assert_eq!(strikes(&app, StrikeKind::PromiseMissed).await, 1);
    assert_eq!(app.escrow(&again).await, "0.00");
    app.close().await;
}

#[tokio::test]
async fn whom_the_other_blocked_makes_and_accepts_no_offers() {
    let app = TestApp::new().await;
    let (sam, bea, listing) = trade(&app).await;
    let other = sam.sells("9.00").await;
    let offer = bea.offers(&listing, "15.00").await;
    sam.counters(&offer, "18.00").await;
    let block = "mutation B($input: UserBlockInput!) { userBlock(input: $input) { userErrors { code } } }";
    let blocked = sam.sends(block, json!({ "input": { "userId": bea.public_id().await } })).await;
    assert_eq!(blocked["data"]["userBlock"]["userErrors"], json!([]), "{blocked}");
    assert_eq!(
        code(&bea.asks_to_offer(&other, "8.00", Uuid::new_v4()).await),
        "LISTING_NOT_AVAILABLE"
    );
    assert_eq!(code(&bea.accepts(&offer).await), "LISTING_NOT_AVAILABLE");
    app.close().await;
}

#[tokio::test]
async fn with_a_frozen_wallet_no_offer_is_accepted_on_either_side_and_nothing_paid() {
    let app = TestApp::new().await;
    let (sam, bea, listing) = trade(&app).await;
    let (offer, unpaid) = (
        bea.offers(&listing, "15.00").await,
        bea.offers(&sam.sells("20.00").await, "15.00").await,
    );
    let order = sam.agrees_to(&unpaid).await;
    let ada = app.admin("ada").await;
    ada.freezes(&sam, "Look into it.", Uuid::new_v4()).await;
    assert_eq!(code(&sam.accepts(&offer).await), "WALLET_FROZEN");
    assert_eq!(code(&bea.pays(&order).await), "LISTING_NOT_AVAILABLE");
    let other = app.verified("tom").await;
    let second = bea.offers(&other.sells("20.00").await, "15.00").await;
    ada.freezes(&bea, "Look into it.", Uuid::new_v4()).await;
    assert_eq!(code(&other.accepts(&second).await), "LISTING_NOT_AVAILABLE");
    assert_eq!(bea.holds(AccountKey::available).await, "50.00");
    app.close().await;
}
