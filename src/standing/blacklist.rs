//! The blacklist: who is left with deposit, withdrawal and system messages.

use std::ops::RangeInclusive;

use entity::{
    kinds::{Role, SubjectKind},
    standing,
    value::UserId,
};
use sea_orm::EntityTrait;
use serde_json::json;
use uuid::Uuid;

use super::sessions;
use crate::kernel::{
    Event, Fault, Tx, sql,
    text::{TextError, clean_text},
};

/// What the audit log calls the two decisions.
pub const ACTIONS: [&str; 2] = ["user.blacklist", "user.reinstate"];

/// Characters of a reason.
pub const REASON: RangeInclusive<usize> = 2..=500;

/// Why nobody was put on the list or taken off it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BlacklistError {
    /// There is no such user.
    #[error("there is no such user")]
    NotFound,
    /// An admin must lose the role first.
    #[error("an admin must lose the role first")]
    Admin,
    /// He is on the list already, or is not on it.
    #[error("that is so already")]
    Already,
    /// The reason is not taken.
    #[error("reason: {0}")]
    Reason(#[from] TextError),
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Blacklists a user, with a reason that he is told. `by` decides: an admin, or nil for the operator. The caller's transaction also holds what
/// follows from it for his trades. It writes the standing row, so it comes before listings and orders.
pub async fn blacklist(tx: &Tx, by: Uuid, user: UserId, reason: &str) -> Result<(), BlacklistError> {
    let reason = clean_text(reason, REASON)?;
    let list = "UPDATE standing SET blacklisted = TRUE, blacklist_reason = $2, version = version + 1 \
                WHERE user_id = $1 AND NOT blacklisted AND role <> 'ADMIN'";
    if sql::run(tx.db(), list, vec![user.into(), reason.as_str().into()]).await? == 0 {
        return Err(why_not(tx, user).await?);
    }
    tx.audit(by, ACTIONS[0], (SubjectKind::User, user.0), &json!({ "reason": reason }))
        .await?;
    tx.emit(Event::UserBlacklisted { user });
    Ok(sessions::wake(tx, user).await?)
}

/// Takes a user off the list, with a reason for the record. Rights come back, and nothing else.
pub async fn reinstate(tx: &Tx, by: Uuid, user: UserId, reason: &str) -> Result<(), BlacklistError> {
    let reason = clean_text(reason, REASON)?;
    let list = "UPDATE standing SET blacklisted = FALSE, blacklist_reason = NULL, version = version + 1 WHERE user_id = $1 AND blacklisted";
    if sql::run(tx.db(), list, vec![user.into()]).await? == 0 {
        return Err(why_not(tx, user).await?);
    }
    tx.audit(by, ACTIONS[1], (SubjectKind::User, user.0), &json!({ "reason": reason }))
        .await?;
    tx.emit(Event::UserReinstated { user });
    Ok(sessions::wake(tx, user).await?)
}

async fn why_not(tx: &Tx, user: UserId) -> Result<BlacklistError, Fault> {
    let row = standing::Entity::find_by_id(user).one(tx.db()).await?;
    Ok(match row {
        None => BlacklistError::NotFound,
        Some(row) if row.role == Role::Admin => BlacklistError::Admin,
        Some(_) => BlacklistError::Already,
    })
}
