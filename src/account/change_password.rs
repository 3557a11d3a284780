//! Choosing another password.

use entity::user;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{
    letter,
    password::{self, PasswordRefused},
    prove::{self, ProveError},
    sign_out::end_all,
    tries::{self, By},
};
use crate::kernel::{Env, Event, Fault, policy::Member};

/// Why the password stays.
#[derive(Debug, thiserror::Error)]
pub enum ChangePasswordError {
    /// The new one is not allowed.
    #[error("the password is not allowed: {0}")]
    New(#[from] PasswordRefused),
    /// The old one is not proved.
    #[error(transparent)]
    Old(#[from] ProveError),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Changes the password, proved by the old one, and ends all other sessions. Answers how many ended.
pub async fn change_password(env: &Env, member: Member, old: &str, new: &str) -> Result<u64, ChangePasswordError> {
    password::check(new)?;
    let known = prove::password_of(env, member, old).await?;
    let hash = env.passwords().hash(new).await.map_err(Fault::from)?;
    let tx = env.begin().await?;
    // Only over the password that was compared: of two changes at once, one is made.
    let update = user::Entity::update_many()
        .col_expr(user::Column::PasswordHash, Expr::value(hash))
        .filter(user::Column::Id.eq(member.id()))
        .filter(user::Column::PasswordHash.eq(&known.password_hash));
    if update.exec(tx.db()).await.map_err(Fault::from)?.rows_affected == 0 {
        return Err(ProveError::Wrong.into());
    }
    let ended = end_all(&tx, member.id(), Some(member.session())).await?;
    tries::forgive(&tx, member.id(), By::Password).await?;
    prove::mark(&tx, member).await?;
    letter::post(&tx, &known.email, known.locale, "password-changed", &[]).await?;
    tx.emit(Event::PasswordChanged { user: member.id() });
    tx.commit().await?;
    tracing::info!(user = %member.id(), ended, "password changed");
    Ok(ended)
}
