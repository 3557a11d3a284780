//! A forgotten password.

use entity::user;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{
    code::{self, Purpose},
    email::Email,
    letter,
    password::{self, PasswordRefused},
    sign_out::end_all,
};
use crate::{
    kernel::{Env, Event, Fault},
    standing::hold_withdrawals::{HOURS, hold_withdrawals},
};

/// Why there is no new password.
#[derive(Debug, thiserror::Error)]
pub enum ResetPasswordError {
    /// It is not allowed.
    #[error("the password is not allowed: {0}")]
    Password(#[from] PasswordRefused),
    /// The code does not prove the address. Whether the address has an account, is never said.
    #[error("the code is wrong")]
    Code,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Sets a new password by a code that was mailed. All sessions end, and withdrawals wait a day.
pub async fn reset_password(env: &Env, email: &str, code: &str, new: &str) -> Result<(), ResetPasswordError> {
    password::check(new)?;
    let email = Email::parse(email).ok_or(ResetPasswordError::Code)?;
    if !code::prove(env, Purpose::Reset, &email, code).await? {
        return Err(ResetPasswordError::Code);
    }
    let hash = env.passwords().hash(new).await.map_err(Fault::from)?;
    let tx = env.begin().await?;
    let found = user::Entity::find().filter(user::Column::EmailKey.eq(&email.key));
    let found = found.one(tx.db()).await.map_err(Fault::from)?.ok_or(ResetPasswordError::Code)?;
    hold_withdrawals(&tx, found.id, tx.now().plus_hours(HOURS)).await?;
    // The address is named again: it may be another's by now.
    let update = user::Entity::update_many()
        .col_expr(user::Column::PasswordHash, Expr::value(hash))
        .filter(user::Column::Id.eq(found.id))
        .filter(user::Column::EmailKey.eq(&email.key));
    if update.exec(tx.db()).await.map_err(Fault::from)?.rows_affected == 0 {
        return Err(ResetPasswordError::Code);
    }
    let ended = end_all(&tx, found.id, None).await?;
    letter::post(&tx, &found.email, found.locale, "password-changed", &[]).await?;
    tx.emit(Event::PasswordChanged { user: found.id });
    tx.commit().await?;
    tracing::info!(user = %found.id, ended, "password reset");
    Ok(())
}
