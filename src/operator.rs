//! What the operator does with accounts, by command line.

use entity::{
    kinds::{Role, SubjectKind},
    second_factor as second_factor_row, user,
    value::UserId,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use crate::{
    account::{second_factor, username},
    blacklist,
    config::Mode,
    kernel::{Env, Fault, Tx, policy::System},
    standing::{self, BlacklistError},
};

/// An act on the account of somebody, by username.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Makes him an admin.
    Grant,
    /// Takes the role of an admin from him.
    Revoke,
    /// Takes his second factor away, so that he can set up another.
    ResetTotp,
    /// Tells the present code of his second factor, in a demonstration.
    Totp,
    /// Blacklists him, for this reason.
    Blacklist(String),
    /// Takes him off the blacklist, for this reason.
    Reinstate(String),
}

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    /// Nobody has this username.
    #[error("nobody has this username")]
    NoSuchUser,
    /// He has that role already, or is blacklisted.
    #[error("he has that role already, or is blacklisted: reinstate him first")]
    Role,
    /// He has no second factor.
    #[error("he has no second factor")]
    NoSecondFactor,
    /// Codes are told in demonstrations only.
    #[error("codes are told in demo mode only; use reset-totp")]
    NotADemonstration,
    /// The blacklist does not change.
    #[error(transparent)]
    Blacklist(#[from] BlacklistError),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Does it, in one transaction with its audit row. Answers what to tell the operator.
pub async fn operate(env: &Env, _: System, name: &str, act: &Act) -> Result<String, OperatorError> {
    let tx = env.begin().await?;
    let user = find(&tx, name).await?;
    let told = match act {
        Act::Grant => give(&tx, user, Role::Admin).await.map(|()| format!("{name} is an administrator.")),
        Act::Revoke => give(&tx, user, Role::Trader)
            .await
            .map(|()| format!("{name} is no administrator any more.")),
        Act::ResetTotp => reset(&tx, user).await.map(|()| format!("{name} has no second factor any more.")),
        Act::Totp => code(&tx, user).await,
        Act::Blacklist(reason) => {
            blacklist::blacklist(&tx, Uuid::nil(), user, reason).await?;
            Ok(format!("{name} is blacklisted."))
        }
        Act::Reinstate(reason) => {
            standing::reinstate(&tx, Uuid::nil(), user, reason).await?;
            Ok(format!("{name} is off the blacklist."))
        }
    }?;
    tx.commit().await?;
    tracing::info!(%user, act = act.name(), "done by the operator");
    Ok(told)
}

impl Act {
    const fn name(&self) -> &'static str {
        match self {
            Self::Grant => "grant",
            Self::Revoke => "revoke",
            Self::ResetTotp => "reset-totp",
            Self::Totp => "totp",
            Self::Blacklist(_) => "blacklist",
            Self::Reinstate(_) => "reinstate",
        }
    }
}

async fn find(tx: &Tx, name: &str) -> Result<UserId, OperatorError> {
    let found = user::Entity::find().filter(user::Column::UsernameKey.eq(username::key(name)));
    let found = found.one(tx.db()).await.map_err(Fault::from)?;
    found.map(|user| user.id).ok_or(OperatorError::NoSuchUser)
}

async fn give(tx: &Tx, user: UserId, role: Role) -> Result<(), OperatorError> {
    if standing::give_role(tx, Uuid::nil(), user, role).await? {
        Ok(())
    } else {
        Err(OperatorError::Role)
    }
}

async fn reset(tx: &Tx, user: UserId) -> Result<(), OperatorError> {
    if !second_factor::remove(tx, user).await? {
        return Err(OperatorError::NoSecondFactor);
    }
    tx.audit(Uuid::nil(), "user.reset_totp", (SubjectKind::User, user.0), &json!({}))
        .await?;
    Ok(standing::wake_sessions(tx, user).await?)
}

async fn code(tx: &Tx, user: UserId) -> Result<String, OperatorError> {
    if tx.env().config().mode == Mode::Production {
        return Err(OperatorError::NotADemonstration);
    }
    let row = second_factor_row::Entity::find_by_id(user)
        .one(tx.db())
        .await
        .map_err(Fault::from)?;
    let row = row.ok_or(OperatorError::NoSecondFactor)?;
    Ok(second_factor::current(tx.env(), &row, tx.now())?)
}
