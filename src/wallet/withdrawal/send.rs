//! Sends what may go out.

use entity::{
    kinds::{BankEventOutcome, WithdrawalState},
    withdrawal::{Column, Entity, Model},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{deliver::deliver, hear::take, state::Step, store};
use crate::{
    kernel::{Env, Fault, policy::System},
    standing,
    wallet::payout_account::{self, Destination},
};

/// How many withdrawals are sent in one look.
const BATCH: u64 = 100;

/// Sends each approved withdrawal whose time has come. Answers how many the bank heard of.
pub async fn send(env: &Env, _: System) -> Result<u64, Fault> {
    let due = Entity::find()
        .filter(Column::State.eq(WithdrawalState::Approved))
        .filter(Column::DueAt.lte(env.now()))
        .order_by_asc(Column::DueAt)
        .limit(BATCH)
        .all(env.db())
        .await?;
    let mut sent = 0;
    for withdrawal in due {
        match one(env, &withdrawal).await {
            Ok(true) => sent += 1,
            Ok(false) => {}
            Err(error) => tracing::error!(withdrawal = %withdrawal.id, %error, "a withdrawal could not be sent"),
        }
    }
    Ok(sent)
}

async fn one(env: &Env, seen: &Model) -> Result<bool, Fault> {
    match mark(env, seen).await? {
        Some(to) => deliver(env, seen, to).await,
        None => Ok(false),
    }
}

/// Marks a withdrawal as sent before the bank is called: whatever happens then, it is never taken back and paid as well.
async fn mark(env: &Env, seen: &Model) -> Result<Option<Destination>, Fault> {
    let tx = env.begin().await?;
    let owner = standing::hold(&tx, &[seen.user_id]).await?;
    let Some(withdrawal) = store::lock(&tx, seen.id)
        .await?
        .filter(|now| now.due_at.is_some_and(|due| due <= tx.now()))
    else {
        return Ok(None);
    };
    let until = owner
        .first()
        .and_then(|owner| owner.withdraw_after)
        .filter(|until| *until > tx.now());
    if let Some(until) = until.filter(|_| withdrawal.state == WithdrawalState::Approved) {
        store::put_off(&tx, withdrawal.id, until).await?;
        tx.commit().await?;
        return Ok(None);
    }
    let to = payout_account::destination(&tx, withdrawal.payout_account_id).await?;
    if take(&tx, &withdrawal, Step::Send, store::Stamp::default()).await? != BankEventOutcome::Applied {
        return Ok(None);
    }
    tx.commit().await?;
    Ok(Some(to))
}
