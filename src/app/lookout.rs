//! The watchman: looks at the parts of the house for `/readyz` and `/metrics`.

use std::{fs, time::Duration};

use async_trait::async_trait;
use entity::value::Time;
use sea_orm::DatabaseConnection;
use tokio::time::timeout;

use crate::{
    http::health::{Gauge, Part, Watchman},
    kernel::{Env, Fault, sql},
};

/// A part that takes longer to answer is away.
const ANSWER_WITHIN: Duration = Duration::from_millis(2_500);

/// Every wait that a timer ends: its name, and the table and column that say when. An index serves each.
const TIMERS: [(&str, &str, &str); 10] = [
    ("orders", "orders", "due_at"),
    ("settling", "orders", "settles_at"),
    ("offers", "offers", "due_at"),
    ("deposits", "deposits", "ask_at"),
    ("unpaid_deposits", "deposits", "lapses_at"),
    ("withdrawals", "withdrawals", "due_at"),
    ("cases", "cases", "due_at"),
    ("rulings", "case_rulings", "due_at"),
    ("money_decisions", "money_decisions", "due_at"),
    ("identities", "identities", "lapses_at"),
];

/// What waits to be done: events with reactions, and mails of both kinds.
const OUTBOX: &str = "SELECT COUNT(*) AS waiting, MIN(due_at) AS oldest FROM outbox WHERE due_at <= $1";
const MAILS: &str = "SELECT COUNT(*) AS waiting, MIN(due_at) AS oldest FROM (SELECT due_at FROM notice_mails WHERE due_at <= $1 \
                     UNION ALL SELECT due_at FROM letters WHERE due_at <= $1) mails";

/// Who looks.
pub(super) struct Lookout(pub Env);

#[async_trait]
impl Watchman for Lookout {
    async fn parts(&self) -> Vec<Part> {
        let (database, cache) = tokio::join!(self.database(), self.cache());
        let redis = &self.0.config().redis;
        let part = |name, up, essential| Part { name, up, essential };
        vec![
            part("database", database, true),
            part("cache", cache, redis.essential),
            part("bus", self.0.bus().healthy(), false),
        ]
    }

    async fn gauges(&self) -> Vec<Gauge> {
        let mut all = self.database_gauges().await.unwrap_or_else(|fault| {
            tracing::warn!(%fault, "the database's figures cannot be read");
            Vec::new()
        });
        all.extend(self.pool_gauges());
        all.extend(process_gauges());
        all
    }
}

impl Lookout {
    /// In a task of its own: a look that is given up must not leave a connection half-way.
    async fn database(&self) -> bool {
        let env = self.0.clone();
        let look = tokio::spawn(async move { sql::one(env.db(), "SELECT 1 AS one", vec![]).await.is_ok() });
        matches!(timeout(ANSWER_WITHIN, look).await, Ok(Ok(true)))
    }

    async fn cache(&self) -> bool {
        matches!(timeout(ANSWER_WITHIN, self.0.cache().get("ready")).await, Ok(Ok(_)))
    }

    async fn database_gauges(&self) -> Result<Vec<Gauge>, Fault> {
        let (db, now) = (self.0.db(), self.0.now());
        let late = |oldest: Option<i64>| oldest.map_or(0, |oldest| (now.0 - oldest).max(0));
        let (events, oldest_event) = waiting(db, OUTBOX, now).await?;
        let (mails, oldest_mail) = waiting(db, MAILS, now).await?;
        let mut all = vec![
            gauge("outbox_waiting", "Events whose reactions are due", events),
            seconds(
                "outbox_lag_seconds",
                "How long the oldest event waits for its reactions, in seconds",
                late(oldest_event),
            ),
            gauge("mails_waiting", "Mails that are due", mails),
            seconds(
                "mails_lag_seconds",
                "How long the oldest mail waits to be sent, in seconds",
                late(oldest_mail),
            ),
        ];
        for (name, table, column) in TIMERS {
            let late = late(oldest(db, table, column, now).await?);
            let mut gauge = seconds(
                "timer_late_seconds",
                "How late the most overdue wait of a timer is, in seconds",
                late,
            );
            gauge.label = ("timer", name.to_owned());
            all.push(gauge);
        }
        Ok(all)
    }

    fn pool_gauges(&self) -> Vec<Gauge> {
        let (all, idle) = self.0.connections();
        let busy = all.saturating_sub(idle);
        let all = [("idle", idle), ("busy", busy)].map(|(state, count)| Gauge {
            label: ("state", state.to_owned()),
            ..gauge(
                "database_connections",
                "Connections to the database, those that read and those that write",
                i64::try_from(count).unwrap_or(i64::MAX),
            )
        });
        all.into()
    }
}

/// How much is due by now, and since when the oldest of it is.
async fn waiting(db: &DatabaseConnection, query: &str, now: Time) -> Result<(i64, Option<i64>), Fault> {
    let row = sql::one(db, query, vec![now.into()]).await?;
    let row = row.ok_or_else(|| Fault::internal("a count gave no row"))?;
    Ok((row.try_get("", "waiting")?, row.try_get("", "oldest")?))
}

async fn oldest(db: &DatabaseConnection, table: &str, column: &str, now: Time) -> Result<Option<i64>, Fault> {
    // The time of a deposit is kept when it is paid or lapsed; of all others it goes with the wait.
    let of_open = if (table, column) == ("deposits", "lapses_at") {
        " AND state = 'OPEN'"
    } else {
        ""
    };
    let query = format!("SELECT MIN({column}) AS oldest FROM {table} WHERE {column} <= $1{of_open}");
    let row = sql::one(db, &query, vec![now.into()]).await?;
    Ok(row.ok_or_else(|| Fault::internal("a minimum gave no row"))?.try_get("", "oldest")?)
}

/// What the system says of this process.
fn process_gauges() -> Vec<Gauge> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse::<i64>().ok()
    };
    let mut all = Vec::new();
    all.extend(of("VmRSS:").map(|kib| gauge("resident_memory_bytes", "Memory of the process", kib * 1024)));
    all.extend(of("Threads:").map(|count| gauge("threads", "Threads of the process", count)));
    let files = fs::read_dir("/proc/self/fd").map(Iterator::count).ok();
    all.extend(
        files
            .and_then(|count| i64::try_from(count).ok())
            .map(|count| gauge("open_files", "Open files and sockets of the process", count)),
    );
    all
}

fn gauge(name: &'static str, help: &'static str, value: i64) -> Gauge {
    seconds(name, help, value.saturating_mul(1_000))
}

fn seconds(name: &'static str, help: &'static str, ms: i64) -> Gauge {
    #[expect(clippy::cast_precision_loss, reason = "a figure to look at; whole numbers are exact up to 2^53")]
    let value = ms as f64 / 1_000.0;
    Gauge {
        name,
        help,
        label: ("", String::new()),
        value,
    }
}
