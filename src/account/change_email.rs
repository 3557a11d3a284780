//! Binding another address.

use entity::user;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};

use super::{
    code::{self, Purpose},
    email::Email,
    letter,
};
use crate::{
    kernel::{
        Env, Event, Fault, Tx,
        policy::{Member, Proven},
    },
    standing::hold_withdrawals::{HOURS, hold_withdrawals},
};

/// Why the address stays.
#[derive(Debug, thiserror::Error)]
pub enum ChangeEmailError {
    /// The code does not prove the address.
    #[error("the code is wrong")]
    Code,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Binds the address that a code proves. The old address is told, and withdrawals wait a day.
pub async fn change_email(env: &Env, member: Proven<Member>, email: &str, code: &str) -> Result<(), ChangeEmailError> {
    let email = Email::parse(email).ok_or(ChangeEmailError::Code)?;
    if !code::prove(env, Purpose::NewAddress(member.id()), &email, code).await? {
        return Err(ChangeEmailError::Code);
    }
    let tx = env.begin().await?;
    hold_withdrawals(&tx, member.id(), tx.now().plus_hours(HOURS)).await?;
    let old = user::Entity::find_by_id(member.id()).lock_exclusive().one(tx.db()).await;
    let old = old.map_err(Fault::from)?.ok_or_else(|| Fault::internal("a member has no row"))?;
    if !bind(&tx, *member, &email).await? {
        return Err(ChangeEmailError::Code);
    }
    letter::post(&tx, &old.email, old.locale, "address-changed", &[]).await?;
    tx.emit(Event::EmailChanged { user: member.id() });
    tx.commit().await?;
    tracing::info!(user = %member.id(), "address changed");
    Ok(())
}

/// Writes the address. `false`: somebody has taken it since the code was sent.
async fn bind(tx: &Tx, member: Member, email: &Email) -> Result<bool, Fault> {
    let taken = user::Entity::find()
        .filter(user::Column::EmailKey.eq(&email.key))
        .filter(user::Column::Id.ne(member.id()));
    if taken.one(tx.db()).await?.is_some() {
        return Ok(false);
    }
    let update = user::Entity::update_many()
        .col_expr(user::Column::Email, Expr::value(&email.shown))
        .col_expr(user::Column::EmailKey, Expr::value(&email.key))
        .filter(user::Column::Id.eq(member.id()));
    match update.exec(tx.db()).await {
        Ok(_) => Ok(true),
        // Somebody took it between the look and the statement; the transaction is given up.
        Err(error) if matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_))) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
