//! An admin blacklists somebody, or takes him off the list.

use entity::{audit, kinds::SubjectKind, value::UserId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;
use uuid::Uuid;

use super::enact::blacklist;
use crate::{
    account::face,
    kernel::{
        Claim, Env, Fault, Tx,
        policy::{Admin, Proven},
        text::TextError,
    },
    standing::{self, BlacklistError},
};

/// Whom an admin blacklists or reinstates.
#[derive(Debug, Clone, Serialize)]
pub struct Decision {
    /// Whom.
    pub user: UserId,
    /// Why, 2 to 500 characters: he is told why he was blacklisted.
    pub reason: String,
    /// The admin's idempotency key.
    #[serde(skip)]
    pub key: Uuid,
}

/// Why nothing was decided.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    /// The reason is not taken.
    #[error("reason: {0}")]
    Reason(TextError),
    /// There is no such user.
    #[error("no such user")]
    NotFound,
    /// It is the admin himself.
    #[error("oneself")]
    Oneself,
    /// An admin must lose the role first.
    #[error("an admin must lose the role first")]
    Admin,
    /// Somebody has decided so already.
    #[error("that is so already")]
    Already {
        /// Who, if an admin did; else the operator.
        by: Option<String>,
    },
    /// The key was used for something else.
    #[error("the key was used for other input")]
    KeyReused,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Blacklists somebody, with all that follows from it. Not oneself, and not another admin.
pub async fn add(env: &Env, admin: Proven<Admin>, decision: &Decision) -> Result<UserId, DecisionError> {
    let tx = env.begin().await?;
    if claimed(&tx, &admin, "userBlacklist", decision).await? {
        return Ok(decision.user);
    }
    if let Err(error) = blacklist(&tx, admin.id().0, decision.user, &decision.reason).await {
        return Err(refusal(&tx, *admin, decision.user, error).await?);
    }
    tx.commit().await?;
    Ok(decision.user)
}

/// Takes somebody off the list. His rights come back, and nothing else.
pub async fn lift(env: &Env, admin: Proven<Admin>, decision: &Decision) -> Result<UserId, DecisionError> {
    let tx = env.begin().await?;
    if claimed(&tx, &admin, "userReinstate", decision).await? {
        return Ok(decision.user);
    }
    if let Err(error) = standing::reinstate(&tx, admin.id().0, decision.user, &decision.reason).await {
        return Err(refusal(&tx, *admin, decision.user, error).await?);
    }
    tx.commit().await?;
    tracing::info!(user = %decision.user, admin = %admin.id(), "reinstated");
    Ok(decision.user)
}

/// Claims the key; `true`: this was done before.
async fn claimed(tx: &Tx, admin: &Proven<Admin>, act: &'static str, decision: &Decision) -> Result<bool, DecisionError> {
    match tx.claim(admin.id(), act, decision.key, decision).await? {
        Claim::First(_) if decision.user == admin.id() => Err(DecisionError::Oneself),
        Claim::First(_) => Ok(false),
        Claim::Repeat(_) => Ok(true),
        Claim::UsedForOther => Err(DecisionError::KeyReused),
    }
}

async fn refusal(tx: &Tx, admin: Admin, user: UserId, error: BlacklistError) -> Result<DecisionError, Fault> {
    Ok(match error {
        BlacklistError::NotFound => DecisionError::NotFound,
        BlacklistError::Admin => DecisionError::Admin,
        BlacklistError::Already => DecisionError::Already {
            by: last_decider(tx, admin, user).await?,
        },
        BlacklistError::Reason(why) => DecisionError::Reason(why),
        BlacklistError::Fault(fault) => DecisionError::Fault(fault),
    })
}

/// The name of whoever decided last about somebody, if it was an admin.
async fn last_decider(tx: &Tx, admin: Admin, user: UserId) -> Result<Option<String>, Fault> {
    let last = audit::Entity::find()
        .filter(audit::Column::SubjectId.eq(user.0))
        .filter(audit::Column::SubjectKind.eq(SubjectKind::User))
        .filter(audit::Column::Action.is_in(standing::blacklist::ACTIONS))
        .order_by_desc(audit::Column::At)
        .one(tx.db())
        .await?;
    let Some(last) = last else { return Ok(None) };
    Ok(face::read(tx.db(), UserId(last.actor_id)).await?.map(|face| face.name(admin)))
}
