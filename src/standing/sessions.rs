//! Telling open sockets that somebody's rights have changed.

use entity::{
    session,
    value::{SessionId, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::kernel::{Fault, Tx, event::session_topic};

/// Wakes every open session of a user after the commit: its sockets look at his rights again, and close if they are others.
pub async fn wake(tx: &Tx, user: UserId) -> Result<(), Fault> {
    let open = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(session::Column::UserId.eq(user))
        .filter(session::Column::EndedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(tx.now()));
    let ids: Vec<SessionId> = open.into_tuple().all(tx.db()).await?;
    for id in ids {
        tx.wake(session_topic(id));
    }
    Ok(())
}
