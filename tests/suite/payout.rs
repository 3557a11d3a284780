//! What the bank does with a withdrawal, and what we make of it. Abuse 9; M10.

use std::time::Duration;

use entity::{kinds::AccountKind, ledger_account, value::Money};
use futures::future::join_all;
use handover::{kernel::policy::System, wallet::withdrawal};
use reqwest::StatusCode;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use crate::support::{
    Person, TestApp,
    bank::{Line, OutsideBank, SECRET},
    wallet::{bare, eventually},
};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

async fn send(app: &TestApp) -> u64 {
    withdrawal::send(app.env(), System::new()).await.unwrap()
}

async fn ask(app: &TestApp) -> u64 {
    withdrawal::ask(app.env(), System::new()).await.unwrap()
}

async fn has(person: &Person<'_>, available: &str, held: &str) {
    assert_eq!(person.money().await, (available.to_owned(), held.to_owned()));
}

/// How often each cause stands in the statement of what can be spent.
async fn causes(person: &Person<'_>) -> Vec<String> {
    let query = "query S { walletStatement(first: 100) { nodes { cause } } }";
    let answer = person.sends(query, json!({})).await;
    let lines = answer["data"]["walletStatement"]["nodes"]
        .as_array()
        .unwrap_or_else(|| panic!("{answer}"))
        .clone();
    lines.iter().map(|line| line["cause"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_payout_that_fails_or_comes_back_is_given_back_once() {
    let app = TestApp::new().await;
    let (bea, failing) = app.cashier_at("bea", "100.00", "6222020200110001").await;
    let id = bea.withdraws("40.00", &failing).await;
    assert_eq!(send(&app).await, 1);
    bea.withdrawal_becomes(&id, "FAILED").await;
    has(&bea, "100.00", "0.00").await;

    let returning = bea.adds_account("6222020200110002").await;
    app.advance(Duration::from_secs(25 * HOUR));
    let bea = app.sign_in("bea").await;
    let id = bea.withdraws("40.00", &returning).await;
    assert_eq!(send(&app).await, 1);
    bea.withdrawal_becomes(&id, "RETURNED").await;
    has(&bea, "100.00", "0.00").await;
    assert_eq!(
        causes(&bea).await,
        [
            "WITHDRAWAL_RETURNED",
            "WITHDRAWAL_HOLD",
            "WITHDRAWAL_GIVEN_BACK",
            "WITHDRAWAL_HOLD",
            "DEPOSIT"
        ]
    );
    app.close().await;
}

/// A server whose bank is silent after it took a payout, so that the webhooks of the tests are the only ones.
async fn quiet() -> TestApp {
    TestApp::with(|config| {
        config.bank.webhook_secret = Some(SECRET.into());
        config.bank.payout_delay_ms = 3_600_000;
    })
    .await
}

#[tokio::test]
async fn words_about_a_payout_may_come_twice_at_once_and_in_any_order() {
    let app = quiet().await;
    let (bea, account) = app.cashier("bea", "100.00").await;
    let mut balance = 100;
    // What comes, where the withdrawal is in the end, and what is gone for good.
    for (words, state, gone) in [
        (vec!["payout.paid", "payout.paid"], "PAID", 10),
        (vec!["payout.paid", "payout.returned", "payout.returned"], "RETURNED", 0),
        (vec!["payout.returned", "payout.paid"], "RETURNED", 0),
        (vec!["payout.failed", "payout.failed"], "FAILED", 0),
        (vec!["payout.failed", "payout.paid"], "FAILED", 0),
        (vec!["payout.paid", "payout.failed"], "PAID", 10),
    ] {
        let id = bea.withdraws("10.00", &account).await;
        assert_eq!(send(&app).await, 1);
        for word in &words {
            let webhook = app.webhook(word, bare(&id), "out_1", 1_000);
            let copies = join_all((0..10).map(|_| app.receives(&webhook))).await;
            assert!(copies.iter().all(|(status, _)| *status == StatusCode::NO_CONTENT), "{copies:?}");
        }
        balance -= gone;
        assert_eq!(bea.withdrawal(&id).await["state"], state, "{words:?}");
        has(&bea, &format!("{balance}.00"), "0.00").await;
    }
    app.close().await;
}

#[tokio::test]
async fn paid_and_returned_at_once_give_the_money_back_once() {
    let app = quiet().await;
    let (bea, account) = app.cashier("bea", "100.00").await;
    for _ in 0..5 {
        let id = bea.withdraws("10.00", &account).await;
        send(&app).await;
        let words = ["payout.paid", "payout.returned", "payout.paid", "payout.returned"];
        let webhooks = words.map(|word| app.webhook(word, bare(&id), "out_1", 1_000));
        join_all(webhooks.iter().map(|webhook| app.receives(webhook))).await;
        assert_eq!(bea.withdrawal(&id).await["state"], "RETURNED");
        has(&bea, "100.00", "0.00").await;
    }
    app.close().await;
}

#[tokio::test]
async fn a_word_about_what_was_never_sent_or_with_another_amount_moves_nothing() {
    let app = quiet().await;
    let (bea, account) = app.cashier("bea", "100.00").await;
    let id = bea.withdraws("10.00", &account).await;
    for webhook in [
        app.webhook("payout.returned", bare(&id), "out_1", 1_000),
        app.webhook("payout.paid", bare(&id), "out_1", 1_000),
        app.webhook("payout.failed", bare(&id), "out_1", 999),
        app.webhook("payment.succeeded", bare(&id), "out_1", 1_000),
    ] {
        assert_eq!(app.receives(&webhook).await.0, StatusCode::NO_CONTENT);
    }
    assert_eq!(bea.withdrawal(&id).await["state"], "APPROVED");
    has(&bea, "90.00", "10.00").await;
    let ada = app.admin("ada").await;
    let kept = ada.sends("query B { bankQuarantine { told } }", json!({})).await;
    assert_eq!(kept["data"]["bankQuarantine"].as_array().unwrap().len(), 4, "{kept}");
    app.close().await;
}

/// A server with a bank outside, somebody with money and an account whose wait is over.
async fn with_outside_bank() -> (OutsideBank, TestApp) {
    let bank = OutsideBank::start(Line::Open).await;
    let app = TestApp::with(|config| bank.configure(config)).await;
    bank.knows(&app);
    (bank, app)
}

#[tokio::test]
async fn a_bank_that_is_away_is_asked_again_and_pays_once() {
    let (bank, app) = with_outside_bank().await;
    let (bea, account) = app.cashier("bea", "100.00").await;
    bank.follow(&app);
    let id = bea.withdraws("40.00", &account).await;
    bank.set_line(Line::Cut);
    assert_eq!(send(&app).await, 0);
    assert_eq!(bea.withdrawal(&id).await["state"], "SENT", "written before the bank was called");
    has(&bea, "60.00", "40.00").await;
    assert_eq!(ask(&app).await, 0, "five minutes have not passed");
    app.advance(Duration::from_secs(5 * MINUTE));
    bank.follow(&app);
    assert_eq!(ask(&app).await, 0, "still away");
    bank.set_line(Line::Open);
    app.advance(Duration::from_secs(25 * MINUTE));
    bank.follow(&app);
    assert_eq!(ask(&app).await, 1);
    let bea = app.sign_in("bea").await;
    bea.withdrawal_becomes(&id, "PAID").await;
    has(&bea, "60.00", "0.00").await;
    assert_eq!(bank.books().await["payouts_paid"], json!({ "count": 1, "amount": 4_000 }));
    app.close().await;
}

#[tokio::test]
async fn a_payout_whose_answer_was_lost_is_not_paid_twice() {
    let (bank, app) = with_outside_bank().await;
    let (bea, account) = app.cashier("bea", "100.00").await;
    bank.follow(&app);
    // The webhooks are lost as well, so that only asking tells.
    bank.bank.set_webhook_url("http://127.0.0.1:1/nobody");
    let id = bea.withdraws("40.00", &account).await;
    bank.set_line(Line::AnswersLost);
    assert_eq!(send(&app).await, 0);
    assert_eq!(bea.withdrawal(&id).await["state"], "SENT");
    eventually("the bank paid it", || async {
        let books = bank.books().await;
        (books["payouts_paid"]["count"] == 1).then_some(())
    })
    .await;
    bank.set_line(Line::Open);
    app.advance(Duration::from_secs(5 * MINUTE));
    let asked: u64 = join_all((0..5).map(|_| ask(&app))).await.into_iter().sum();
    assert_eq!(asked, 1);
    assert_eq!(bea.withdrawal(&id).await["state"], "PAID");
    assert_eq!(bank.books().await["payouts_paid"], json!({ "count": 1, "amount": 4_000 }));
    has(&bea, "60.00", "0.00").await;
    app.close().await;
}

#[tokio::test]
async fn a_return_whose_webhook_was_lost_is_found_by_asking() {
    let app = TestApp::with(|config| config.bank.faults.drop_percent = 100).await;
    let bea = app.verified("bea").await;
    let deposit = bea.asks_to_pay_in("100.00").await;
    bea.presses(&deposit, "pay").await;
    app.advance(Duration::from_secs(5 * MINUTE));
    handover::wallet::deposit::ask(app.env(), System::new()).await.unwrap();
    let account = bea.adds_account("6222020200110002").await;
    app.advance(Duration::from_secs(25 * HOUR));
    let bea = app.sign_in("bea").await;
    let id = bea.withdraws("40.00", &account).await;
    assert_eq!(send(&app).await, 1);
    app.bank_has(&deposit, "payouts_returned", 1).await;
    app.advance(Duration::from_secs(24 * HOUR));
    assert_eq!(ask(&app).await, 1);
    let bea = app.sign_in("bea").await;
    assert_eq!(bea.withdrawal(&id).await["state"], "RETURNED");
    has(&bea, "100.00", "0.00").await;
    app.close().await;
}

#[tokio::test]
async fn many_looks_at_once_send_each_withdrawal_once() {
    let (bank, app) = with_outside_bank().await;
    let (bea, account) = app.cashier("bea", "100.00").await;
    bank.follow(&app);
    for _ in 0..5 {
        bea.withdraws("10.00", &account).await;
    }
    let sent: u64 = join_all((0..6).map(|_| send(&app))).await.into_iter().sum();
    assert_eq!(sent, 5);
    eventually("five payouts at the bank", || async {
        let books = bank.books().await;
        (books["payouts_paid"] == json!({ "count": 5, "amount": 5_000 })).then_some(())
    })
    .await;
    eventually("five payouts in our books", || async {
        (bea.money().await.1 == "0.00").then_some(())
    })
    .await;
    has(&bea, "50.00", "0.00").await;
    app.close().await;
}

/// What waits for an admin of what the bank has said.
async fn differences(app: &TestApp) -> Value {
    let ada = app.admin("ada").await;
    let query = "query B { bankDifferences { nodes { kind ours theirs } } }";
    let answer = ada.sends(query, json!({})).await;
    answer["data"]["bankDifferences"]["nodes"].clone()
}

#[tokio::test]
async fn a_payout_of_which_the_bank_answers_another_amount_stays_where_it_is() {
    let (bank, app) = with_outside_bank().await;
    let (bea, account) = app.cashier("bea", "100.00").await;
    // The webhooks are lost, so that only answers tell.
    bank.bank.set_webhook_url("http://127.0.0.1:1/nobody");
    let id = bea.withdraws("40.00", &account).await;
    bank.set_line(Line::WrongAmounts);
    let bea = app.sign_in("bea").await;
    assert_eq!(send(&app).await, 1);
    eventually("the bank paid it", || async {
        (bank.books().await["payouts_paid"]["count"] == 1).then_some(())
    })
    .await;
    app.advance(Duration::from_secs(5 * MINUTE));
    assert_eq!(ask(&app).await, 1);
    assert_eq!(bea.withdrawal(&id).await["state"], "SENT");
    has(&bea, "60.00", "40.00").await;
    let found = differences(&app).await;
    let found = found.as_array().unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((&found[0]["kind"], &found[0]["ours"]), (&json!("MISMATCH"), &json!("SENT")));
    bank.set_line(Line::Open);
    app.advance(Duration::from_secs(25 * MINUTE));
    let bea = app.sign_in("bea").await;
    assert_eq!(ask(&app).await, 1);
    assert_eq!(bea.withdrawal(&id).await["state"], "PAID");
    has(&bea, "60.00", "0.00").await;
    app.close().await;
}

#[tokio::test]
async fn a_payout_that_comes_back_after_its_owner_has_left_waits_for_an_admin() {
    let app = quiet().await;
    let (bea, account) = app.cashier("bea", "40.00").await;
    let (id, user) = (bea.withdraws("40.00", &account).await, bea.id().await);
    assert_eq!(send(&app).await, 1);
    app.receives(&app.webhook("payout.paid", bare(&id), "out_1", 4_000)).await;
    for _ in 0..8 {
        app.advance(Duration::from_secs(24 * HOUR));
        ask(&app).await;
    }
    let bea = app.sign_in("bea").await;
    let left = bea.closes("bea").await;
    assert_eq!(left["closed"], true, "{left}");
    for _ in 0..2 {
        let returned = app.webhook("payout.returned", bare(&id), "out_1", 4_000);
        assert_eq!(app.receives(&returned).await.0, StatusCode::NO_CONTENT);
    }
    let wallet = ledger_account::Entity::find_by_id((user.0, AccountKind::Available));
    let wallet = wallet.one(app.env().db()).await.unwrap().unwrap();
    assert_eq!(wallet.balance, Money::ZERO);
    assert_eq!(
        differences(&app).await,
        json!([{ "kind": "MISMATCH", "ours": "PAID", "theirs": "returned" }])
    );
    app.close().await;
}
