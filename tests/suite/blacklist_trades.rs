//! What a blacklisting does to the trades of whoever it hits: all of it in the deciding transaction, and everybody concerned is told.

use entity::{kinds::ListingState, listing, listing_term, value::ListingId};
use handover::{
    app::Act,
    blacklist,
    graphql::id,
    kernel::{Tx, policy::System},
    order::timers,
    wallet::ledger::AccountKey,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    returns::{listing_of, state_of},
    support::{
        Person, TestApp,
        orders::{code, delivered},
    },
};

const HOUR: std::time::Duration = std::time::Duration::from_secs(3_600);

/// Blacklists somebody in a transaction that has not ended yet.
async fn about_to_ban(app: &TestApp, person: &Person<'_>) -> Tx {
    let tx = app.env().begin().await.unwrap();
    assert!(
        blacklist::enact(&tx, Uuid::nil(), person.id().await, "For the test", None)
            .await
            .unwrap()
    );
    tx
}

/// The decision ends when others wait for it by now.
async fn soon(tx: Tx) {
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_blacklisted_seller_is_out_of_his_trades_before_anybody_can_look() {
    let app = TestApp::new().await;
    let (sam, bea, looked_at) = delivered(&app).await;
    bea.has("100.00").await;
    bea.reveals(&looked_at, None).await;
    let unseen = bea.buys(&sam.sells("20.00").await).await;
    sam.delivers(&unseen, "word").await;
    let paid = bea.buys(&sam.sells("20.00").await).await;
    let agreed = sam.agrees_to(&bea.offers(&sam.sells("20.00").await, "15.00").await).await;
    let offer = bea.offers(&sam.sells("20.00").await, "15.00").await;
    let due = bea.looks_at(&looked_at).await["data"]["order"]["dueAt"].as_str().unwrap()[..16].replace('T', " ");
    app.operates(&sam.name, Act::Blacklist("Sold what was not his".into())).await;
    // Nothing was relayed: it is all done in the transaction that decides.
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
    app.relayed().await;
    let goes_on = bea.notice_words("SELLER_BANNED").await;
    assert_eq!(goes_on.len(), 1, "{goes_on:?}");
    assert!(
        goes_on[0].contains("Your order goes on") && goes_on[0].contains(&due),
        "{goes_on:?}"
    );
    let ended = [bea.notice_words("ORDER_CANCELLED").await, bea.notice_words("ORDER_UNPAID").await].concat();
    assert_eq!(ended.len(), 3, "{ended:?}");
    assert!(ended.iter().all(|text| text.contains("may not trade any more")), "{ended:?}");
    let his = sam.notice_words("BLACKLISTED").await;
    assert!(
        his[0].contains("Sold what was not his") && his[0].contains("appeals@localhost"),
        "{his:?}"
    );
    let mails = app.mails("bea@example.com");
    assert!(mails.iter().all(|mail| !mail.contains("sam")), "no name in a mail: {mails:?}");
    app.close().await;
}

#[tokio::test]
async fn the_order_of_a_blacklisted_buyer_is_confirmed_by_the_timer_if_he_had_looked() {
    let app = TestApp::new().await;
    let (sam, bea, looked_at) = delivered(&app).await;
    bea.has("100.00").await;
    bea.reveals(&looked_at, None).await;
    let unseen = bea.buys(&sam.sells("20.00").await).await;
    sam.delivers(&unseen, "word").await;
    let returning = bea.buys(&sam.sells("20.00").await).await;
    sam.delivers(&returning, "word").await;
    bea.reveals(&returning, None).await;
    bea.asks_back(&returning).await;
    app.operates(&bea.name, Act::Blacklist("Threats".into())).await;
    app.relayed().await;
    assert_eq!(state_of(&sam, &unseen).await, "CANCELLED");
    assert_eq!(
        listing_of(&app, &unseen).await.state,
        ListingState::OnSale,
        "the seller has done nothing wrong"
    );
    let told = sam.notice_words("BUYER_BANNED").await;
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().any(|text| text.contains("completes by itself at")), "{told:?}");
    assert!(told.iter().any(|text| text.contains("the request for a return lapses")), "{told:?}");
    for _ in 0..2 {
        app.advance(HOUR * 96);
        timers::run_out(app.env(), System::new()).await.unwrap();
    }
    let sam = app.sign_in("sam").await;
    for order in [&looked_at, &returning] {
        assert_eq!(state_of(&sam, order).await, "COMPLETED");
    }
    assert_eq!(sam.holds(AccountKey::settling).await, "38.00");
    app.close().await;
}

/// A return that was asked for before the first look: the money goes back at once, since nothing of it was looked at.
async fn a_return_of_what_nobody_looked_at(seller_goes: bool) {
    let app = TestApp::new().await;
    let (sam, bea, order) = delivered(&app).await;
    assert_eq!(bea.asks_back(&order).await["order"]["state"], "RETURN_REQUESTED");
    let (goes, stays) = if seller_goes { (&sam, &bea) } else { (&bea, &sam) };
    app.operates(&goes.name, Act::Blacklist("For the test".into())).await;
    assert_eq!(state_of(stays, &order).await, "CANCELLED");
    assert_eq!(
        (app.escrow(&order).await.as_str(), bea.holds(AccountKey::available).await.as_str()),
        ("0.00", "50.00")
    );
    let left = if seller_goes {
        ListingState::OffShelf
    } else {
        ListingState::OnSale
    };
    assert_eq!(listing_of(&app, &order).await.state, left);
    app.relayed().await;
    let told = stays.notice_words("ORDER_CANCELLED").await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("may not trade any more"), "{told:?}");
    let kinds = stays.notice_kinds().await;
    assert!(
        !kinds.iter().any(|kind| ["SELLER_BANNED", "BUYER_BANNED"].contains(&kind.as_str())),
        "nothing goes on: {kinds:?}"
    );
    app.advance(HOUR * 96);
    assert_eq!(timers::run_out(app.env(), System::new()).await.unwrap(), 0);
    let stays = app.sign_in(&stays.name).await;
    assert_eq!(state_of(&stays, &order).await, "CANCELLED");
    assert_eq!(entity::strike::Entity::find().all(app.env().db()).await.unwrap(), []);
    app.close().await;
}

#[tokio::test]
async fn a_seller_blacklisted_before_the_first_look_at_what_is_to_come_back_refunds_it() {
    a_return_of_what_nobody_looked_at(true).await;
}

#[tokio::test]
async fn a_buyer_blacklisted_before_his_first_look_at_what_he_gives_back_is_refunded() {
    a_return_of_what_nobody_looked_at(false).await;
}

/// Where a listing stands, in which version, and how many words find it.
async fn stands(app: &TestApp, id: &Value) -> (ListingState, i64, u64) {
    let id: ListingId = id::decode(&id.as_str().unwrap().into()).unwrap_or_else(|_| panic!("no listing's id: {id}"));
    let row = listing::Entity::find_by_id(id).one(app.env().db()).await.unwrap().unwrap();
    let words = listing_term::Entity::find().filter(listing_term::Column::ListingId.eq(id));
    (row.state, row.version, words.count(app.env().db()).await.unwrap())
}

#[tokio::test]
async fn what_was_under_review_when_its_seller_was_blacklisted_is_a_draft_and_what_was_on_sale_is_found_no_more() {
    let app = TestApp::new().await;
    let (sam, ada) = (app.verified("sam").await, app.admin("ada").await);
    let new = sam.creates(&sam.draft("20.00").await).await["listing"]["id"].clone();
    let (changed, on_sale) = (sam.sells("20.00").await.id(), sam.sells("20.00").await.id());
    let change = sam.changes(&changed, 1, json!({ "title": "Level 61, all heroes" })).await;
    assert_eq!(change["listing"]["state"], "IN_REVIEW", "{change}");
    assert!(stands(&app, &on_sale).await.2 > 0);
    assert_eq!(code(&ada.blacklists(&sam, "Fraud").await), "ok");
    assert_eq!(stands(&app, &new).await, (ListingState::Draft, 2, 0));
    assert_eq!(stands(&app, &changed).await, (ListingState::Draft, 3, 0));
    assert_eq!(stands(&app, &on_sale).await, (ListingState::OffShelf, 2, 0));
    assert!(app.finds(json!({ "words": "heroes" }), "NEWEST").await.is_empty());
    assert_eq!(code(&ada.reinstates(&sam, "Not he").await), "ok");
    let sam = app.sign_in("sam").await;
    for (id, version) in [(&new, 2), (&changed, 3)] {
        let put_on = sam.lists("listingPutOn", json!({ "id": id })).await;
        assert_eq!(code(&put_on), "WRONG_STATE", "nobody has approved what it says: {put_on}");
        assert_ne!(
            code(&ada.approves_version(id, version).await),
            "ok",
            "nor does anybody before it is sent"
        );
        let sent = sam.lists_well("listingSubmit", json!({ "id": id, "seenVersion": version })).await;
        assert_eq!(sent["state"], "IN_REVIEW");
        assert_eq!(ada.approves_version(id, version).await["listing"]["state"], "ON_SALE");
    }
    assert_eq!(sam.lists_well("listingPutOn", json!({ "id": on_sale })).await["state"], "ON_SALE");
    assert!(stands(&app, &on_sale).await.2 > 0, "found again");
    app.close().await;
}

/// Neither decision sees the other: the buyer's gives the listing back to the market while the seller's waits for it.
#[tokio::test]
async fn both_parties_who_are_blacklisted_at_once_leave_nothing_on_sale() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("50.00").await;
    let order = bea.buys(&sam.sells("20.00").await).await;
    let tx = about_to_ban(&app, &bea).await;
    tokio::join!(app.operates(&sam.name, Act::Blacklist("For the test".into())), soon(tx));
    assert_eq!(listing_of(&app, &order).await.state, ListingState::OffShelf);
    assert_eq!(bea.holds(AccountKey::available).await, "50.00");
    app.close().await;
}

#[tokio::test]
async fn abuse_27_whoever_buys_while_a_party_is_blacklisted_waits_and_is_refused() {
    let app = TestApp::new().await;
    let (sam, bea, cid) = (app.verified("sam").await, app.verified("bea").await, app.verified("cid").await);
    for buyer in [&bea, &cid] {
        buyer.has("50.00").await;
    }
    let (of_sam, of_cid) = (sam.sells("20.00").await, cid.sells("20.00").await);
    let tx = about_to_ban(&app, &sam).await;
    let (key, other) = (Uuid::new_v4(), Uuid::new_v4());
    let buying = bea.asks_for(&of_sam, key);
    let (bought, ()) = tokio::join!(buying, soon(tx));
    // Off the market by now: to whoever had not yet looked there is none, to whoever had it is gone.
    assert!(["NOT_FOUND", "LISTING_NOT_AVAILABLE"].contains(&code(&bought)), "{bought}");
    let tx = about_to_ban(&app, &bea).await;
    let buying = bea.asks_for(&of_cid, other);
    let (bought, ()) = tokio::join!(buying, soon(tx));
    assert_ne!(code(&bought), "ok", "{bought}");
    assert_eq!(bea.holds(AccountKey::available).await, "50.00");
    app.close().await;
}

#[tokio::test]
async fn abuse_27_a_delivery_during_a_blacklisting_leaves_no_money_stuck() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("50.00").await;
    let order = bea.buys(&sam.sells("20.00").await).await;
    let tx = about_to_ban(&app, &sam).await;
    let (delivered, ()) = tokio::join!(sam.delivers(&order, "word"), soon(tx));
    assert_ne!(code(&delivered), "ok", "{delivered}");
    assert_eq!(state_of(&bea, &order).await, "CANCELLED");
    assert_eq!(bea.holds(AccountKey::available).await, "50.00");
    app.close().await;
}

/// Whatever comes first, the other finds it done: either there was no order, or it was cancelled and refunded.
#[tokio::test]
async fn abuse_27_buying_delivering_and_blacklisting_at_once_end_with_nobody_s_money_held() {
    let app = TestApp::new().await;
    for round in 0..6 {
        let (seller, buyer) = (format!("seller{round}"), format!("buyer{round}"));
        let (sam, bea) = (app.verified(&seller).await, app.verified(&buyer).await);
        bea.has("50.00").await;
        let paid = bea.buys(&sam.sells("20.00").await).await;
        let fresh = sam.sells("20.00").await;
        let banned = if round % 2 == 0 { &seller } else { &buyer };
        tokio::join!(
            app.operates(banned, Act::Blacklist("For the test".into())),
            bea.asks_for(&fresh, Uuid::new_v4()),
            sam.delivers(&paid, "word"),
        );
        assert_eq!(bea.holds(AccountKey::available).await, "50.00", "round {round}");
        assert_eq!(app.escrow(&paid).await, "0.00");
    }
    app.close().await;
}

/// Two sellers with the same two buyers leave at once: their refunds meet in the same wallets and do not wait for each other in a circle.
#[tokio::test]
async fn two_who_leave_at_once_refund_the_same_buyers() {
    let app = TestApp::new().await;
    let (sam, tom) = (app.verified("sam").await, app.verified("tom").await);
    let (bea, cid) = (app.verified("bea").await, app.verified("cid").await);
    for buyer in [&bea, &cid] {
        buyer.has("200.00").await;
    }
    for (first, second) in [(&bea, &cid), (&cid, &bea), (&bea, &cid)] {
        first.buys(&sam.sells("20.00").await).await;
        second.buys(&tom.sells("20.00").await).await;
        second.buys(&sam.sells("20.00").await).await;
        first.buys(&tom.sells("20.00").await).await;
    }
    tokio::join!(
        app.operates("sam", Act::Blacklist("For the test".into())),
        app.operates("tom", Act::Blacklist("For the test".into())),
    );
    for buyer in [&bea, &cid] {
        assert_eq!(buyer.holds(AccountKey::available).await, "200.00");
    }
    app.close().await;
}
