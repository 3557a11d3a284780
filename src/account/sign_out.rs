//! Ending sessions.

use entity::{
    session,
    value::{SessionId, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};

use crate::kernel::{Env, Fault, Tx, event::session_topic, policy::Member};

/// Signs out: ends the session of the request, and closes its sockets.
pub async fn sign_out(env: &Env, member: Member) -> Result<(), Fault> {
    let tx = env.begin().await?;
    end(&tx, member.id(), member.session()).await?;
    tx.commit().await?;
    tracing::info!(user = %member.id(), session = %member.session(), "signed out");
    Ok(())
}

/// Ends one session of a user, and closes its sockets. `false`: there is no such session of his, or it has ended.
pub(super) async fn end(tx: &Tx, user: UserId, id: SessionId) -> Result<bool, Fault> {
    let update = session::Entity::update_many().col_expr(session::Column::EndedAt, Expr::value(tx.now()));
    let ended = update
        .filter(session::Column::Id.eq(id))
        .filter(session::Column::UserId.eq(user))
        .filter(session::Column::EndedAt.is_null())
        .exec(tx.db())
        .await?;
    let ended = ended.rows_affected > 0;
    if ended {
        tx.wake(session_topic(id));
    }
    Ok(ended)
}

/// Ends the sessions of a user but the one that stays, and closes their sockets. Answers how many.
pub(super) async fn end_all(tx: &Tx, user: UserId, stays: Option<SessionId>) -> Result<u64, Fault> {
    let mut open = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(session::Column::UserId.eq(user))
        .filter(session::Column::EndedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(tx.now()));
    if let Some(stays) = stays {
        open = open.filter(session::Column::Id.ne(stays));
    }
    let ids: Vec<SessionId> = open.into_tuple().all(tx.db()).await?;
    let update = session::Entity::update_many().col_expr(session::Column::EndedAt, Expr::value(tx.now()));
    let ended = update
        .filter(session::Column::Id.is_in(ids.iter().copied()))
        .filter(session::Column::EndedAt.is_null())
        .exec(tx.db())
        .await?;
    for id in ids {
        tx.wake(session_topic(id));
    }
    Ok(ended.rows_affected)
}
