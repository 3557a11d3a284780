//! A second admin takes what another proposed, or gives it back.

use entity::{
    kinds::SubjectKind,
    money_decision::{Entity, Model},
    value::MoneyDecisionId,
};
use sea_orm::{EntityTrait, QuerySelect};
use serde_json::json;

use super::{
    DECISIONS_MOVED, DecideError,
    decide::{decider, is_waiting, own_matter},
    list::{Card, get},
};
use crate::{
    kernel::{Env, Fault, Tx, claim::Waiting, policy::Admin},
    wallet::claim::{ClaimError, claimer},
};

/// Where decisions wait for a second admin.
const WAITING: Waiting = Waiting {
    table: "money_decisions",
    waits: "state = 'OPEN'",
};

/// Takes a decision for four hours, so that no two admins look at it. Not one's own proposal; claiming again begins the time anew.
pub async fn claim(env: &Env, admin: Admin, id: MoneyDecisionId) -> Result<Card, ClaimError> {
    let tx = env.begin().await?;
    let row = lock(&tx, id).await?;
    if row.proposed_by == admin.id() {
        return Err(ClaimError::Own);
    }
    if !is_waiting(&row, tx.now()) {
        let by = decider(&tx, &row, admin).await?;
        return Err(ClaimError::AlreadyDecided { by });
    }
    match own_matter(&tx, &row, admin.id()).await {
        Ok(()) => {}
        Err(DecideError::Fault(fault)) => return Err(fault.into()),
        Err(_) => return Err(ClaimError::Own),
    }
    if !WAITING.take(&tx, id.0, admin.id()).await? {
        let by = claimer(&tx, (row.claimed_by, row.claimed_at), admin).await?;
        return Err(ClaimError::Claimed {
            by: by.unwrap_or_default(),
        });
    }
    done(tx, admin, id, "money_claim").await
}

/// Gives a decision back to the queue. What is not one's own claim stays as it is.
pub async fn release(env: &Env, admin: Admin, id: MoneyDecisionId) -> Result<Card, ClaimError> {
    let tx = env.begin().await?;
    lock(&tx, id).await?;
    if WAITING.give_back(&tx, id.0, admin.id()).await? {
        return done(tx, admin, id, "money_release").await;
    }
    Ok(get(&tx, id).await?)
}

async fn lock(tx: &Tx, id: MoneyDecisionId) -> Result<Model, ClaimError> {
    let row = Entity::find_by_id(id).lock_exclusive().one(tx.db()).await.map_err(Fault::from)?;
    row.ok_or(ClaimError::NotFound)
}

async fn done(tx: Tx, admin: Admin, id: MoneyDecisionId, act: &str) -> Result<Card, ClaimError> {
    tx.emit(DECISIONS_MOVED);
    tx.audit(admin.id().0, act, (SubjectKind::MoneyDecision, id.0), &json!({})).await?;
    let card = get(&tx, id).await?;
    tx.commit().await?;
    Ok(card)
}
