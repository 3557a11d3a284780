//! Claims and the rest of what a seller has: other claims, his debts, his other orders, his record, and everything at once.

use handover::{dispute, kernel::policy::System, order};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Person, TestApp, cases::in_hold, wallet::refusal};

async fn trade(app: &TestApp) -> (Person<'_>, Person<'_>, Person<'_>, String) {
    let (sam, bea, ada) = (app.verified("sam").await, app.verified("bea").await, app.admin("ada").await);
    bea.has("100.00").await;
    let order = app.sold(&sam, &bea, "20.00").await;
    (sam, bea, ada, order)
}

/// Two claims are upheld: the second finds what the first has left, and no more.
#[tokio::test]
async fn two_claims_share_one_wallet_in_the_order_of_their_rulings() {
    let app = TestApp::new().await;
    let (sam, bea, ada, first) = trade(&app).await;
    let tom = app.verified("tom").await;
    tom.has("50.00").await;
    let second = app.sold(&sam, &tom, "30.00").await;
    assert_eq!(sam.purse().await.1, "47.50");
    let (one, other) = (bea.claims(&first).await, tom.claims(&second).await);
    for case in [&one, &other] {
        sam.answers(case).await;
        ada.takes(case).await;
    }
    assert_eq!(refusal(&ada.upholds(&one).await), "none");
    assert!(sam.frozen().await["frozenSinceAt"].is_string(), "for the other");
    assert_eq!(sam.purse().await.1, "27.50");
    assert_eq!(refusal(&ada.upholds(&other).await), "none");
    assert_eq!((bea.purse().await.0.as_str(), tom.purse().await.0.as_str()), ("100.00", "47.50"));
    assert_eq!(
        (sam.purse().await.1.as_str(), tom.left("CREDITOR").await),
        ("0.00", vec!["2.50".to_owned()])
    );
    assert_eq!(sam.frozen().await["frozenSinceAt"], Value::Null);
    app.close().await;
}

/// The seller's undelivered orders are cancelled, and what he has in escrow as a buyer comes back to him and is taken.
#[tokio::test]
async fn what_is_undone_by_a_ruling_comes_back_before_it_is_taken() {
    let app = TestApp::new().await;
    let (sam, bea, ada, order) = trade(&app).await;
    let tom = app.verified("tom").await;
    tom.has("100.00").await;
    app.hours_later(8 * 24);
    order::timers::settle(app.env(), System::new()).await.unwrap();
    let (sam, bea, ada, tom) = (
        app.sign_in(&sam.name).await,
        app.sign_in(&bea.name).await,
        app.sign_in(&ada.name).await,
        app.sign_in(&tom.name).await,
    );
    // His 19.00 wait in the escrow of what he bought; Tom's 40.00 in that of what he sold.
    sam.has("1.00").await;
    let bought = sam.buys(&tom.sells("20.00").await).await;
    let sold = tom.buys(&sam.sells("40.00").await).await;
    assert_eq!(sam.purse().await, ("0.00".to_owned(), "0.00".to_owned()));
    let case = bea.claims(&order).await;
    sam.answers(&case).await;
    ada.takes(&case).await;
    let preview = ada.previews(&case, None).await;
    assert_eq!(
        (&preview["toBuyer"]["amount"], &preview["cancelledOrders"]),
        (&json!("20.00"), &json!(2)),
        "{preview}"
    );
    assert_eq!(refusal(&ada.upholds(&case).await), "none");
    assert_eq!((bea.purse().await.0.as_str(), tom.purse().await.0.as_str()), ("100.00", "100.00"));
    for id in [&bought, &sold] {
        let seen = tom.looks_at(id).await;
        assert_eq!(seen["data"]["order"]["cancelledBy"], "BLACKLIST", "{seen}");
    }
    app.close().await;
}

/// Set-off goes on while a freeze or a hold stands: what is held is the claim's, what comes in is the creditors'.
#[tokio::test]
async fn a_hold_is_not_touched_by_debts_and_pays_them_when_it_goes_back() {
    let app = TestApp::new().await;
    let (sam, bea, ada, order) = trade(&app).await;
    let tom = app.verified("tom").await;
    let case = bea.claims(&order).await;
    ada.takes(&case).await;
    ada.narrows(&case).await;
    app.owes(&sam, Some(&tom), "15.00").await;
    sam.has("5.00").await;
    assert_eq!(
        (tom.purse().await.0.as_str(), sam.left("DEBTOR").await),
        ("5.00", vec!["10.00".to_owned()])
    );
    bea.withdraws_claim(&case).await;
    assert_eq!((tom.purse().await.0.as_str(), sam.purse().await.1.as_str()), ("15.00", "9.00"));
    assert_eq!(sam.left("DEBTOR").await, ["0.00"]);
    app.close().await;
}

/// A claim that ends and timers that end it, at once: each thing moves once.
#[tokio::test]
async fn a_ruling_the_timers_and_the_buyer_race_and_the_money_moves_once() {
    let app = TestApp::new().await;
    let (sam, bea, ada, _) = trade(&app).await;
    bea.has("200.00").await;
    for round in 0..6 {
        let (sam, bea, ada) = (
            app.sign_in(&sam.name).await,
            app.sign_in(&bea.name).await,
            app.sign_in(&ada.name).await,
        );
        let order = app.sold(&sam, &bea, "20.00").await;
        let case = bea.claims(&order).await;
        sam.answers(&case).await;
        app.hours_later(72);
        let (bea, ada) = (app.sign_in(&bea.name).await, app.sign_in(&ada.name).await);
        ada.takes(&case).await;
        let (rejected, withdrawn, moved, again) = tokio::join!(
            ada.turns_down(&case),
            bea.withdraws_claim(&case),
            dispute::recovery::timers::run_out(app.env(), System::new()),
            dispute::recovery::timers::run_out(app.env(), System::new()),
        );
        assert!(moved.unwrap() + again.unwrap() <= 1);
        let ends = [&rejected, &withdrawn].iter().filter(|end| refusal(end) == "none").count();
        assert_eq!(ends, 1, "round {round}: {rejected} {withdrawn}");
        assert_eq!(in_hold(&app, &case).await, "0.00");
        let sam = app.sign_in(&sam.name).await;
        assert_eq!(sam.frozen().await["frozenSinceAt"], Value::Null, "round {round}");
    }
    app.close().await;
}

/// The credentials stay readable for the case, and go with it.
#[tokio::test]
async fn the_key_of_the_credentials_outlives_the_warranty_while_a_claim_is_open() {
    let app = TestApp::new().await;
    let (_, bea, _, order) = trade(&app).await;
    drop(bea);
    app.hours_later(29 * 24);
    let case = app.sign_in("bea").await.claims(&order).await;
    app.hours_later(10 * 24);
    assert_eq!(order::keys::destroy_due(app.env(), System::new()).await.unwrap(), 0);
    let bea = app.sign_in("bea").await;
    bea.withdraws_claim(&case).await;
    assert_eq!(
        refusal(&bea.claims_by(&order, Uuid::new_v4()).await),
        "WRONG_STATE",
        "the warranty is over"
    );
    assert_eq!(order::keys::destroy_due(app.env(), System::new()).await.unwrap(), 1);
    app.close().await;
}

#[tokio::test]
async fn a_recovered_order_does_not_count_for_its_seller() {
    let app = TestApp::new().await;
    let (sam, bea, ada, order) = trade(&app).await;
    let record = async || {
        let sellers = [sam.id().await];
        let records = order::record::of_sellers(app.env(), &sellers).await.unwrap();
        records[&sellers[0]].completed
    };
    assert_eq!(record().await, 1);
    let case = bea.claims(&order).await;
    ada.takes(&case).await;
    sam.answers(&case).await;
    ada.upholds(&case).await;
    assert_eq!(record().await, 0);
    app.close().await;
}
