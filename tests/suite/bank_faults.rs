//! Whatever goes wrong at the bank, each deposit and withdrawal ends once and the books agree. Each fault is a setting with a seed.

use std::time::Duration;

use handover::{
    config::BankFaults,
    kernel::policy::System,
    sandbox_bank::{self, SandboxBankConfig},
    wallet::{deposit, withdrawal},
};
use serde_json::{Value, json};

use crate::support::{Person, TestApp, bank::API_KEY, wallet::eventually};

async fn with(change: impl FnOnce(&mut BankFaults)) -> TestApp {
    TestApp::with(|config| change(&mut config.bank.faults)).await
}

/// Somebody pays in 100.00 by five deposits, and takes out 50.00 by three withdrawals: one is paid, one fails, one comes back.
async fn a_busy_day(app: &TestApp) -> Person<'_> {
    let bea = app.verified("bea").await;
    let mut deposits = Vec::new();
    for _ in 0..5 {
        let deposit = bea.asks_to_pay_in("20.00").await;
        assert_eq!(bea.presses(&deposit, "pay").await.status(), 303);
        deposits.push(deposit["id"].clone());
    }
    all_become(app, &bea, "deposit", &deposits, &["CREDITED"]).await;
    let mut accounts = Vec::new();
    for ending in ["2345", "0001", "0002"] {
        accounts.push(bea.adds_account(&format!("622202020011{ending}")).await);
    }
    app.advance(Duration::from_secs(25 * 60 * 60));
    let bea = app.sign_in("bea").await;
    let mut withdrawals = Vec::new();
    for (amount, account) in ["25.00", "15.00", "10.00"].into_iter().zip(&accounts) {
        withdrawals.push(bea.withdraws(amount, account).await);
    }
    withdrawal::send(app.env(), System::new()).await.unwrap();
    for (id, end) in withdrawals.iter().zip(["PAID", "FAILED", "RETURNED"]) {
        all_become(app, &bea, "withdrawal", std::slice::from_ref(id), &[end]).await;
    }
    bea
}

/// Lets time pass and the timers look, until all of them are in one of these states.
async fn all_become(app: &TestApp, person: &Person<'_>, kind: &str, ids: &[Value], states: &[&str]) {
    for id in ids {
        eventually(&format!("a {kind} that is {states:?}"), || async {
            deposit::ask(app.env(), System::new()).await.unwrap();
            withdrawal::ask(app.env(), System::new()).await.unwrap();
            let query = format!("query Q($id: ID!) {{ {kind}(id: $id) {{ state }} }}");
            let answer = person.sends(&query, json!({ "id": id })).await;
            let state = answer["data"][kind]["state"]
                .as_str()
                .unwrap_or_else(|| panic!("{answer}"))
                .to_owned();
            states.contains(&state.as_str()).then_some(())
        })
        .await;
    }
}

async fn ends_with(person: &Person<'_>, available: &str) {
    assert_eq!(person.money().await, (available.to_owned(), "0.00".to_owned()));
}

#[tokio::test]
async fn webhooks_that_come_five_times_count_once() {
    let app = with(|faults| faults.repeat = 5).await;
    let bea = a_busy_day(&app).await;
    ends_with(&bea, "75.00").await;
    app.close().await;
}

#[tokio::test]
async fn webhooks_that_come_late_count_all_the_same() {
    let app = with(|faults| {
        faults.seed = 11;
        faults.delay_ms = 300;
    })
    .await;
    let bea = a_busy_day(&app).await;
    ends_with(&bea, "75.00").await;
    app.close().await;
}

#[tokio::test]
async fn webhooks_that_overtake_each_other_end_the_same() {
    let app = with(|faults| {
        faults.seed = 12;
        faults.reorder_percent = 60;
        faults.delay_ms = 50;
    })
    .await;
    let bea = a_busy_day(&app).await;
    ends_with(&bea, "75.00").await;
    app.close().await;
}

#[tokio::test]
async fn all_of_it_at_once_ends_the_same() {
    let app = with(|faults| {
        faults.seed = 13;
        faults.repeat = 3;
        faults.delay_ms = 100;
        faults.reorder_percent = 40;
    })
    .await;
    let bea = a_busy_day(&app).await;
    ends_with(&bea, "75.00").await;
    app.close().await;
}

/// What the webhooks do not tell, or tell wrongly, is found by asking.
async fn asks_a_day_later(app: &TestApp) {
    let bea = app.verified("bea").await;
    let mut deposits = Vec::new();
    for _ in 0..8 {
        let deposit = bea.asks_to_pay_in("10.00").await;
        bea.presses(&deposit, "pay").await;
        deposits.push(deposit);
    }
    app.advance(Duration::from_secs(5 * 60));
    let ids: Vec<Value> = deposits.iter().map(|deposit| deposit["id"].clone()).collect();
    all_become(app, &bea, "deposit", &ids, &["CREDITED"]).await;
    ends_with(&bea, "80.00").await;
    let account = bea.adds_account("6222020200110002").await;
    app.advance(Duration::from_secs(25 * 60 * 60));
    let bea = app.sign_in("bea").await;
    let mut withdrawals = Vec::new();
    for _ in 0..4 {
        withdrawals.push(bea.withdraws("10.00", &account).await);
    }
    withdrawal::send(app.env(), System::new()).await.unwrap();
    app.bank_has(&deposits[0], "payouts_returned", 4).await;
    app.advance(Duration::from_secs(24 * 60 * 60));
    let bea = app.sign_in("bea").await;
    all_become(app, &bea, "withdrawal", &withdrawals, &["RETURNED"]).await;
    ends_with(&bea, "80.00").await;
}

#[tokio::test]
async fn webhooks_that_get_lost_are_made_up_for_by_asking() {
    let app = with(|faults| {
        faults.seed = 14;
        faults.drop_percent = 70;
    })
    .await;
    asks_a_day_later(&app).await;
    app.close().await;
}

#[tokio::test]
async fn webhooks_with_wrong_amounts_are_made_up_for_by_asking() {
    let app = with(|faults| {
        faults.seed = 15;
        faults.wrong_amount_percent = 70;
    })
    .await;
    asks_a_day_later(&app).await;
    app.close().await;
}

#[tokio::test]
async fn a_payment_that_is_taken_back_is_taken_from_the_wallet_as_far_as_it_goes() {
    let app = TestApp::with(|config| {
        config.bank.faults.reverse_percent = 100;
        config.bank.payout_delay_ms = 100;
    })
    .await;
    let bea = app.verified("bea").await;
    let first = bea.asks_to_pay_in("20.00").await;
    bea.presses(&first, "pay").await;
    bea.deposit_becomes(&first["id"], "REVERSED").await;
    ends_with(&bea, "0.00").await;
    app.close().await;
}

#[tokio::test]
async fn after_a_restart_the_bank_s_pages_are_where_they_were_and_it_knows_what_it_knew() {
    let folder = tempfile::tempdir().unwrap();
    let start = || sandbox_bank::start(SandboxBankConfig::new(folder.path(), API_KEY, "a secret"));
    let bank = start().await.unwrap();
    let url = |path: &str| format!("http://{}{path}", bank.address());
    let ask = json!({ "id": uuid::Uuid::new_v4(), "amount": 500, "currency": "CNY", "return_url": "https://shop.example/" });
    let http = reqwest::Client::new();
    let opened: Value = http
        .post(url("/v1/payments"))
        .bearer_auth(API_KEY)
        .json(&ask)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let page = opened["checkout_url"].as_str().unwrap().to_owned();
    bank.stop().await;

    let bank = start().await.unwrap();
    let shown = reqwest::Client::new().get(&page).send().await.unwrap();
    assert_eq!(shown.status(), 200);
    assert!(shown.text().await.unwrap().contains("¥5.00"));
    for (key, status) in [(API_KEY, 200), ("another key", 401)] {
        let again = http
            .post(format!("http://{}/v1/payments", bank.address()))
            .bearer_auth(key)
            .json(&ask);
        assert_eq!(again.send().await.unwrap().status(), status);
    }
    let mut other = ask.clone();
    other["amount"] = json!(501);
    let refused = http
        .post(format!("http://{}/v1/payments", bank.address()))
        .bearer_auth(API_KEY)
        .json(&other);
    assert_eq!(refused.send().await.unwrap().status(), 409);
    bank.stop().await;
}
