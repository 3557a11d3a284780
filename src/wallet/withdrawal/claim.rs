//! An admin takes a withdrawal to look at, or gives it back.

use entity::{
    kinds::{SubjectKind, WithdrawalState},
    value::WithdrawalId,
};
use serde_json::json;

use super::{
    approve::decider,
    card::{self, Card},
    store::{self, WITHDRAWALS_MOVED},
};
use crate::{
    kernel::{Env, Tx, claim::Waiting, policy::Admin},
    wallet::claim::{ClaimError, claimer},
};

/// Where withdrawals wait for an admin.
const WAITING: Waiting = Waiting {
    table: "withdrawals",
    waits: "state = 'REQUESTED'",
};

/// Takes a withdrawal for four hours, so that no two admins look at it. Not one's own; claiming again begins the time anew.
pub async fn claim(env: &Env, admin: Admin, id: WithdrawalId) -> Result<Card, ClaimError> {
    let tx = env.begin().await?;
    let row = store::lock(&tx, id).await?.ok_or(ClaimError::NotFound)?;
    if row.user_id == admin.id() {
        return Err(ClaimError::Own);
    }
    if row.state != WithdrawalState::Requested {
        let by = decider(&tx, &row, admin).await?;
        return Err(ClaimError::AlreadyDecided { by });
    }
    if !WAITING.take(&tx, id.0, admin.id()).await? {
        let by = claimer(&tx, (row.claimed_by, row.claimed_at), admin).await?;
        return Err(ClaimError::Claimed {
            by: by.unwrap_or_default(),
        });
    }
    done(tx, admin, id, "withdrawal_claim").await
}

/// Gives a withdrawal back to the queue. What is not one's own claim stays as it is.
pub async fn release(env: &Env, admin: Admin, id: WithdrawalId) -> Result<Card, ClaimError> {
    let tx = env.begin().await?;
    store::lock(&tx, id).await?.ok_or(ClaimError::NotFound)?;
    if WAITING.give_back(&tx, id.0, admin.id()).await? {
        return done(tx, admin, id, "withdrawal_release").await;
    }
    Ok(card::get(&tx, id).await?)
}

async fn done(tx: Tx, admin: Admin, id: WithdrawalId, act: &str) -> Result<Card, ClaimError> {
    tx.emit(WITHDRAWALS_MOVED);
    tx.audit(admin.id().0, act, (SubjectKind::Withdrawal, id.0), &json!({})).await?;
    let card = card::get(&tx, id).await?;
    tx.commit().await?;
    Ok(card)
}
