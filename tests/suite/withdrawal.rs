//! Money goes out: held at once, taken back or sent, never both. Abuse 8, 9 and 29; M2.

use std::time::Duration;

use entity::{
    ledger_account,
    value::{Money, UserId},
};
use futures::future::join_all;
use handover::{kernel::policy::System, standing, wallet::withdrawal};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    TestApp,
    wallet::{approves, refusal},
};

const HOUR: u64 = 60 * 60;

async fn send(app: &TestApp) -> u64 {
    withdrawal::send(app.env(), System::new()).await.unwrap()
}

async fn clearing(app: &TestApp, user: UserId) -> Vec<(String, Money)> {
    let rows = ledger_account::Entity::find().all(app.env().db()).await.unwrap();
    let mut his: Vec<_> = rows
        .into_iter()
        .filter(|row| row.owner_id == user.0)
        .map(|row| (row.kind.as_str().to_owned(), row.balance))
        .collect();
    his.sort();
    his
}

fn pair(available: &str, held: &str) -> (String, String) {
    (available.to_owned(), held.to_owned())
}

#[tokio::test]
async fn a_small_one_is_held_sent_and_paid() {
    let app = TestApp::new().await;
    let (bea, account) = app.cashier("bea", "100.00").await;
    let id = bea.withdraws("40.00", &account).await;
    assert_eq!(bea.withdrawal(&id).await["state"], "APPROVED");
    assert_eq!(bea.money().await, pair("60.00", "40.00"));
    assert_eq!(bea.wallet().await["openWithdrawals"][0]["id"], id);
    assert_eq!(send(&app).await, 1);
    let paid = bea.withdrawal_becomes(&id, "PAID").await;
    assert!(paid["sentAt"].is_string() && paid["endedAt"].is_string(), "{paid}");
    assert_eq!(bea.money().await, pair("60.00", "0.00"));
    assert_eq!(send(&app).await, 0);
    assert_eq!(
        clearing(&app, bea.id().await).await,
        [("AVAILABLE".to_owned(), Money(6_000)), ("WITHDRAWAL_HOLD".to_owned(), Money(0))]
    );
    app.close().await;
}

/// Abuse 8.
#[tokio::test]
async fn two_and_twenty_that_race_take_out_at_most_the_balance() {
    let app = TestApp::new().await;
    let (bea, account) = app.cashier("bea", "50.00").await;
    let ask = |amount: &'static str| bea.withdraws_by(amount, &account, Uuid::new_v4());
    let (one, other) = tokio::join!(ask("30.00"), ask("30.00"));
    let codes = [refusal(&one), refusal(&other)];
    assert!(codes.contains(&"none") && codes.contains(&"INSUFFICIENT_FUNDS"), "{codes:?}");
    assert_eq!(bea.money().await, pair("20.00", "30.00"));
    let many = join_all((0..20).map(|_| ask("10.00"))).await;
    let done = many.iter().filter(|one| refusal(one) == "none").count();
    assert_eq!(done, 2, "{many:?}");
    assert_eq!(bea.money().await, pair("0.00", "50.00"));
    app.close().await;
}

#[tokio::test]
async fn one_key_withdraws_once_and_an_id_of_nothing_is_not_found() {
    let app = TestApp::new().await;
    let (bea, account) = app.cashier("bea", "100.00").await;
    let key = Uuid::new_v4();
    let made = join_all((0..20).map(|_| bea.withdraws_by("20.00", &account, key))).await;
    let id = made[0]["withdrawal"]["id"].clone();
    assert!(id.is_string() && made.iter().all(|one| one["withdrawal"]["id"] == id), "{made:?}");
    assert_eq!(refusal(&bea.withdraws_by("21.00", &account, key).await), "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(bea.money().await, pair("80.00", "20.00"));

    let key = Uuid::new_v4();
    assert_eq!(refusal(&bea.withdraws_by("80.01", &account, key).await), "INSUFFICIENT_FUNDS");
    assert_eq!(
        refusal(&bea.withdraws_by("80.00", &account, key).await),
        "none",
        "a refused call left no claim"
    );
    let (_, foreign) = app.cashier("tom", "20.00").await;
    let bea = app.sign_in("bea").await;
    for wrong in [foreign, json!("AAAA"), id] {
        let input = json!({ "amount": "10.00", "payoutAccountId": wrong, "idempotencyKey": Uuid::new_v4() });
        let answer = bea.sends(crate::support::wallet::WITHDRAW, json!({ "input": input })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "NOT_FOUND", "{answer}");
    }
    app.close().await;
}

#[tokio::test]
async fn it_is_taken_back_once_whatever_is_pressed_how_often() {
    let app = TestApp::new().await;
    let (bea, account) = app.cashier("bea", "100.00").await;
    let id = bea.withdraws("40.00", &account).await;
    let key = Uuid::new_v4();
    let same = join_all((0..20).map(|_| bea.takes_back(&id, key))).await;
    assert!(same.iter().all(|one| one["withdrawal"]["state"] == "TAKEN_BACK"), "{same:?}");
    let others = join_all((0..20).map(|_| bea.takes_back(&id, Uuid::new_v4()))).await;
    assert!(others.iter().all(|one| refusal(one) == "WRONG_STATE"), "{others:?}");
    assert_eq!(bea.money().await, pair("100.00", "0.00"));
    assert_eq!(send(&app).await, 0);

    let next = bea.withdraws("40.00", &account).await;
    let racing = join_all((0..20).map(|_| bea.takes_back(&next, Uuid::new_v4()))).await;
    assert_eq!(racing.iter().filter(|one| refusal(one) == "none").count(), 1, "{racing:?}");
    assert_eq!(bea.money().await, pair("100.00", "0.00"));
    app.close().await;
}

#[tokio::test]
async fn taken_back_or_sent_but_never_both() {
    let app = TestApp::new().await;
    let (bea, account) = app.cashier("bea", "100.00").await;
    let mut balance = 100;
    for _ in 0..8 {
        let id = bea.withdraws("10.00", &account).await;
        let (taken, first, second) = tokio::join!(bea.takes_back(&id, Uuid::new_v4()), send(&app), send(&app));
        let was_taken = refusal(&taken) == "none";
        assert_eq!(u64::from(!was_taken), first + second, "{taken}");
        if !was_taken {
            assert_eq!(refusal(&taken), "WRONG_STATE");
            bea.withdrawal_becomes(&id, "PAID").await;
            balance -= 10;
        }
        assert_eq!(bea.money().await, (format!("{balance}.00"), "0.00".to_owned()));
    }
    app.close().await;
}

#[tokio::test]
async fn five_under_way_and_fifty_thousand_a_day_are_the_limits() {
    let app = TestApp::new().await;
    let bea = app
        .verified("bea")
        .await
        .with_balance("50000.00")
        .await
        .with_balance("10000.00")
        .await;
    let account = bea.adds_account("6222 0202 0011 2345").await;
    for wrong in ["9.99", "50000.01", "0"] {
        let refused = bea.withdraws_by(wrong, &account, Uuid::new_v4()).await;
        assert_eq!(
            (refusal(&refused), &refused["userErrors"][0]["field"]),
            ("INVALID_INPUT", &json!(["amount"]))
        );
    }
    let racing = join_all((0..12).map(|_| bea.withdraws_by("10.00", &account, Uuid::new_v4()))).await;
    assert_eq!(racing.iter().filter(|one| refusal(one) == "none").count(), 5, "{racing:?}");
    assert_eq!(refusal(&bea.withdraws_by("10.00", &account, Uuid::new_v4()).await), "LIMIT_REACHED");
    for one in racing.iter().filter(|one| refusal(one) == "none") {
        bea.takes_back(&one["withdrawal"]["id"], Uuid::new_v4()).await;
    }
    // What was given back does not count.
    let large = bea.withdraws("49990.00", &account).await;
    let refused = bea.withdraws_by("10.01", &account, Uuid::new_v4()).await;
    assert_eq!(refusal(&refused), "LIMIT_REACHED");
    assert!(
        refused["userErrors"][0]["message"].as_str().unwrap().contains("10.00 is left"),
        "{refused}"
    );
    bea.withdraws("10.00", &account).await;
    bea.takes_back(&large, Uuid::new_v4()).await;
    bea.withdraws("49990.00", &account).await;
    app.advance(Duration::from_secs(24 * HOUR));
    let bea = app.sign_in("bea").await;
    bea.withdraws("10000.00", &account).await;
    app.close().await;
}

/// Abuse 29.
#[tokio::test]
async fn a_new_account_makes_them_wait_a_day_and_fresh_money_is_flagged() {
    let app = TestApp::new().await;
    let (ada, bea) = (app.admin("ada").await, app.verified("bea").await.with_balance("9000.00").await);
    let account = bea.adds_account("6222020200112345").await;
    assert!(bea.wallet().await["withdrawalsWaitUntilAt"].is_string());
    let (small, large) = (bea.withdraws("50.00", &account).await, bea.withdraws("6000.00", &account).await);
    assert_eq!(send(&app).await, 0);
    let queue = ada
        .sends(
            "query Q { withdrawalQueue { nodes { quickTurn needsTwo owner { nickname } withdrawal { id } } } }",
            json!({}),
        )
        .await;
    assert_eq!(
        queue["data"]["withdrawalQueue"]["nodes"],
        json!([{ "quickTurn": true, "needsTwo": false, "owner": { "nickname": "bea" }, "withdrawal": { "id": large } }])
    );
    let approved = approves(&ada, &large, Uuid::new_v4()).await;
    assert_eq!(approved["review"]["withdrawal"]["state"], "APPROVED", "{approved}");
    assert_eq!(send(&app).await, 0, "an approval does not shorten the owner's wait");
    app.advance(Duration::from_secs(24 * HOUR));
    assert_eq!(send(&app).await, 2);
    let bea = app.sign_in("bea").await;
    for id in [small, large] {
        bea.withdrawal_becomes(&id, "PAID").await;
    }
    assert_eq!(bea.wallet().await["withdrawalsWaitUntilAt"], Value::Null);
    app.close().await;
}

/// Abuse 29: money is fresh from when it came in, however long before it was asked for.
#[tokio::test]
async fn money_that_was_asked_for_yesterday_and_paid_in_today_is_fresh() {
    let app = TestApp::new().await;
    app.admin("ada").await;
    let bea = app.verified("bea").await;
    let account = bea.adds_account("6222020200112345").await;
    let deposit = bea.asks_to_pay_in("9000.00").await;
    app.advance(Duration::from_secs(25 * HOUR));
    let bea = app.sign_in("bea").await;
    assert_eq!(bea.presses(&deposit, "pay").await.status(), 303);
    bea.deposit_becomes(&deposit["id"], "CREDITED").await;
    bea.withdraws("6000.00", &account).await;
    let ada = app.sign_in("ada").await;
    let queue = ada.sends("query Q { withdrawalQueue { nodes { quickTurn } } }", json!({})).await;
    assert_eq!(queue["data"]["withdrawalQueue"]["nodes"], json!([{ "quickTurn": true }]));
    app.close().await;
}

#[tokio::test]
async fn a_change_that_a_thief_would_make_stops_what_was_asked_for_before() {
    let app = TestApp::new().await;
    let (bea, account) = app.cashier("bea", "100.00").await;
    let id = bea.withdraws("40.00", &account).await;
    let tx = app.env().begin().await.unwrap();
    let until = tx.now().plus_hours(24);
    standing::hold_withdrawals(&tx, bea.id().await, until).await.unwrap();
    standing::hold_withdrawals(&tx, bea.id().await, until.plus_hours(-5)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(send(&app).await, 0);
    assert_eq!(bea.withdrawal(&id).await["state"], "APPROVED");
    app.advance(Duration::from_secs(23 * HOUR));
    assert_eq!(send(&app).await, 0, "a shorter wait does not end a longer one");
    app.advance(Duration::from_secs(HOUR));
    assert_eq!(send(&app).await, 1);
    app.close().await;
}
