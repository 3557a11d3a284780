//! Opening the database: SQLite in the data folder, or PostgreSQL.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};
use sea_orm::sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{Connection, Executor, Postgres, pool::PoolOptions};
use sea_orm::{ConnectOptions, Database, DatabaseConnection};

/// How long a request waits for a free connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(2);
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(15);
const LOCK_TIMEOUT: &str = "10s";
/// A connection unused for so long may have been cut by something in between, and is tested before use.
const TEST_AFTER_IDLE: Duration = Duration::from_secs(30);
/// As many as the two pools can have.
const TESTED_AFTER_FAILURE: u32 = 2_000;

/// Which database it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DbKind {
    /// One file, one process.
    Sqlite,
    /// A server, many processes.
    Postgres,
}

/// The open database.
#[derive(Debug, Clone)]
pub struct Databases {
    /// Takes every transaction that writes. On SQLite a single connection, so that writers queue here and not in SQLite.
    pub write: DatabaseConnection,
    /// Takes single statements that read, and refuses writes. Without transactions, so that its connections need no cleaning afterwards.
    pub read: DatabaseConnection,
    /// Which database it is.
    pub kind: DbKind,
}

impl Databases {
    /// Closes both handles. A failure is of no consequence any more.
    pub async fn close(self) {
        let _ = self.write.close().await;
        let _ = self.read.close().await;
    }
}

/// Opens the database at `url` (`sqlite:path` or `postgres://…`). `pool` is the number of connections for PostgreSQL,
/// as many to write as to read, and of readers for SQLite.
///
/// # Errors
/// When `url` names neither, or the database cannot be reached.
pub async fn connect(url: &str, pool: u32) -> Result<Databases> {
    connect_within(url, pool, STATEMENT_TIMEOUT).await
}

/// The same with one connection of each kind, whose statements may take as long as they need: for operators, who read whole tables.
///
/// # Errors
/// When `url` names neither, or the database cannot be reached.
pub async fn connect_patiently(url: &str) -> Result<Databases> {
    // To PostgreSQL no time is no limit.
    connect_within(url, 1, Duration::ZERO).await
}

async fn connect_within(url: &str, pool: u32, statement: Duration) -> Result<Databases> {
    ensure!(pool > 0, "the database pool needs at least one connection");
    if url.starts_with("sqlite:") {
        ensure!(
            !url.contains(":memory:") && !url.contains("mode=memory"),
            "SQLite needs a file: in memory its connections share nothing"
        );
        let write = Database::connect(sqlite(url, 1, false))
            .await
            .context("cannot open the SQLite database")?;
        let read = Database::connect(sqlite(url, pool, true))
            .await
            .context("cannot open the SQLite database for reading")?;
        return Ok(Databases {
            write: traced(write, &Doubt::default()),
            read: traced(read, &Doubt::default()),
            kind: DbKind::Sqlite,
        });
    }
    // The one form that sea-orm knows.
    let url = url.replacen("postgresql://", "postgres://", 1);
    if url.starts_with("postgres://") {
        let doubt = Doubt::default();
        let write = Database::connect(postgres(&url, (pool, statement), false, &doubt))
            .await
            .context("cannot reach PostgreSQL")?;
        let read = Database::connect(postgres(&url, (pool, statement), true, &doubt))
            .await
            .context("cannot reach PostgreSQL for reading")?;
        return Ok(Databases {
            read: traced(read, &doubt),
            write: traced(write, &doubt),
            kind: DbKind::Postgres,
        });
    }
    bail!("the database address must begin with sqlite: or postgres://")
}

/// The target under which each statement is traced.
pub const STATEMENTS: &str = "handover::sql";

/// How many connections are still to be tested before they are used. After a failed statement it is [`TESTED_AFTER_FAILURE`]: when the server was
/// away every connection in the pool is dead, and each would fail somebody's request.
type Doubt = Arc<AtomicU32>;

/// Tells each statement at the level TRACE: its text, never its values.
fn traced(mut db: DatabaseConnection, doubt: &Doubt) -> DatabaseConnection {
    let doubt = Arc::clone(doubt);
    db.set_metric_callback(move |info| {
        let (sql, failed) = (info.statement.sql.as_str(), info.failed);
        if failed {
            doubt.store(TESTED_AFTER_FAILURE, Ordering::Relaxed);
        }
        tracing::trace!(target: STATEMENTS, sql, failed, elapsed = ?info.elapsed);
        // After each write of whatever use-case, tests can let the process die. Nothing of it is in other builds.
        fail::fail_point!("written", !sql.starts_with("SELECT"), |_| std::process::abort());
    });
    db
}

fn common(url: &str, pool: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(pool)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_timeout(ACQUIRE_TIMEOUT)
        .sqlx_logging(false);
    options
}

fn sqlite(url: &str, pool: u32, reader: bool) -> ConnectOptions {
    let mut options = common(url, pool);
    // Nothing cuts a connection to a file, so none is ever tested or replaced.
    options.test_before_acquire(false).idle_timeout(None).max_lifetime(None);
    options.map_sqlx_sqlite_opts(move |file: SqliteConnectOptions| {
        let file = file
            .create_if_missing(!reader)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5));
        if reader { file.pragma("query_only", "ON") } else { file }
    });
    options
}

fn postgres(url: &str, (pool, statement): (u32, Duration), reader: bool, doubt: &Doubt) -> ConnectOptions {
    let mut options = common(url, pool);
    options
        .statement_timeout(statement)
        .test_before_acquire_if_idle_for(TEST_AFTER_IDLE);
    options.map_sqlx_postgres_opts(move |server: PgConnectOptions| {
        let server = server.application_name("handover").options([
            ("lock_timeout", LOCK_TIMEOUT),
            // It compiles a statement of many parts, such as the counts of facets, for seconds, and they run for milliseconds.
            ("jit", "off"),
            // A card's statement runs for a tenth of the time that it takes to plan its joins anew, in every order, for each filter's values. The
            // statements join in the order in which they read best, which SQLite is told as well, and a test looks at the plan of each for any values.
            ("plan_cache_mode", "force_generic_plan"),
            ("join_collapse_limit", "1"),
        ]);
        if reader {
            server.options([("default_transaction_read_only", "on")])
        } else {
            server
        }
    });
    let doubt = Arc::clone(doubt);
    options.map_sqlx_postgres_before_acquire(move |connection, _| {
        let left = doubt.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        Box::pin(async move {
            if left.is_ok() {
                connection.ping().await?;
            }
            Ok(true)
        })
    });
    if !reader {
        options.map_sqlx_postgres_pool_opts(end_forgotten_transactions);
    }
    options
}

/// Ends a transaction that nobody owns before its connection serves the next one.
///
/// When the future of `begin()` is dropped after BEGIN was sent, sqlx 0.9.0 has not yet counted the transaction, rolls nothing back, and
/// returns the connection with the transaction open: whatever is "committed" on it afterwards is lost when the connection closes.
/// sqlx does not tell the state the server reported, so each connection is cleaned as it comes back. This happens in sqlx's own task,
/// where it pings anyway, and costs the request nothing; a hook on acquiring would add a round trip to each one.
/// BEGIN stands before ROLLBACK because a bare ROLLBACK without a transaction writes a warning into the server's log each time. In a
/// transaction that failed BEGIN is an error, and the pool then closes the connection.
fn end_forgotten_transactions(pool: PoolOptions<Postgres>) -> PgPoolOptions {
    pool.after_release(|connection, _| {
        Box::pin(async move {
            connection.execute("BEGIN; ROLLBACK").await?;
            Ok(true)
        })
    })
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait, SqliteTransactionMode, TransactionOptions, TransactionTrait};

    use super::*;

    async fn number(db: &impl ConnectionTrait, sql: &str) -> i64 {
        let row = db
            .query_one_raw(sea_orm::Statement::from_string(db.get_database_backend(), sql))
            .await
            .unwrap()
            .unwrap();
        row.try_get_by_index(0).unwrap()
    }

    #[tokio::test]
    async fn sqlite_opens_durable_and_with_a_reader_that_cannot_write() {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}/handover.db", dir.path().display());
        let db = connect(&url, 4).await.unwrap();
        assert_eq!(db.kind, DbKind::Sqlite);
        for handle in [&db.write, &db.read] {
            assert_eq!(number(handle, "PRAGMA synchronous").await, 2);
            assert_eq!(number(handle, "PRAGMA foreign_keys").await, 1);
            assert_eq!(number(handle, "PRAGMA busy_timeout").await, 5_000);
        }
        db.write
            .execute_unprepared("CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (7)")
            .await
            .unwrap();
        assert_eq!(number(&db.read, "SELECT n FROM t").await, 7);
        assert!(db.read.execute_unprepared("INSERT INTO t VALUES (8)").await.is_err());
        assert!(dir.path().join("handover.db-wal").exists());
    }

    #[tokio::test]
    async fn sqlite_readers_do_not_wait_for_a_writer() {
        let dir = tempfile::tempdir().unwrap();
        let db = connect(&format!("sqlite:{}/handover.db", dir.path().display()), 2).await.unwrap();
        db.write.execute_unprepared("CREATE TABLE t (n INTEGER)").await.unwrap();
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        let tx = db.write.begin_with_options(options).await.unwrap();
        tx.execute_unprepared("INSERT INTO t VALUES (1)").await.unwrap();
        assert_eq!(number(&db.read, "SELECT count(*) FROM t").await, 0);
        tx.commit().await.unwrap();
        assert_eq!(number(&db.read, "SELECT count(*) FROM t").await, 1);
    }

    #[tokio::test]
    async fn other_addresses_are_refused() {
        for url in ["", "mysql://localhost/x", "sqlite::memory:", "handover.db"] {
            assert!(connect(url, 1).await.is_err(), "{url}");
        }
        assert!(connect("sqlite:x.db", 0).await.is_err());
    }

    /// The loss that `end_forgotten_transactions` prevents: see there. Runs where `HANDOVER_TEST_POSTGRES` is set.
    #[tokio::test]
    async fn no_acknowledged_write_is_lost_when_a_begin_is_dropped() {
        let Ok(url) = std::env::var("HANDOVER_TEST_POSTGRES") else { return };
        let table = format!("dropped_begin_{}", std::process::id());
        let db = connect(&url, 1).await.unwrap();
        db.write
            .execute_unprepared(&format!("CREATE TABLE {table} (n INTEGER)"))
            .await
            .unwrap();
        let mut acknowledged = 0;
        for n in 0..200 {
            // Time for the connection to be back in the pool, then a begin that is dropped just after BEGIN was sent.
            tokio::time::sleep(Duration::from_millis(2)).await;
            let mut begin = db.write.begin();
            let _ = futures::poll!(&mut begin);
            drop(begin);
            let insert = format!("INSERT INTO {table} VALUES ({n})");
            acknowledged += i64::from(db.write.execute_unprepared(&insert).await.is_ok());
        }
        db.write.close().await.unwrap();
        let db = connect(&url, 1).await.unwrap();
        assert_eq!(number(&db.read, &format!("SELECT count(*) FROM {table}")).await, acknowledged);
        assert!(acknowledged > 150, "{acknowledged}");
        db.write.execute_unprepared(&format!("DROP TABLE {table}")).await.unwrap();
    }

    /// Runs where `HANDOVER_TEST_POSTGRES` is set.
    #[tokio::test]
    async fn postgres_opens_with_its_limits() {
        let Ok(url) = std::env::var("HANDOVER_TEST_POSTGRES") else { return };
        let db = connect(&url, 2).await.unwrap();
        assert_eq!(db.kind, DbKind::Postgres);
        let limits = "SELECT count(*) FROM pg_settings WHERE (name, setting) IN \
            (('statement_timeout', '15000'), ('lock_timeout', '10000'), ('application_name', 'handover'))";
        assert_eq!(number(&db.write, limits).await, 3);
        let patient = connect_patiently(&url).await.unwrap();
        for handle in [&patient.write, &patient.read] {
            let unlimited = "SELECT count(*) FROM pg_settings WHERE name = 'statement_timeout' AND setting = '0'";
            assert_eq!(number(handle, unlimited).await, 1, "whole tables are read for as long as it takes");
        }
    }
}
