//! The queues in which things wait for admins: one table, a row a queue.

use entity::{
    kinds::{QueueKind, SubjectKind},
    value::{Time, UserId},
};
use sea_orm::Iterable;

use crate::kernel::{Env, Fault, claim::lapsed, policy::Admin, sql};

/// Things are counted up to this many.
pub const COUNTED: i64 = 1_000;

/// Where the things of a queue are. The rows have the columns `claimed_by` and `claimed_at` (`kernel/claim.rs`).
#[derive(Debug, Clone, Copy)]
pub(super) struct Queue {
    /// Which queue.
    pub kind: QueueKind,
    /// The table of its things.
    pub table: &'static str,
    /// The column of their ids.
    pub id: &'static str,
    /// What says since when one waits: a column, or an expression. There is an index for those that wait.
    pub since: &'static str,
    /// The condition under which one waits.
    pub waits: &'static str,
    /// What one of them is, to those who are told of it.
    pub subject: SubjectKind,
}

/// The table. A new kind of queue does not compile without its row.
pub(super) const fn row(kind: QueueKind) -> Queue {
    let (table, id, since, waits, subject) = match kind {
        QueueKind::Listings => ("listings", "id", "submitted_at", "state = 'IN_REVIEW'", SubjectKind::Listing),
        QueueKind::Verifications => ("identities", "user_id", "submitted_at", "state = 'PENDING'", SubjectKind::User),
        QueueKind::Withdrawals => ("withdrawals", "id", "created_at", "state = 'REQUESTED'", SubjectKind::Withdrawal),
        QueueKind::BankDifferences => (
            "bank_differences",
            "id",
            "found_at",
            "resolved_at IS NULL",
            SubjectKind::BankDifference,
        ),
        QueueKind::MoneyDecisions => ("money_decisions", "id", "proposed_at", "state = 'OPEN'", SubjectKind::MoneyDecision),
        // A claim waits for its seller first.
        QueueKind::Cases => (
            "cases",
            "id",
            "COALESCE(answered_at, answer_due_at, opened_at)",
            "closed_at IS NULL AND state IN ('IN_REVIEW', 'FINAL_RULING')",
            SubjectKind::Case,
        ),
        QueueKind::Reports => ("reports", "id", "opened_at", "decided_at IS NULL", SubjectKind::Report),
    };
    Queue {
        kind,
        table,
        id,
        since,
        waits,
        subject,
    }
}

/// How a queue stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueState {
    /// Which queue.
    pub kind: QueueKind,
    /// How many things wait, up to [`COUNTED`]; that many means that many or more.
    pub waiting: i64,
    /// How many of them an admin has.
    pub claimed: i64,
    /// How many of them this admin has.
    pub mine: i64,
    /// Since when the oldest waits.
    pub oldest_at: Option<Time>,
}

/// How every queue stands, as this admin sees it.
pub async fn queues(env: &Env, admin: Admin) -> Result<Vec<QueueState>, Fault> {
    let mut states = Vec::new();
    for kind in QueueKind::iter() {
        states.push(queue(env, admin, kind).await?);
    }
    Ok(states)
}

/// How one queue stands, as this admin sees it.
pub async fn queue(env: &Env, admin: Admin, kind: QueueKind) -> Result<QueueState, Fault> {
    state(env, admin.id(), kind).await
}

async fn state(env: &Env, admin: UserId, kind: QueueKind) -> Result<QueueState, Fault> {
    let Queue { table, since, waits, .. } = row(kind);
    let count = format!(
        "SELECT COUNT(*) AS waiting, COUNT(CASE WHEN q.claimed_at > $1 THEN 1 END) AS claimed, \
         COUNT(CASE WHEN q.claimed_at > $1 AND q.claimed_by = $2 THEN 1 END) AS mine, MIN(q.since) AS oldest_at \
         FROM (SELECT {since} AS since, claimed_at, claimed_by FROM {table} WHERE {waits} ORDER BY {since} LIMIT {COUNTED}) AS q"
    );
    let row = sql::one(env.db(), &count, vec![lapsed(env.now()).into(), admin.into()]).await?;
    let row = row.ok_or_else(|| Fault::internal("a count gave no row"))?;
    Ok(QueueState {
        kind,
        waiting: row.try_get("", "waiting")?,
        claimed: row.try_get("", "claimed")?,
        mine: row.try_get("", "mine")?,
        oldest_at: row.try_get("", "oldest_at")?,
    })
}
