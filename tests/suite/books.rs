//! What `ledger verify` finds: each kind of damage by its name, and nothing in books that are in order.

use std::time::{Duration, Instant};

use entity::{
    kinds::AccountKind,
    ledger_rollup,
    value::{Money, Time},
};
use futures::future::join_all;
use handover::{
    kernel::{policy::System, sql},
    wallet::ledger,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use crate::support::{Person, TestApp, dice::Dice};

/// A house with a finished order, a running one and a withdrawal.
async fn house(app: &TestApp) -> Person<'_> {
    let sam = app.verified("sam").await;
    let (bea, account) = app.cashier("bea", "500.00").await;
    let order = bea.buys(&sam_again(app, &sam).await.sells("20.00").await).await;
    sam_again(app, &sam).await.delivers(&order, "word").await;
    bea.confirms(&order).await;
    bea.buys(&sam_again(app, &sam).await.sells("30.00").await).await;
    bea.withdraws("40.00", &account).await;
    bea
}

/// He signs in anew: his token is of yesterday.
async fn sam_again<'a>(app: &'a TestApp, sam: &Person<'_>) -> Person<'a> {
    app.sign_in(&sam.name).await
}

async fn problems(app: &TestApp) -> Vec<String> {
    ledger::verify(app.env().db()).await.unwrap().problems
}

/// Ways to spoil the books, and what must be said of each.
const DAMAGES: [(&str, &str); 11] = [
    (
        "UPDATE ledger_accounts SET balance = balance + 1 WHERE kind = 'AVAILABLE' AND balance > 0",
        "a balance is not the sum of its entries",
    ),
    (
        "UPDATE ledger_entries SET amount = amount - 1 WHERE kind = 'BANK_CLEARING'",
        "a transfer does not sum to zero",
    ),
    (
        "DELETE FROM ledger_entries WHERE kind = 'SETTLING'",
        "entries are not numbered densely",
    ),
    ("DELETE FROM ledger_entries WHERE kind = 'FEES'", "a transfer does not sum to zero"),
    (
        "UPDATE ledger_entries SET seq = seq + 10 WHERE kind = 'AVAILABLE' AND seq = 1",
        "entries are not numbered densely",
    ),
    (
        "UPDATE ledger_accounts SET seq = seq + 1 WHERE kind = 'AVAILABLE'",
        "entries are not numbered densely",
    ),
    (
        "UPDATE ledger_entries SET balance = balance + 1 WHERE kind = 'AVAILABLE' AND seq = 1",
        "a running balance is wrong",
    ),
    (
        "INSERT INTO ledger_transfers (id, cause, cause_id, at) SELECT ID, 'DEPOSIT', ID, 0 FROM (SELECT user_id AS ID FROM standing LIMIT 1) AS one",
        "a transfer has no entries",
    ),
    (
        "UPDATE orders SET ended_at = 1 WHERE state = 'PAID'",
        "a finished order still has money in escrow",
    ),
    (
        "UPDATE ledger_rollups SET total = total + 1 WHERE kind = 'BANK_CLEARING'",
        "a roll-up is not the sum of its entries",
    ),
    (
        "DELETE FROM ledger_rollups WHERE kind = 'FEES'",
        "a roll-up is not the sum of its entries",
    ),
];

/// M11: whatever is spoiled is found, and named.
#[tokio::test]
async fn each_kind_of_damage_to_the_books_is_found_and_named() {
    let app = TestApp::new().await;
    house(&app).await;
    app.advance(Duration::from_secs(2 * 24 * 60 * 60));
    assert!(ledger::roll_up(app.env(), System::new()).await.unwrap() > 0);
    assert_eq!(problems(&app).await, Vec::<String>::new());
    for (damage, named) in DAMAGES {
        let tx = app.env().begin().await.unwrap();
        assert!(sql::run(tx.db(), damage, vec![]).await.unwrap() > 0, "{damage} spoils nothing");
        let found = ledger::verify(tx.db()).await.unwrap().problems;
        assert!(found.iter().any(|problem| problem.starts_with(named)), "{damage}: {found:?}");
        tx.rollback().await.unwrap();
    }
    assert_eq!(problems(&app).await, Vec::<String>::new());
    app.close().await;
}

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// How many accounts are rolled up to the end of the day of this moment.
async fn rolled_up(app: &TestApp, at: Time) -> u64 {
    let rows = ledger_rollup::Entity::find().filter(ledger_rollup::Column::Day.eq(at.0 / DAY));
    rows.count(app.env().db()).await.unwrap()
}

/// What is in the accounts of one kind, by the sums that admins see.
async fn sum_of(app: &TestApp, kind: AccountKind) -> Money {
    let by_kind = ledger::by_kind(app.env().db()).await.unwrap();
    by_kind.into_iter().find(|(of, _)| *of == kind).unwrap().1
}

/// Four processes at once as one; and what the sums say is the same before, after, and with what came since.
#[tokio::test]
async fn a_day_is_rolled_up_once_when_it_is_long_over_and_sums_stay_what_they_were() {
    let app = TestApp::new().await;
    house(&app).await;
    let before = ledger::by_kind(app.env().db()).await.unwrap();
    let day = app.env().now();
    let left = u64::try_from(DAY - day.0 % DAY).unwrap();
    app.advance(Duration::from_millis(left + 30 * 60 * 1_000));
    ledger::roll_up(app.env(), System::new()).await.unwrap();
    assert_eq!(
        rolled_up(&app, day).await,
        0,
        "somebody may still be at work that began before midnight"
    );
    app.advance(Duration::from_secs(60 * 60));
    let all = join_all((0..4).map(|_| ledger::roll_up(app.env(), System::new()))).await;
    assert!(all.iter().all(Result::is_ok), "{all:?}");
    assert_eq!(rolled_up(&app, day).await, 2, "both accounts");
    assert_eq!(ledger::roll_up(app.env(), System::new()).await.unwrap(), 0);
    assert_eq!(ledger::by_kind(app.env().db()).await.unwrap(), before);
    assert_eq!(sum_of(&app, AccountKind::Fees).await, Money(100));

    app.verified("eve").await.has("10.00").await;
    assert_eq!(sum_of(&app, AccountKind::BankClearing).await, Money(-51_000));
    let (fees, _, at_bank) = app.admin("ada").await.platform().await;
    assert_eq!((fees.as_str(), at_bank.as_str()), ("1.00", "510.00"));
    // Days on which nothing moved are passed over.
    app.advance(Duration::from_secs(3 * 24 * 60 * 60));
    assert_eq!(ledger::roll_up(app.env(), System::new()).await.unwrap(), 1);
    assert_eq!(sum_of(&app, AccountKind::BankClearing).await, Money(-51_000));
    app.close().await;
}

/// M11, short: twenty thousand entries.
#[tokio::test]
async fn twenty_thousand_entries_are_verified() {
    entries_are_verified(20_000).await;
}

/// Writes so many entries, of a few hundred accounts, as years of trade would leave them, and verifies them. Answers after how many seconds.
pub async fn entries_are_verified(entries: usize) -> f64 {
    let app = TestApp::new().await;
    house(&app).await;
    let before = ledger::verify(app.env().db()).await.unwrap().transfers;
    writes_history(&app, entries).await;
    let start = Instant::now();
    let report = ledger::verify(app.env().db()).await.unwrap();
    let took = start.elapsed().as_secs_f64();
    assert_eq!(report.problems, Vec::<String>::new());
    assert_eq!(usize::try_from(report.transfers - before).unwrap(), entries / 2);
    eprintln!("{entries} entries verified in {took:.1} s");
    app.close().await;
    took
}

/// Transfers of one fen to and fro between accounts, numbered and summed as the ledger does it.
async fn writes_history(app: &TestApp, entries: usize) {
    const ACCOUNTS: usize = 300;
    const AT_ONCE: usize = 500;
    let mut dice = Dice::new(5);
    let owners: Vec<Uuid> = (0..ACCOUNTS).map(|_| Uuid::now_v7()).collect();
    let mut accounts = vec![(0_i64, 0_i64); ACCOUNTS];
    let (mut transfers, mut lines) = (Vec::new(), Vec::new());
    let tx = app.env().begin().await.unwrap();
    for number in 1..=entries / 2 {
        let id = Uuid::now_v7();
        let one = dice.roll(ACCOUNTS);
        // From the bank while somebody has nothing, else from one to another.
        let from = (number > entries / 4).then_some(one).filter(|one| accounts[*one].0 > 0);
        let to = from.map_or(one, |from| (from + 1 + dice.roll(ACCOUNTS - 1)) % ACCOUNTS);
        transfers.push(format!("('{id}', 'DEPOSIT', '{}', 1)", Uuid::now_v7()));
        match from {
            None => lines.push(format!("('{id}', 'BANK_CLEARING', '{}', -1, NULL, NULL)", Uuid::nil())),
            Some(from) => lines.push(line(id, owners[from], &mut accounts[from], -1)),
        }
        lines.push(line(id, owners[to], &mut accounts[to], 1));
        if transfers.len() == AT_ONCE || number == entries / 2 {
            let values = std::mem::take(&mut transfers).join(", ");
            insert(
                &tx,
                &format!("INSERT INTO ledger_transfers (id, cause, cause_id, at) VALUES {values}"),
            )
            .await;
            let values = std::mem::take(&mut lines).join(", ");
            insert(
                &tx,
                &format!("INSERT INTO ledger_entries (transfer_id, kind, owner_id, amount, seq, balance) VALUES {values}"),
            )
            .await;
        }
    }
    let rows = owners.iter().zip(&accounts).filter(|(_, (_, seq))| *seq > 0);
    let rows: Vec<String> = rows
        .map(|(owner, (balance, seq))| format!("('{owner}', 'AVAILABLE', {balance}, {seq})"))
        .collect();
    insert(
        &tx,
        &format!(
            "INSERT INTO ledger_accounts (owner_id, kind, balance, seq) VALUES {}",
            rows.join(", ")
        ),
    )
    .await;
    tx.commit().await.unwrap();
}

fn line(transfer: Uuid, owner: Uuid, (balance, seq): &mut (i64, i64), amount: i64) -> String {
    *balance += amount;
    *seq += 1;
    format!("('{transfer}', 'AVAILABLE', '{owner}', {amount}, {seq}, {balance})")
}

/// On SQLite ids are bytes.
async fn insert(tx: &handover::kernel::Tx, statement: &str) {
    use sea_orm::{ConnectionTrait, DbBackend};
    let statement = if tx.db().get_database_backend() == DbBackend::Sqlite {
        as_bytes(statement)
    } else {
        statement.to_owned()
    };
    tx.db().execute_unprepared(&statement).await.unwrap();
}

/// Each quoted UUID as SQLite's form of bytes.
fn as_bytes(statement: &str) -> String {
    let parts = statement
        .split('\'')
        .enumerate()
        .map(|(at, part)| match (at % 2, part.parse::<Uuid>()) {
            (0, _) => part.to_owned(),
            (_, Ok(id)) => format!("x'{}'", id.simple()),
            (_, Err(_)) => format!("'{part}'"),
        });
    parts.collect()
}

/// The command says the same, and its exit code too.
#[tokio::test]
async fn the_operator_s_command_says_what_is_wrong_and_where() {
    let app = TestApp::new().await;
    let bea = house(&app).await;
    let tx = app.env().begin().await.unwrap();
    sql::run(
        tx.db(),
        "UPDATE ledger_accounts SET balance = balance + 1 WHERE kind = 'AVAILABLE' AND balance > 0",
        vec![],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let settings = app.settings();
    let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let ended = crate::support::Binary::run(app.folder.path(), &settings, &["ledger", "verify"], "");
    assert!(!ended.status.success());
    assert!(
        ended
            .out
            .contains(&format!("a balance is not the sum of its entries: {} AVAILABLE", bea.id().await.0)),
        "{}",
        ended.out
    );
    let me = bea.sends("query Me { me { id } }", json!({})).await;
    assert!(me["data"]["me"]["id"].is_string(), "and the house goes on");
}
