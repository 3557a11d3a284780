//! A fresh proof: whoever has the session shows that he also knows the password.

use entity::{session, user, value::Time};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{
    second_factor,
    throttle::Throttled,
    tries::{self, By},
};
use crate::kernel::{
    Env, Fault, Tx,
    policy::{FRESH_MINUTES, Member, Right},
};

/// What shows that it is he.
pub enum Proof<'a> {
    /// His password.
    Password(&'a str),
    /// A code of his second factor, or a recovery code.
    SecondFactor(&'a str),
}

/// Why it is not proved.
#[derive(Debug, thiserror::Error)]
pub enum ProveError {
    /// The password or the code is wrong, or the code was used before.
    #[error("the proof is wrong")]
    Wrong,
    /// Too many failed; it was not compared.
    #[error("too many tries")]
    TooMany {
        /// Seconds until the next is let in.
        seconds: u64,
    },
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Throttled> for ProveError {
    fn from(throttled: Throttled) -> Self {
        match throttled {
            Throttled::Wait { seconds } => Self::TooMany { seconds },
            Throttled::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Until when the member's last proof in this session counts as fresh. `None`: there is none, or it is too old.
#[must_use]
pub fn fresh_until(member: Member, now: Time) -> Option<Time> {
    let until = member.rights().proven_at?.plus_minutes(FRESH_MINUTES);
    (now < until).then_some(until)
}

/// Proves by password or second factor. Answers until when the proof counts as fresh.
pub async fn prove(env: &Env, member: Member, proof: Proof<'_>) -> Result<Time, ProveError> {
    let tx = match proof {
        Proof::Password(password) => {
            password_of(env, member, password).await?;
            let tx = env.begin().await?;
            tries::forgive(&tx, member.id(), By::Password).await?;
            tx
        }
        Proof::SecondFactor(code) => {
            tries::enter(env, member.id(), By::SecondFactor).await?;
            let tx = env.begin().await?;
            if !second_factor::spend(&tx, member.id(), code).await? {
                return Err(ProveError::Wrong);
            }
            tx
        }
    };
    mark(&tx, member).await?;
    let until = tx.now().plus_minutes(FRESH_MINUTES);
    tx.commit().await?;
    tracing::info!(user = %member.id(), session = %member.session(), "proved afresh");
    Ok(until)
}

/// Compares a member's password, each try counted first. Answers his row as it was then; what it leads to forgives the tries.
pub(super) async fn password_of(env: &Env, member: Member, password: &str) -> Result<user::Model, ProveError> {
    tries::enter(env, member.id(), By::Password).await?;
    let user = user::Entity::find_by_id(member.id()).one(env.db()).await.map_err(Fault::from)?;
    let user = user.ok_or_else(|| Fault::internal("a member has no row"))?;
    match env.passwords().verify(password, Some(&user.password_hash)).await {
        Ok(true) => Ok(user),
        Ok(false) => Err(ProveError::Wrong),
        // What the house did not compare was no try.
        Err(busy) => {
            tries::take_back(env, member.id(), By::Password).await?;
            Err(Fault::from(busy).into())
        }
    }
}

/// Writes that the member has just proved it.
pub(super) async fn mark(tx: &Tx, member: Member) -> Result<(), Fault> {
    let update = session::Entity::update_many().col_expr(session::Column::ProvenAt, Expr::value(Some(tx.now())));
    update.filter(session::Column::Id.eq(member.session())).exec(tx.db()).await?;
    Ok(())
}
