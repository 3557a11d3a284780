//! Ends deposits that nobody paid.

use entity::deposit::{Column, Entity, Model};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use super::{hear::take, state::Step, store};
use crate::kernel::{Env, Fault, policy::System};

/// How many deposits lapse in one look.
const BATCH: u64 = 100;

/// Lapses deposits that were not paid in 24 hours; a late success is still credited. Answers how many.
pub async fn lapse(env: &Env, _: System) -> Result<u64, Fault> {
    let due = Entity::find()
        .filter(Expr::cust("state = 'OPEN'"))
        .filter(Column::LapsesAt.lte(env.now()))
        .order_by_asc(Column::LapsesAt)
        .limit(BATCH)
        .all(env.db())
        .await?;
    let mut done = 0;
    for deposit in due {
        match one(env, &deposit).await {
            Ok(taken) => done += u64::from(taken),
            Err(error) => tracing::error!(deposit = %deposit.id, %error, "a deposit could not lapse"),
        }
    }
    Ok(done)
}

async fn one(env: &Env, seen: &Model) -> Result<bool, Fault> {
    use entity::kinds::BankEventOutcome;
    let tx = env.begin().await?;
    let deposit = store::lock(&tx, seen.id).await?.filter(|deposit| deposit.lapses_at <= tx.now());
    let Some(deposit) = deposit else { return Ok(false) };
    let lapsed = take(&tx, &deposit, Step::Lapse).await? == BankEventOutcome::Applied;
    tx.commit().await?;
    Ok(lapsed)
}
