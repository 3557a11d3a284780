//! An admin freezes a wallet by hand, or ends that; after its days it ends by itself.

use entity::{
    kinds::{FreezeCause, SubjectKind},
    value::{FreezeId, Time, UserId},
    wallet_freeze::{self, Column},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, FromQueryResult};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{Freeze, end, end_open, open, reasons};
use crate::{
    account::face::{self, FaceRow},
    kernel::{
        Claim, Env, Fault, Tx,
        policy::{Admin, Proven, System},
        sql,
        text::{TextError, clean_text},
    },
    wallet::withdrawal::REASON,
};

/// How many freezes end in one look.
const BATCH: u64 = 100;
/// A day in milliseconds.
const DAY: i64 = 86_400_000;

/// A wallet that an admin freezes or thaws.
#[derive(Debug, Clone, Serialize)]
pub struct Care {
    /// Whose.
    pub user: UserId,
    /// Why, 2 to 500 characters: its owner reads why it was frozen.
    pub reason: String,
    /// The admin's idempotency key.
    #[serde(skip)]
    pub key: Uuid,
}

/// Why nothing was frozen or thawed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CareError {
    /// The reason is not taken.
    #[error("reason: {0}")]
    Reason(#[from] TextError),
    /// There is no such user.
    #[error("no such user")]
    NotFound,
    /// It is the admin's own.
    #[error("the admin's own wallet")]
    Own,
    /// An admin has frozen it already.
    #[error("frozen already")]
    Frozen {
        /// Who.
        by: String,
    },
    /// No admin has frozen it.
    #[error("no admin has frozen it")]
    NotFrozen,
    /// The key was used for something else.
    #[error("the key was used for other input")]
    KeyReused,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A wallet as an admin who cares for it sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenWallet {
    /// Whose.
    pub owner: FaceRow,
    /// Why it is frozen, oldest first; empty: it is not.
    pub reasons: Vec<wallet_freeze::Model>,
}

/// Freezes somebody's wallet. Not one's own.
pub async fn freeze(env: &Env, admin: Proven<Admin>, care: &Care) -> Result<FrozenWallet, CareError> {
    let reason = clean_text(&care.reason, REASON)?;
    let tx = env.begin().await?;
    if claimed(&tx, &admin, "walletFreeze", care).await? {
        return Ok(wallet(&tx, care.user).await?);
    }
    let theirs = of_admin(care.user);
    if open(&tx, admin.id().0, theirs, Some(&reason)).await?.is_none() {
        return Err(CareError::Frozen {
            by: who(&tx, care.user, *admin).await?,
        });
    }
    written(tx, &admin, "wallet_freeze", care.user, &reason).await
}

/// Ends what an admin froze by hand. What a case froze ends with the case. Not one's own.
pub async fn thaw(env: &Env, admin: Proven<Admin>, care: &Care) -> Result<FrozenWallet, CareError> {
    let reason = clean_text(&care.reason, REASON)?;
    let tx = env.begin().await?;
    if claimed(&tx, &admin, "walletThaw", care).await? {
        return Ok(wallet(&tx, care.user).await?);
    }
    if !end(&tx, admin.id().0, of_admin(care.user)).await? {
        return Err(CareError::NotFrozen);
    }
    written(tx, &admin, "wallet_thaw", care.user, &reason).await
}

#[derive(FromQueryResult)]
struct Over {
    id: FreezeId,
    user_id: UserId,
    due_at: Time,
}

/// Ends what admins froze by hand and did not end in its time. Answers how many.
pub async fn lapse(env: &Env, _: System) -> Result<u64, Fault> {
    let mut done = 0;
    for row in over(env).await? {
        match end_one(env, &row).await {
            Ok(ended) => done += u64::from(ended),
            Err(error) => tracing::error!(user = %row.user_id, %error, "a freeze by hand could not end"),
        }
    }
    Ok(done)
}

async fn end_one(env: &Env, row: &Over) -> Result<bool, Fault> {
    let tx = env.begin().await?;
    // By its id: meanwhile it may have been ended, and another begun.
    let this = Condition::all().add(Column::Id.eq(row.id));
    if row.due_at > tx.now() || !end_open(&tx, Uuid::nil(), row.user_id, this).await? {
        return Ok(false);
    }
    let subject = (SubjectKind::User, row.user_id.0);
    tx.audit(Uuid::nil(), "wallet_thaw", subject, &json!({ "due_at": row.due_at }))
        .await?;
    tx.commit().await?;
    tracing::info!(user = %row.user_id, "a freeze by hand ended by itself");
    Ok(true)
}

/// The open freezes by hand whose time is over. One that an older server made, while both ran, has no end of its own.
async fn over(env: &Env) -> Result<Vec<Over>, Fault> {
    let days = i64::from(env.config().wallet.freeze_days);
    let select = format!(
        "SELECT id, user_id, COALESCE(due_at, opened_at + $2) AS due_at FROM wallet_freezes \
         WHERE cause = 'ADMIN' AND ended_at IS NULL AND COALESCE(due_at, opened_at + $2) <= $1 ORDER BY opened_at, id LIMIT {BATCH}"
    );
    sql::all(env.db(), &select, vec![env.now().into(), (days * DAY).into()]).await
}

/// Whether and why somebody's wallet is frozen. None: there is no such user.
pub async fn look(env: &Env, _right: Admin, user: UserId) -> Result<Option<FrozenWallet>, Fault> {
    let Some(owner) = face::read(env.db(), user).await? else {
        return Ok(None);
    };
    Ok(Some(FrozenWallet {
        owner,
        reasons: reasons(env.db(), user).await?,
    }))
}

const fn of_admin(user: UserId) -> Freeze {
    Freeze {
        user,
        cause: FreezeCause::Admin,
        subject: user.0,
    }
}

/// Claims the key; `true`: this was done before. Refuses whom it cannot be done to.
async fn claimed(tx: &Tx, admin: &Proven<Admin>, act: &'static str, care: &Care) -> Result<bool, CareError> {
    match tx.claim(admin.id(), act, care.key, care).await? {
        Claim::First(_) => {}
        Claim::Repeat(_) => return Ok(true),
        Claim::UsedForOther => return Err(CareError::KeyReused),
    }
    if care.user == admin.id() {
        return Err(CareError::Own);
    }
    let there = entity::standing::Entity::find_by_id(care.user)
        .one(tx.db())
        .await
        .map_err(Fault::from)?;
    there.map(|_| false).ok_or(CareError::NotFound)
}

async fn written(tx: Tx, admin: &Proven<Admin>, act: &str, user: UserId, reason: &str) -> Result<FrozenWallet, CareError> {
    tx.audit(admin.id().0, act, (SubjectKind::User, user.0), &json!({ "reason": reason }))
        .await?;
    let wallet = wallet(&tx, user).await?;
    tx.commit().await?;
    tracing::info!(%user, admin = %admin.id(), act, "a wallet's freeze changed");
    Ok(wallet)
}

async fn wallet(tx: &Tx, user: UserId) -> Result<FrozenWallet, Fault> {
    let owner = face::read(tx.db(), user).await?;
    Ok(FrozenWallet {
        owner: owner.ok_or_else(|| Fault::internal("a wallet without a user"))?,
        reasons: reasons(tx.db(), user).await?,
    })
}

/// The name of the admin whose freeze is open.
async fn who(tx: &Tx, user: UserId, admin: Admin) -> Result<String, Fault> {
    let open = reasons(tx.db(), user).await?;
    let his = open.into_iter().find(|row| row.cause == FreezeCause::Admin);
    let Some(row) = his else { return Ok(String::new()) };
    let face = face::read(tx.db(), UserId(row.opened_by)).await?;
    Ok(face.map(|face| face.name(admin)).unwrap_or_default())
}
