//! M8: money through the service's ledger beside `pgbench` with the same statements, many wallets and one hot wallet.
//!
//! A transfer is what a purchase does: one fen from a buyer's wallet into the escrow of a new order, in a transaction of its own.

use std::{
    fmt::Write as _,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use entity::value::{DepositId, Money, OrderId, UserId};
use handover::{
    app,
    config::Config,
    kernel::Env,
    wallet::ledger::{self, Transfer},
};
use uuid::Uuid;

use crate::{
    postgres::Database,
    statements,
    table::{Aim, head, median, row},
};

/// How many transactions are under way at once.
const AT_ONCE: usize = 16;
/// How many wallets there are.
const WALLETS: u32 = 1_000;
/// How often the service and `pgbench` take turns.
const ROUNDS: i64 = 7;
/// How long a turn takes.
const SECONDS: u64 = 5;
/// What each wallet begins with, in fen: more than any run takes out.
const BALANCE: Money = Money(1_000_000_000_000);

/// Measures both ways to spread the transfers.
pub async fn measure(quick: bool) -> Result<()> {
    let (rounds, seconds) = if quick { (2, 1) } else { (ROUNDS, SECONDS) };
    head("The ledger: transfers into escrow beside pgbench with the same statements (PostgreSQL)")?;
    let (database, folder) = (Database::create("ledger").await?, tempfile::tempdir()?);
    let env = open(&database, folder.path()).await?;
    fund(&env).await?;
    let (done, told) = statements::of(transfer(&env, wallet(0))).await;
    done?;
    let script = folder.path().join("transfer.sql");
    tokio::fs::write(&script, script_of(&told)?).await?;
    for (way, (name, wallets)) in (0..).zip([("many wallets", WALLETS), ("one hot wallet", 1)]) {
        let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
        // The first round warms both and is not counted.
        for round in 0..=rounds {
            let rate = storm(&env, wallets, Duration::from_secs(seconds)).await?;
            // Each run of pgbench counts from another number, and all of them fit the last twelve digits of an id.
            let base = way * 1_000_000_000_000 + round * 10_000_000_000;
            let variables = [("wallets", i64::from(wallets)), ("base", base), ("n", 0)];
            let beside = database.pgbench(&[&script], AT_ONCE, seconds, &variables).await?;
            if round > 0 {
                ours.push(rate);
                theirs.push(beside);
                ratios.push(rate / beside);
            }
        }
        row(&format!("{name}: the service"), median(ours), "/s", Aim::None)?;
        row(&format!("{name}: pgbench"), median(theirs), "/s", Aim::None)?;
        row(
            &format!("{name}: the service beside pgbench"),
            median(ratios),
            "times",
            Aim::Least(0.75),
        )?;
    }
    let report = app::verify_ledger(env.config()).await?;
    ensure!(report.problems.is_empty(), "the books are wrong: {:?}", report.problems);
    #[expect(clippy::cast_precision_loss, reason = "a figure to look at")]
    row(
        "transfers in the books, which agree; no transaction failed",
        report.transfers as f64,
        "",
        Aim::None,
    )
}

async fn open(database: &Database, folder: &Path) -> Result<Env> {
    let mut config = Config {
        data_dir: folder.to_owned(),
        ..Config::default()
    };
    config.database.url = Some(database.url.clone().into());
    config.database.pool = u32::try_from(AT_ONCE)?;
    Ok(app::open(config).await?.env)
}

/// The wallet of this number. `pgbench` makes the same ids.
const fn wallet(number: u32) -> UserId {
    UserId(Uuid::from_u128(0x4000_8000_0000_0000_0000 + number as u128))
}

async fn fund(env: &Env) -> Result<()> {
    for number in 0..WALLETS {
        let tx = env.begin().await?;
        ledger::post(&tx, &[Transfer::deposit(DepositId::new(), wallet(number), BALANCE)]).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// What is measured.
async fn transfer(env: &Env, from: UserId) -> Result<()> {
    let tx = env.begin().await?;
    ledger::post(&tx, &[Transfer::order_hold(OrderId::new(), from, Money(1))]).await?;
    Ok(tx.commit().await?)
}

/// As many transfers as there is time for; answers how many a second. One that fails fails the bench: no deadlock and no busy database may reach
/// a caller.
#[expect(clippy::cast_precision_loss, reason = "a figure to look at")]
async fn storm(env: &Env, wallets: u32, time: Duration) -> Result<f64> {
    let (start, done) = (Instant::now(), std::sync::Arc::new(AtomicUsize::new(0)));
    let lanes = (0..AT_ONCE).map(|_| {
        let (env, done) = (env.clone(), std::sync::Arc::clone(&done));
        tokio::spawn(async move {
            while start.elapsed() < time {
                let number = rand::random_range(0..wallets);
                transfer(&env, wallet(number)).await.context("a transfer failed")?;
                done.fetch_add(1, Ordering::Relaxed);
            }
            Ok::<_, anyhow::Error>(())
        })
    });
    for lane in futures::future::join_all(lanes).await {
        lane??;
    }
    Ok(done.load(Ordering::Relaxed) as f64 / start.elapsed().as_secs_f64())
}

/// The statements of one transfer as a script. Each is known by what it begins with; a new one is refused, so that the two stay the same.
fn script_of(statements: &[String]) -> Result<String> {
    let id = |prefix: &str, number: &str| format!("('{prefix}-' || lpad(to_hex(:{number}::bigint), 12, '0'))::uuid");
    let (transfer, order, owner) = (
        id("00000000-0000-7000-9000", "id"),
        id("00000000-0000-7000-a000", "id"),
        id("00000000-0000-4000-8000", "wallet"),
    );
    let mut script = String::from("\\set n :n + 1\n\\set id :base + :n * 64 + :client_id\n\\set wallet random(0, :wallets - 1)\nBEGIN;\n");
    let mut accounts = 0;
    for statement in statements {
        // The hold's sides in the order in which they are locked: the escrow first.
        let (kind, whose, amount) = if accounts < 2 {
            ("'ESCROW'", &order, "1")
        } else {
            ("'AVAILABLE'", &owner, "-1")
        };
        let values: Vec<&str> = if statement.contains("clock_timestamp()") {
            vec![]
        } else if statement.starts_with("INSERT INTO \"ledger_transfers\"") {
            vec![&transfer, "'ORDER_HOLD'", &order, ":now"]
        } else if statement.starts_with("INSERT INTO \"ledger_accounts\"") {
            accounts += 1;
            vec![whose, kind, "0", "0", "0", "0"]
        } else if statement.starts_with("UPDATE ledger_accounts") {
            accounts += 1;
            vec![whose, kind, amount, "1", amount]
        } else if statement.starts_with("INSERT INTO \"ledger_entries\"") {
            vec![
                &transfer,
                &order,
                "'ESCROW'",
                "1",
                ":seq1",
                ":balance1",
                &transfer,
                &owner,
                "'AVAILABLE'",
                "-1",
                ":seq3",
                ":balance3",
            ]
        } else {
            bail!("the ledger runs a statement that bench/ledger.rs does not know: {statement}");
        };
        let mut text = statement.clone();
        for (number, value) in values.iter().enumerate().rev() {
            text = text.replace(&format!("${}", number + 1), value);
        }
        let end = if text.contains("RETURNING") {
            let at = accounts - 1;
            text = text.replace(
                "RETURNING balance, seq",
                &format!("RETURNING balance AS balance{at}, seq AS seq{at}"),
            );
            " \\gset"
        } else if text.contains("AS now") {
            " \\gset"
        } else {
            ";"
        };
        writeln!(script, "{text}{end}")?;
    }
    script.push_str("COMMIT;\n");
    Ok(script)
}
