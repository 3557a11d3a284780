//! Setting a second factor up, and taking it away.

use entity::second_factor;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};

use super::{
    profile,
    second_factor::{authenticator, left, place, remove, spend, step_of, take_step, write_recovery_codes},
    throttle::Throttled,
    tries::{self, By},
};
use crate::{
    config::Mode,
    kernel::{
        Env, Fault, Secret,
        policy::{Member, Proven, Right},
    },
    standing,
};

/// A secret that waits for its first code.
pub struct Begun {
    /// The secret in base32, to be typed.
    pub secret: Secret,
    /// The same as an `otpauth:` address, to be shown as a QR code.
    pub uri: Secret,
}

/// Whether a member has a second factor, and how many recovery codes are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// It is confirmed, and asked for at sign-in.
    pub active: bool,
    /// Unused recovery codes.
    pub recovery_codes_left: u64,
}

/// Why nothing changed.
#[derive(Debug, thiserror::Error)]
pub enum SecondFactorError {
    /// There is a confirmed factor already; or none, where one is needed.
    #[error("the second factor is not in that state")]
    WrongState,
    /// The code is wrong or was used before.
    #[error("the code is wrong")]
    Code,
    /// An admin keeps his second factor.
    #[error("an admin needs his second factor")]
    Needed,
    /// Too many codes failed.
    #[error("too many tries")]
    TooMany {
        /// Seconds until the next is let in.
        seconds: u64,
    },
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Throttled> for SecondFactorError {
    fn from(throttled: Throttled) -> Self {
        match throttled {
            Throttled::Wait { seconds } => Self::TooMany { seconds },
            Throttled::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// How it stands with the caller's second factor.
pub async fn status(env: &Env, member: Member) -> Result<Status, Fault> {
    Ok(Status {
        active: super::second_factor::asks(env.db(), member.id()).await?,
        recovery_codes_left: left(env.db(), member.id()).await?,
    })
}

/// Makes a secret. It asks nothing of anybody until its owner shows a first code of it.
pub async fn begin(env: &Env, member: Proven<Member>) -> Result<Begun, SecondFactorError> {
    let name = profile::own(env, *member).await?.username;
    let secret = rand::random::<[u8; 20]>().to_vec();
    let totp = authenticator(secret.clone(), &name)?;
    let tx = env.begin().await?;
    let unconfirmed = second_factor::Entity::delete_many()
        .filter(second_factor::Column::UserId.eq(member.id()))
        .filter(second_factor::Column::ConfirmedAt.is_null());
    unconfirmed.exec(tx.db()).await.map_err(Fault::from)?;
    let row = second_factor::ActiveModel {
        user_id: Set(member.id()),
        secret_sealed: Set(env.seal().seal(&place(member.id()), &secret)),
        begun_at: Set(tx.now()),
        confirmed_at: Set(None),
        last_step: Set(0),
    };
    let free = OnConflict::new().do_nothing().to_owned();
    let written = second_factor::Entity::insert(row)
        .on_conflict(free)
        .exec_without_returning(tx.db())
        .await;
    if written.map_err(Fault::from)? == 0 {
        return Err(SecondFactorError::WrongState);
    }
    tx.commit().await?;
    Ok(Begun {
        secret: totp.secret().to_base32().into(),
        uri: totp.to_url().map_err(Fault::internal)?.into(),
    })
}

/// Confirms the secret by a first code, and answers the recovery codes, once.
pub async fn confirm(env: &Env, member: Proven<Member>, code: &str) -> Result<Vec<String>, SecondFactorError> {
    tries::enter(env, member.id(), By::SecondFactor).await?;
    let tx = env.begin().await?;
    let row = second_factor::Entity::find_by_id(member.id()).lock_exclusive().one(tx.db()).await;
    let row = row.map_err(Fault::from)?.filter(|row| row.confirmed_at.is_none());
    let row = row.ok_or(SecondFactorError::WrongState)?;
    let step = step_of(env, &row, code.trim(), tx.now())?.ok_or(SecondFactorError::Code)?;
    if !take_step(&tx, member.id(), step).await? {
        return Err(SecondFactorError::Code);
    }
    let update = second_factor::Entity::update_many().col_expr(second_factor::Column::ConfirmedAt, Expr::value(Some(tx.now())));
    update
        .filter(second_factor::Column::UserId.eq(member.id()))
        .exec(tx.db())
        .await
        .map_err(Fault::from)?;
    tries::forgive(&tx, member.id(), By::SecondFactor).await?;
    let codes = write_recovery_codes(&tx, member.id()).await?;
    standing::wake_sessions(&tx, member.id()).await?;
    tx.commit().await?;
    tracing::info!(user = %member.id(), "second factor confirmed");
    Ok(codes)
}

/// Takes the second factor away, with one of its codes or a recovery code.
pub async fn disable(env: &Env, member: Proven<Member>, code: &str) -> Result<(), SecondFactorError> {
    if env.config().mode == Mode::Production && member.rights().role == entity::kinds::Role::Admin {
        return Err(SecondFactorError::Needed);
    }
    tries::enter(env, member.id(), By::SecondFactor).await?;
    let tx = env.begin().await?;
    if !super::second_factor::asks(tx.db(), member.id()).await? {
        return Err(SecondFactorError::WrongState);
    }
    if !spend(&tx, member.id(), code).await? {
        return Err(SecondFactorError::Code);
    }
    remove(&tx, member.id()).await?;
    tx.commit().await?;
    tracing::info!(user = %member.id(), "second factor taken away");
    Ok(())
}
