//! The daily comparison.

use super::{
    ask::{AskError, settle},
    book, store,
};
use crate::kernel::{Env, Fault, policy::System, port::BankError, sql};

/// How many hours after one run the next begins.
const EVERY_HOURS: i64 = 24;
/// How many hours later a run that could not be done is tried again.
const AGAIN_HOURS: i64 = 1;

/// Compares both books, if a day has passed: copies the bank's, and asks again about whatever does not agree. Answers how many differences
/// are left, with those about which nothing could be found out: they are asked about again in an hour. One at a time, on any number of replicas.
pub async fn run(env: &Env, _: System) -> Result<u64, Fault> {
    // A look without a transaction, since mostly it is not time: on SQLite one writes at a time.
    let look = "SELECT 1 AS one FROM bank_reconciliation WHERE id = 1 AND due_at <= $1";
    if sql::one(env.db(), look, vec![env.now().into()]).await?.is_none() {
        return Ok(0);
    }
    let tx = env.begin().await?;
    let take = "UPDATE bank_reconciliation SET due_at = $2 WHERE id = 1 AND due_at <= $1";
    let again = tx.now().plus_hours(AGAIN_HOURS);
    if sql::run(tx.db(), take, vec![tx.now().into(), again.into()]).await? == 0 {
        return Ok(0);
    }
    tx.commit().await?;
    match compare(env).await {
        Ok(Compared { compared, found, missed }) => {
            let tx = env.begin().await?;
            let wait = if missed == 0 { EVERY_HOURS } else { AGAIN_HOURS };
            let done = "UPDATE bank_reconciliation SET due_at = $2, done_at = $1, compared = $3, found = $4 WHERE id = 1";
            let values = vec![
                tx.now().into(),
                tx.now().plus_hours(wait).into(),
                i64::try_from(compared).map_err(Fault::internal)?.into(),
                i64::try_from(found).map_err(Fault::internal)?.into(),
            ];
            sql::run(tx.db(), done, values).await?;
            tx.commit().await?;
            tracing::info!(compared, found, missed, "both books were compared");
            Ok(found + missed)
        }
        Err(error) => {
            tracing::warn!(%error, "the books could not be compared; it is tried again in an hour");
            Ok(0)
        }
    }
}

/// What came of a comparison.
struct Compared {
    /// How many lines of the bank's book were copied.
    compared: u64,
    /// How many differences wait for an admin.
    found: u64,
    /// About how many nothing could be found out.
    missed: u64,
}

async fn compare(env: &Env) -> Result<Compared, anyhow::Error> {
    let compared = book::copy(env).await?;
    let mut suspects = book::suspects(env).await?;
    suspects.extend(store::open_subjects(env.db()).await?);
    suspects.sort_unstable();
    suspects.dedup();
    let (mut found, mut missed) = (0, 0);
    for subject in suspects {
        match settle(env, subject).await {
            Ok(agrees) => found += u64::from(!agrees),
            // A bank that is away answers about none.
            Err(error @ AskError::Bank(BankError::Unreachable(..))) => return Err(error.into()),
            // The others do not wait for it.
            Err(error) => {
                tracing::error!(%subject, %error, "what differs could not be settled by asking; it is tried again in an hour");
                missed += 1;
            }
        }
    }
    Ok(Compared { compared, found, missed })
}
