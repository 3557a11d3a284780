//! Blocks: who does not want to hear from whom.

use entity::{
    block, user,
    value::{Time, UserId},
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryResult, Value, sea_query::OnConflict};

use super::face::{self, FaceRow};
use crate::kernel::{
    Env, Fault,
    page::{Ask, Keyset, Page},
    policy::Trader,
    sql,
};

/// Why nobody was blocked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BlockError {
    /// There is no such user.
    #[error("no such user")]
    NotFound,
    /// It is himself.
    #[error("one cannot block oneself")]
    Oneself,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Somebody who is blocked, and since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    /// Who.
    pub user: FaceRow,
    /// Since when.
    pub since: Time,
}

impl Blocked {
    /// His place in the list, the newest first.
    #[must_use]
    pub const fn place(&self) -> Keyset {
        Keyset {
            at: self.since,
            id: self.user.id.0,
        }
    }
}

impl FromQueryResult for Blocked {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            user: FaceRow::from_query_result(row, face::PREFIX)?,
            since: row.try_get("", "since")?,
        })
    }
}

/// Whether `by` has blocked `whom`: then `whom` reaches him by no road but what runs between them already.
pub async fn blocked<C: ConnectionTrait>(db: &C, by: UserId, whom: UserId) -> Result<bool, Fault> {
    Ok(block::Entity::find_by_id((by, whom)).one(db).await?.is_some())
}

/// Blocks somebody. Doing it twice changes nothing.
pub async fn block(env: &Env, trader: Trader, whom: UserId) -> Result<FaceRow, BlockError> {
    if trader.id() == whom {
        return Err(BlockError::Oneself);
    }
    let tx = env.begin().await?;
    if user::Entity::find_by_id(whom).one(tx.db()).await.map_err(Fault::from)?.is_none() {
        return Err(BlockError::NotFound);
    }
    let row = block::ActiveModel {
        blocker_id: Set(trader.id()),
        blocked_id: Set(whom),
        created_at: Set(tx.now()),
    };
    let once = OnConflict::new().do_nothing().to_owned();
    block::Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(tx.db())
        .await
        .map_err(Fault::from)?;
    let face = face::read(tx.db(), whom).await?.ok_or(BlockError::NotFound)?;
    tx.commit().await?;
    tracing::info!(user = %trader.id(), blocked = %whom, "blocked");
    Ok(face)
}

/// Unblocks somebody. Whoever is not blocked stays so.
pub async fn unblock(env: &Env, trader: Trader, whom: UserId) -> Result<FaceRow, BlockError> {
    let tx = env.begin().await?;
    block::Entity::delete_by_id((trader.id(), whom))
        .exec(tx.db())
        .await
        .map_err(Fault::from)?;
    let face = face::read(tx.db(), whom).await?.ok_or(BlockError::NotFound)?;
    tx.commit().await?;
    tracing::info!(user = %trader.id(), unblocked = %whom, "unblocked");
    Ok(face)
}

/// Whom the caller has blocked, the newest first.
pub async fn list(env: &Env, trader: Trader, ask: &Ask) -> Result<Page<Blocked>, Fault> {
    let mut values: Vec<Value> = vec![trader.id().into()];
    let after = ask.after.map_or("", |Keyset { at, id }| {
        values.extend([Value::from(at), Value::from(id)]);
        " AND (b.created_at, b.blocked_id) < ($2, $3)"
    });
    let select = format!(
        "SELECT {}, b.created_at AS since FROM blocks b JOIN users u ON u.id = b.blocked_id JOIN standing s ON s.user_id = u.id \
         WHERE b.blocker_id = $1{after} ORDER BY b.created_at DESC, b.blocked_id DESC LIMIT {}",
        face::COLUMNS,
        ask.limit()
    );
    Ok(ask.cut(sql::all(env.db(), &select, values).await?))
}
