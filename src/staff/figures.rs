//! Figures of a time: trade, disputes, users, money, queues. Each is one bounded statement, and all are reckoned at most once a minute.

use std::time::Duration;

use entity::{
    kinds::{AccountKind, OrderState, OrderStepKind},
    value::{Money, Time},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};

use crate::{
    kernel::{Env, Fault, policy::Admin, sql},
    wallet::ledger,
};

/// The longest time that is looked over, in days.
pub const DAYS_AT_MOST: i64 = 366;
/// How long an answer is told again.
const KEPT: Duration = Duration::from_secs(60);
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// Why there are none.
#[derive(Debug, thiserror::Error)]
pub enum FiguresError {
    /// The time ends before it begins, or is too long.
    #[error("no such time")]
    Time,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The figures of a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// When they were reckoned.
    pub at: Time,
    /// How many of the orders placed in the time are in each state now.
    pub orders: Vec<(OrderState, i64)>,
    /// How often each of the steps of returns and disputes was taken in the time.
    pub steps: Vec<(OrderStepKind, i64)>,
    /// Each day of the time, counted from its beginning.
    pub days: Vec<Day>,
    /// The users as they are now.
    pub users: Users,
    /// What is in the accounts of each kind now. All together is nothing.
    pub money: Vec<(AccountKind, Money)>,
}

/// One day of the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// When it begins.
    pub from: Time,
    /// How many orders were placed.
    pub placed: i64,
    /// How many orders were completed.
    pub completed: i64,
    /// What the completed ones cost.
    pub volume: Money,
    /// What the platform earned on them.
    pub fees: Money,
    /// How many users signed up.
    pub signed_up: i64,
}

/// The users as they are now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, FromQueryResult)]
pub struct Users {
    /// All that have not closed their accounts.
    pub total: i64,
    /// Whose real name is verified.
    pub verified: i64,
    /// The blacklisted.
    pub blacklisted: i64,
    /// The admins.
    pub admins: i64,
    /// Whose wallet is frozen.
    pub frozen: i64,
}

/// The figures of a time from `from` to before `to`, both taken to the minute before.
pub async fn figures(env: &Env, _right: Admin, from: Time, to: Time) -> Result<Figures, FiguresError> {
    let (from, to) = (whole_minute(from), whole_minute(to));
    if from >= to || to.0 - from.0 > DAYS_AT_MOST * DAY {
        return Err(FiguresError::Time);
    }
    let key = format!("figures:{}:{}", from.0, to.0);
    // Without the cache they are reckoned each time.
    let kept = env.cache().get(&key).await.unwrap_or_default();
    if let Some(known) = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
        return Ok(known);
    }
    let figures = reckon(env, from, to).await?;
    let bytes = serde_json::to_vec(&figures).map_err(Fault::internal)?;
    if let Err(error) = env.cache().set(&key, &bytes, KEPT).await {
        tracing::warn!(%error, "the figures are not kept");
    }
    Ok(figures)
}

const fn whole_minute(at: Time) -> Time {
    Time(at.0 - at.0.rem_euclid(MINUTE))
}

async fn reckon(env: &Env, from: Time, to: Time) -> Result<Figures, Fault> {
    let db = env.db();
    Ok(Figures {
        at: env.now(),
        orders: orders(db, from, to).await?,
        steps: steps(db, from, to).await?,
        days: days(db, from, to).await?,
        users: users(db).await?,
        money: ledger::by_kind(db).await?,
    })
}

async fn orders<C: ConnectionTrait>(db: &C, from: Time, to: Time) -> Result<Vec<(OrderState, i64)>, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        state: OrderState,
        count: i64,
    }
    let select = "SELECT state, COUNT(*) AS count FROM orders WHERE placed_at >= $1 AND placed_at < $2 GROUP BY state ORDER BY state";
    let rows: Vec<Row> = sql::all(db, select, vec![from.into(), to.into()]).await?;
    Ok(rows.into_iter().map(|row| (row.state, row.count)).collect())
}

async fn steps<C: ConnectionTrait>(db: &C, from: Time, to: Time) -> Result<Vec<(OrderStepKind, i64)>, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        kind: OrderStepKind,
        count: i64,
    }
    let select = "SELECT kind, COUNT(*) AS count FROM order_steps \
                  WHERE kind IN ('RETURN_REQUESTED', 'RETURN_REFUSED', 'REFUNDED', 'SPLIT') AND at >= $1 AND at < $2 GROUP BY kind ORDER BY kind";
    let rows: Vec<Row> = sql::all(db, select, vec![from.into(), to.into()]).await?;
    Ok(rows.into_iter().map(|row| (row.kind, row.count)).collect())
}

/// What is counted of a day.
#[derive(FromQueryResult)]
struct Counted {
    day: i64,
    count: i64,
    volume: i64,
    fees: i64,
}

async fn days<C: ConnectionTrait>(db: &C, from: Time, to: Time) -> Result<Vec<Day>, Fault> {
    let count = (to.0 - from.0 + DAY - 1) / DAY;
    let mut days: Vec<Day> = (0..count).map(|day| empty(from.plus_millis(day * DAY))).collect();
    let placed = counted(db, "orders", "placed_at", "price, fee", "TRUE", from, to).await?;
    each(&mut days, placed, |day, row| day.placed = row.count);
    let completed = counted(db, "orders", "ended_at", "price, fee", "state = 'COMPLETED'", from, to).await?;
    each(&mut days, completed, |day, row| {
        (day.completed, day.volume, day.fees) = (row.count, Money(row.volume), Money(row.fees));
    });
    let signed_up = counted(db, "users", "created_at", "0 AS price, 0 AS fee", "TRUE", from, to).await?;
    each(&mut days, signed_up, |day, row| day.signed_up = row.count);
    Ok(days)
}

const fn empty(from: Time) -> Day {
    Day {
        from,
        placed: 0,
        completed: 0,
        volume: Money::ZERO,
        fees: Money::ZERO,
        signed_up: 0,
    }
}

fn each(days: &mut [Day], rows: Vec<Counted>, note: impl Fn(&mut Day, &Counted)) {
    for row in rows {
        let at = usize::try_from(row.day).ok();
        if let Some(day) = at.and_then(|at| days.get_mut(at)) {
            note(day, &row);
        }
    }
}

async fn counted<C: ConnectionTrait>(
    db: &C,
    table: &str,
    at: &str,
    amounts: &str,
    which: &str,
    from: Time,
    to: Time,
) -> Result<Vec<Counted>, Fault> {
    let select = format!(
        "SELECT q.day AS day, COUNT(*) AS count, CAST(COALESCE(SUM(q.price), 0) AS bigint) AS volume, CAST(COALESCE(SUM(q.fee), 0) AS bigint) AS fees \
         FROM (SELECT ({at} - $1) / {DAY} AS day, {amounts} FROM {table} WHERE {at} >= $1 AND {at} < $2 AND {which}) AS q GROUP BY q.day"
    );
    sql::all(db, &select, vec![from.into(), to.into()]).await
}

async fn users<C: ConnectionTrait>(db: &C) -> Result<Users, Fault> {
    let select = "SELECT COUNT(*) AS total, COUNT(CASE WHEN verified THEN 1 END) AS verified, \
                  COUNT(CASE WHEN blacklisted THEN 1 END) AS blacklisted, COUNT(CASE WHEN role = 'ADMIN' THEN 1 END) AS admins, \
                  (SELECT COUNT(*) FROM ledger_accounts WHERE frozen > 0) AS frozen FROM standing WHERE closed_at IS NULL";
    let rows: Vec<Users> = sql::all(db, select, Vec::new()).await?;
    rows.into_iter().next().ok_or_else(|| Fault::internal("a count gave no row"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_taken_to_whole_minutes() {
        assert_eq!(whole_minute(Time(MINUTE * 7 + 59_999)), Time(MINUTE * 7));
        assert_eq!(whole_minute(Time(-1)), Time(-MINUTE));
    }

    #[test]
    fn what_is_counted_of_no_day_of_the_time_is_left_out() {
        let mut days = vec![empty(Time(0))];
        let row = |day| Counted {
            day,
            count: 3,
            volume: 0,
            fees: 0,
        };
        each(&mut days, vec![row(0), row(1), row(-1)], |day, row| day.placed = row.count);
        assert_eq!(
            days,
            [Day {
                placed: 3,
                ..empty(Time(0))
            }]
        );
    }
}
