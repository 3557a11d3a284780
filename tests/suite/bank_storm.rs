//! A bank that repeats, reorders, delays, drops, tells wrong amounts and reverses, while many people pay in and take out: at the end both books
//! agree to the fen.

use std::time::Duration;

use entity::{deposit, kinds::WithdrawalState, withdrawal};
use futures::future::join_all;
use handover::{
    kernel::policy::System,
    wallet::{debt, deposit as deposits, reconcile, withdrawal as withdrawals},
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::Value;
use uuid::Uuid;

use crate::support::{
    TestApp,
    wallet::{eventually, refusal},
};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
/// How many act at the same moment: more would be told to come again, which is another test's matter.
const CROWD: usize = 20;

async fn stormy() -> TestApp {
    TestApp::with(|config| {
        config.bank.payout_delay_ms = 20;
        let faults = &mut config.bank.faults;
        faults.seed = 31;
        faults.repeat = 2;
        faults.delay_ms = 60;
        faults.reorder_percent = 30;
        faults.drop_percent = 20;
        faults.wrong_amount_percent = 10;
        faults.reverse_percent = 15;
    })
    .await
}

async fn timers(app: &TestApp) {
    let system = System::new();
    withdrawals::send(app.env(), system).await.unwrap();
    withdrawals::ask(app.env(), system).await.unwrap();
    deposits::ask(app.env(), system).await.unwrap();
    deposits::lapse(app.env(), system).await.unwrap();
    debt::pass_on(app.env(), system).await.unwrap();
}

/// One person's turn: he pays in, and takes out what he may.
async fn turn(app: &TestApp, at: usize, account: &Value) -> Value {
    let person = app.sign_in(&name(at)).await;
    let deposit = person.asks_to_pay_in("30.00").await;
    person.presses(&deposit, "pay").await;
    let made = person.withdraws_by("12.00", account, Uuid::new_v4()).await;
    assert!(
        ["none", "INSUFFICIENT_FUNDS", "DEBT_OPEN", "LIMIT_REACHED"].contains(&refusal(&made)),
        "{made}"
    );
    deposit
}

fn name(at: usize) -> String {
    format!("trader{at}")
}

async fn accounts(app: &TestApp, people: usize) -> Vec<Value> {
    let mut accounts = Vec::new();
    for at in 0..people {
        let person = app.verified(&name(at)).await;
        // One of three is paid, one fails, one comes back.
        let ending = ["2345", "0001", "0002"][at % 3];
        accounts.push(person.adds_account(&format!("62220202{at:04}{ending}")).await);
    }
    app.advance(Duration::from_secs(25 * HOUR));
    accounts
}

/// So many people, in so many rounds of one hour.
pub async fn storm(people: usize, rounds: u64) {
    let app = stormy().await;
    let accounts = accounts(&app, people).await;
    let mut last = Value::Null;
    for _ in 0..rounds {
        let everybody: Vec<(usize, &Value)> = accounts.iter().enumerate().collect();
        for crowd in everybody.chunks(CROWD) {
            let turns = join_all(crowd.iter().map(|(at, account)| turn(&app, *at, account))).await;
            last = turns.last().cloned().unwrap_or_default();
        }
        timers(&app).await;
        app.advance(Duration::from_secs(HOUR / rounds));
    }
    let page = last;
    eventually("the bank comes to rest", || async {
        timers(&app).await;
        (app.books(&page).await["payouts_sent"]["count"] == 0).then_some(())
    })
    .await;
    let mut days = 0;
    loop {
        app.advance(Duration::from_secs(24 * HOUR));
        timers(&app).await;
        let left = reconcile::run(app.env(), System::new()).await.unwrap();
        let sent = withdrawal::Entity::find().filter(withdrawal::Column::State.is_in([WithdrawalState::Sent, WithdrawalState::Approved]));
        if left == 0 && sent.count(app.env().db()).await.unwrap() == 0 && app.books(&page).await["payouts_sent"]["count"] == 0 {
            break;
        }
        days += 1;
        assert!(days < 15, "{left} differences are left");
    }
    agree(&app, &page).await;
    app.close().await;
}

/// Every total of the bank's, beside ours.
async fn agree(app: &TestApp, page: &Value) {
    let books = app.books(page).await;
    let ada = app.admin("ada").await;
    let at_bank = ada.platform().await.2.replace('.', "");
    assert_eq!(books["balance"].to_string(), at_bank.trim_start_matches('0'), "{books}");
    let rows = deposit::Entity::find().all(app.env().db()).await.unwrap();
    for (ours, theirs) in [("CREDITED", "payments_succeeded"), ("REVERSED", "payments_reversed")] {
        let sum: i64 = rows.iter().filter(|row| row.state.as_str() == ours).map(|row| row.amount.0).sum();
        assert_eq!(books[theirs]["amount"], sum, "{ours}: {books}");
    }
    let rows = withdrawal::Entity::find().all(app.env().db()).await.unwrap();
    for (ours, theirs) in [
        ("PAID", "payouts_paid"),
        ("FAILED", "payouts_failed"),
        ("RETURNED", "payouts_returned"),
    ] {
        let sum: i64 = rows.iter().filter(|row| row.state.as_str() == ours).map(|row| row.amount.0).sum();
        assert_eq!(books[theirs]["amount"], sum, "{ours}: {books}");
    }
    assert!(
        books["payments_reversed"]["count"].as_u64() > Some(0) && books["payouts_returned"]["count"].as_u64() > Some(0),
        "{books}"
    );
}

#[tokio::test]
async fn after_an_hour_of_a_bad_bank_both_books_agree_to_the_fen() {
    storm(12, 4).await;
}
