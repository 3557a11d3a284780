//! The daily comparison.

use super::{ask::settle, book, store};
use crate::kernel::{Env, Fault, policy::System, sql};

/// How many hours after one run the next begins.
const EVERY_HOURS: i64 = 24;
/// How many hours later a run that could not be done is tried again.
const AGAIN_HOURS: i64 = 1;

/// Compares both books, if a day has passed: copies the bank's, and asks again about whatever does not agree. Answers how many differences
/// are left. One at a time, on any number of replicas.
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
        Ok((compared, found)) => {
            let tx = env.begin().await?;
            let done = "UPDATE bank_reconciliation SET due_at = $2, done_at = $1, compared = $3, found = $4 WHERE id = 1";
            let values = vec![
                tx.now().into(),
                tx.now().plus_hours(EVERY_HOURS).into(),
                i64::try_from(compared).map_err(Fault::internal)?.into(),
                i64::try_from(found).map_err(Fault::internal)?.into(),
            ];
            sql::run(tx.db(), done, values).await?;
            tx.commit().await?;
            tracing::info!(compared, found, "both books were compared");
            Ok(found)
        }
        Err(error) => {
            tracing::warn!(%error, "the books could not be compared; it is tried again in an hour");
            Ok(0)
        }
    }
}

async fn compare(env: &Env) -> Result<(u64, u64), anyhow::Error> {
    let compared = book::copy(env).await?;
    let mut suspects = book::suspects(env).await?;
    suspects.extend(store::open_subjects(env.db()).await?);
    suspects.sort_unstable();
    suspects.dedup();
    let mut found = 0;
    for subject in suspects {
        found += u64::from(!settle(env, subject).await?);
    }
    Ok((compared, found))
}
