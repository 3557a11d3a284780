//! Marking notices as read.

use entity::{
    notice::{self, Column, Entity},
    value::NoticeId,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{announcement, list::find};
use crate::kernel::{Env, Event, Fault, policy::Member};

/// Why nothing was marked.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// He has no such notice.
    #[error("no such notice")]
    NotFound,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Marks one notice as read. Reading it again changes nothing.
pub async fn read(env: &Env, member: Member, id: NoticeId) -> Result<notice::Model, ReadError> {
    let tx = env.begin().await?;
    let update = Entity::update_many()
        .col_expr(Column::ReadAt, Expr::value(tx.now()))
        .filter(Column::Id.eq(id))
        .filter(Column::UserId.eq(member.id()))
        .filter(Column::ReadAt.is_null());
    let own = update.exec(tx.db()).await.map_err(Fault::from)?.rows_affected > 0;
    let marked = own || announcement::read(&tx, member.id(), id).await?;
    let notice = find(tx.db(), member.id(), id, tx.now()).await?.ok_or(ReadError::NotFound)?;
    if marked {
        tx.emit(Event::NoticesRead { user: member.id() });
    }
    tx.commit().await?;
    Ok(notice)
}

/// Marks all the member's notices as read. Answers how many were not.
pub async fn read_all(env: &Env, member: Member) -> Result<u64, Fault> {
    let tx = env.begin().await?;
    let update = Entity::update_many()
        .col_expr(Column::ReadAt, Expr::value(tx.now()))
        .filter(Column::UserId.eq(member.id()))
        .filter(Column::ReadAt.is_null());
    let marked = update.exec(tx.db()).await?.rows_affected + announcement::read_all(&tx, member.id()).await?;
    if marked > 0 {
        tx.emit(Event::NoticesRead { user: member.id() });
    }
    tx.commit().await?;
    Ok(marked)
}
