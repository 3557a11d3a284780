//! An admin decides whether a real name is one: he takes it, looks at card and person, approves or rejects.

use entity::{
    identity::{self, Column},
    kinds::{IdentityState, SubjectKind},
    value::{ImageId, Time, UserId},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, SqlErr, UpdateMany, sea_query::Expr};
use serde_json::json;

use super::{face, verify_identity::IDENTITIES_MOVED};
use crate::{
    kernel::{
        Env, Event, Fault, Tx, claim,
        policy::{Admin, System},
        sql,
        text::{TextError, clean_text},
    },
    media,
};

/// Characters of a reason.
pub const REASON: std::ops::RangeInclusive<usize> = 2..=500;
/// How many lapse in one round.
const BATCH: u64 = 100;

/// Why nothing was done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReviewIdentityError {
    /// This user has handed nothing in.
    #[error("no such verification")]
    NotFound,
    /// It is the admin's own.
    #[error("the verification is the admin's own")]
    Own,
    /// Another admin looks at it.
    #[error("another looks at it")]
    Claimed {
        /// Who.
        by: Option<String>,
    },
    /// He has not taken it, or his claim has lapsed.
    #[error("not claimed")]
    NotClaimed,
    /// It does not wait any more.
    #[error("already decided")]
    AlreadyDecided {
        /// Who decided; none: it lapsed.
        by: Option<String>,
    },
    /// The number is approved for another account.
    #[error("verified elsewhere")]
    Taken,
    /// The reason is not taken.
    #[error("reason: {0}")]
    Reason(TextError),
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Takes a verification for oneself to look at. The claim lapses after 4 hours without a decision; claiming again begins anew.
pub async fn claim(env: &Env, admin: Admin, user: UserId) -> Result<UserId, ReviewIdentityError> {
    let tx = env.begin().await?;
    let free = Condition::any()
        .add(Column::ClaimedBy.is_null())
        .add(Column::ClaimedBy.eq(admin.id()))
        .add(Column::ClaimedAt.lte(lapsed(tx.now())));
    let update = pending(user)
        .col_expr(Column::ClaimedBy, Expr::value(admin.id()))
        .col_expr(Column::ClaimedAt, Expr::value(tx.now()))
        .filter(Column::UserId.ne(admin.id()))
        .filter(free);
    if update.exec(tx.db()).await.map_err(Fault::from)?.rows_affected == 0 {
        return Err(why_not(&tx, admin, user).await?);
    }
    tx.emit(IDENTITIES_MOVED);
    record(&tx, admin, "identity.claim", user, &json!({})).await?;
    tx.commit().await?;
    Ok(user)
}

/// Gives a claimed verification back to the queue. What is not one's own claim stays as it is.
pub async fn release(env: &Env, admin: Admin, user: UserId) -> Result<UserId, ReviewIdentityError> {
    let tx = env.begin().await?;
    let there = identity::Entity::find_by_id(user).one(tx.db()).await.map_err(Fault::from)?;
    there.ok_or(ReviewIdentityError::NotFound)?;
    let update = unclaimed(pending(user)).filter(Column::ClaimedBy.eq(admin.id()));
    if update.exec(tx.db()).await.map_err(Fault::from)?.rows_affected > 0 {
        tx.emit(IDENTITIES_MOVED);
        record(&tx, admin, "identity.release", user, &json!({})).await?;
        tx.commit().await?;
    }
    Ok(user)
}

/// Approves a claimed verification: its owner may trade from now on. The photographs are destroyed. Of two approvals of one number one is made.
pub async fn approve(env: &Env, admin: Admin, user: UserId) -> Result<UserId, ReviewIdentityError> {
    let tx = env.begin().await?;
    let photos = hold(&tx, user).await?;
    let update = decided(pending(user), &tx, IdentityState::Approved)
        .col_expr(Column::DecidedBy, Expr::value(admin.id()))
        .filter(Column::ClaimedBy.eq(admin.id()))
        .filter(Column::ClaimedAt.gt(lapsed(tx.now())));
    let updated = match update.exec(tx.db()).await {
        Ok(updated) => updated.rows_affected,
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => return Err(ReviewIdentityError::Taken),
        Err(error) => return Err(Fault::from(error).into()),
    };
    if updated == 0 {
        return Err(why_not(&tx, admin, user).await?);
    }
    let raise = "UPDATE standing SET verified = TRUE, version = version + 1 WHERE user_id = $1 AND closed_at IS NULL";
    if sql::run(tx.db(), raise, vec![user.into()]).await? == 0 {
        return Err(ReviewIdentityError::NotFound);
    }
    media::destroy(&tx, &photos).await?;
    record(&tx, admin, "identity.approve", user, &json!({})).await?;
    tx.emit(IDENTITIES_MOVED);
    tx.emit(Event::IdentityDecided { user, approved: true });
    tx.commit().await?;
    tracing::info!(%user, admin = %admin.id(), "identity approved");
    Ok(user)
}

/// Rejects a claimed verification, with a reason for its owner of 2 to 500 characters. The photographs are destroyed; he may try again.
pub async fn reject(env: &Env, admin: Admin, user: UserId, reason: &str) -> Result<UserId, ReviewIdentityError> {
    let reason = clean_text(reason, REASON).map_err(ReviewIdentityError::Reason)?;
    let tx = env.begin().await?;
    let photos = hold(&tx, user).await?;
    let update = decided(pending(user), &tx, IdentityState::Rejected)
        .col_expr(Column::DecidedBy, Expr::value(admin.id()))
        .col_expr(Column::Reason, Expr::value(reason.as_str()))
        .filter(Column::ClaimedBy.eq(admin.id()))
        .filter(Column::ClaimedAt.gt(lapsed(tx.now())));
    if update.exec(tx.db()).await.map_err(Fault::from)?.rows_affected == 0 {
        return Err(why_not(&tx, admin, user).await?);
    }
    media::destroy(&tx, &photos).await?;
    record(&tx, admin, "identity.reject", user, &json!({ "reason": reason })).await?;
    tx.emit(IDENTITIES_MOVED);
    tx.emit(Event::IdentityDecided { user, approved: false });
    tx.commit().await?;
    tracing::info!(%user, admin = %admin.id(), "identity rejected");
    Ok(user)
}

/// Gives up what nobody decided in 30 days: the photographs are destroyed, and its owner is told to hand it in again. Answers how many.
pub async fn lapse(env: &Env, _: System) -> Result<u64, Fault> {
    let due = identity::Entity::find()
        .filter(Column::LapsesAt.lte(env.now()))
        .select_only()
        .column(Column::UserId)
        .order_by_asc(Column::LapsesAt)
        .limit(BATCH);
    let due: Vec<UserId> = due.into_tuple().all(env.db()).await?;
    let mut done = 0;
    for user in due {
        match lapse_one(env, user).await {
            Ok(lapsed) => done += u64::from(lapsed),
            Err(error) => tracing::error!(%user, %error, "a verification could not lapse"),
        }
    }
    Ok(done)
}

async fn lapse_one(env: &Env, user: UserId) -> Result<bool, Fault> {
    let tx = env.begin().await?;
    let photos = hold(&tx, user).await?;
    let update = decided(pending(user), &tx, IdentityState::Rejected).filter(Column::LapsesAt.lte(tx.now()));
    if update.exec(tx.db()).await?.rows_affected == 0 {
        return Ok(false);
    }
    media::destroy(&tx, &photos).await?;
    tx.emit(IDENTITIES_MOVED);
    tx.emit(Event::IdentityLapsed { user });
    tx.commit().await?;
    tracing::info!(%user, "a verification lapsed undecided");
    Ok(true)
}

/// Why a verification was rejected, for its owner's notice.
pub async fn reason(tx: &Tx, user: UserId) -> Result<String, Fault> {
    let row = identity::Entity::find_by_id(user).one(tx.db()).await?;
    Ok(row.and_then(|row| row.reason).unwrap_or_default())
}

fn lapsed(now: Time) -> Time {
    claim::lapsed(now)
}

fn pending(user: UserId) -> UpdateMany<identity::Entity> {
    identity::Entity::update_many()
        .filter(Column::UserId.eq(user))
        .filter(Column::State.eq(IdentityState::Pending))
}

fn unclaimed(update: UpdateMany<identity::Entity>) -> UpdateMany<identity::Entity> {
    update
        .col_expr(Column::ClaimedBy, Expr::value(None::<UserId>))
        .col_expr(Column::ClaimedAt, Expr::value(None::<Time>))
}

fn decided(update: UpdateMany<identity::Entity>, tx: &Tx, state: IdentityState) -> UpdateMany<identity::Entity> {
    unclaimed(update)
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::DecidedAt, Expr::value(tx.now()))
        .col_expr(Column::LapsesAt, Expr::value(None::<Time>))
        .col_expr(Column::CardId, Expr::value(None::<ImageId>))
        .col_expr(Column::PersonId, Expr::value(None::<ImageId>))
}

/// Locks the standing of whose verification is decided, as its owner does when he hands one in, and answers the photographs.
async fn hold(tx: &Tx, user: UserId) -> Result<Vec<ImageId>, Fault> {
    let standing = entity::standing::Entity::find_by_id(user).lock_exclusive();
    standing.one(tx.db()).await?;
    let row = identity::Entity::find_by_id(user).one(tx.db()).await?;
    Ok(row
        .map(|row| [row.card_id, row.person_id].into_iter().flatten().collect())
        .unwrap_or_default())
}

async fn record(tx: &Tx, admin: Admin, action: &str, user: UserId, detail: &serde_json::Value) -> Result<(), Fault> {
    tx.audit(admin.id().0, action, (SubjectKind::User, user.0), detail).await
}

/// Why the guarded statement touched nothing.
async fn why_not(tx: &Tx, admin: Admin, user: UserId) -> Result<ReviewIdentityError, Fault> {
    let Some(row) = identity::Entity::find_by_id(user).one(tx.db()).await? else {
        return Ok(ReviewIdentityError::NotFound);
    };
    if user == admin.id() {
        return Ok(ReviewIdentityError::Own);
    }
    if row.state != IdentityState::Pending {
        let by = name(tx, admin, row.decided_by).await?;
        return Ok(ReviewIdentityError::AlreadyDecided { by });
    }
    let holds = row.claimed_at.is_some_and(|at| at > lapsed(tx.now()));
    match row.claimed_by.filter(|claimer| holds && *claimer != admin.id()) {
        Some(other) => Ok(ReviewIdentityError::Claimed {
            by: name(tx, admin, Some(other)).await?,
        }),
        None => Ok(ReviewIdentityError::NotClaimed),
    }
}

async fn name(tx: &Tx, admin: Admin, whose: Option<UserId>) -> Result<Option<String>, Fault> {
    let Some(whose) = whose else { return Ok(None) };
    Ok(face::read(tx.db(), whose).await?.map(|face| face.name(admin)))
}
