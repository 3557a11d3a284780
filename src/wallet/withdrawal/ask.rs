//! Asks the bank about withdrawals whose webhook may be lost.

use entity::{
    kinds::{BankDifferenceKind, WithdrawalState},
    withdrawal::{Column, Entity, Model},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    deliver::{deliver, note},
    state::{next_ask, next_ask_after_paid},
    store,
};
use crate::{
    kernel::{Env, Fault, policy::System},
    wallet::{payout_account, reconcile},
};

/// How many withdrawals are asked about in one look.
const BATCH: u64 = 100;

/// Asks the bank about each withdrawal whose time has come: 5 minutes, 30 minutes and 2 hours after it was sent, then daily; once it was
/// paid, daily for a week. One that the bank never heard of is sent again. Answers how many were asked about.
pub async fn ask(env: &Env, _: System) -> Result<u64, Fault> {
    let due = Entity::find()
        .filter(Column::State.is_in([WithdrawalState::Sent, WithdrawalState::Paid]))
        .filter(Column::DueAt.lte(env.now()))
        .order_by_asc(Column::DueAt)
        .limit(BATCH)
        .all(env.db())
        .await?;
    let mut asked = 0;
    for withdrawal in due {
        match one(env, &withdrawal).await {
            Ok(Asked::Heard) => asked += 1,
            Ok(Asked::ByAnother) => {}
            // The rest would wait for the same silence; their time comes again.
            Ok(Asked::Silence) => break,
            Err(error) => tracing::error!(withdrawal = %withdrawal.id, %error, "the bank's word on a withdrawal could not be noted"),
        }
    }
    Ok(asked)
}

/// What came of a question.
enum Asked {
    Heard,
    Silence,
    ByAnother,
}

async fn one(env: &Env, withdrawal: &Model) -> Result<Asked, Fault> {
    let tx = env.begin().await?;
    let since = withdrawal.ended_at.or(withdrawal.sent_at).unwrap_or(withdrawal.created_at);
    let next = if withdrawal.state == WithdrawalState::Paid {
        next_ask_after_paid(since, tx.now())
    } else {
        next_ask(since, tx.now())
    };
    if !store::take_ask(&tx, withdrawal, next).await? {
        return Ok(Asked::ByAnother);
    }
    if withdrawal.state == WithdrawalState::Sent && next.is_none() {
        // Asked for a month: from here on it is a person's to find out.
        reconcile::note(&tx, BankDifferenceKind::Silence, withdrawal.id.0, "", None).await?;
    }
    let to = payout_account::destination(&tx, withdrawal.payout_account_id).await?;
    tx.commit().await?;
    match env.bank().payout(withdrawal.id.0).await {
        Ok(Some(answer)) => drop(note(env, withdrawal.id, &answer).await?),
        // It never heard of it: our call was lost.
        Ok(None) if withdrawal.state == WithdrawalState::Sent => {
            if !deliver(env, withdrawal, to).await? {
                return Ok(Asked::Silence);
            }
        }
        Ok(None) => tracing::error!(withdrawal = %withdrawal.id, "the bank does not know a payout that it said it had paid"),
        Err(error) => {
            tracing::warn!(withdrawal = %withdrawal.id, %error, "the bank said nothing about a withdrawal");
            return Ok(Asked::Silence);
        }
    }
    Ok(Asked::Heard)
}
