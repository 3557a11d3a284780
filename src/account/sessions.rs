//! One's own sessions.

use entity::{session, value::SessionId};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::sign_out::{end, end_all};
use crate::kernel::{
    Env, Fault,
    page::{Ask, Keyset, Page},
    policy::Member,
};

/// The place of a session in the list, the newest first.
#[must_use]
pub const fn place(session: &session::Model) -> Keyset {
    Keyset {
        at: session.created_at,
        id: session.id.0,
    }
}

/// The caller's sessions that have not ended, the newest first.
pub async fn list(env: &Env, member: Member, ask: &Ask) -> Result<Page<session::Model>, Fault> {
    let mut open = session::Entity::find()
        .filter(session::Column::UserId.eq(member.id()))
        .filter(session::Column::EndedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(env.now()));
    if let Some(Keyset { at, id }) = ask.after {
        let as_old = Condition::all()
            .add(session::Column::CreatedAt.eq(at))
            .add(session::Column::Id.lt(id));
        open = open.filter(Condition::any().add(session::Column::CreatedAt.lt(at)).add(as_old));
    }
    let rows = open
        .order_by_desc(session::Column::CreatedAt)
        .order_by_desc(session::Column::Id)
        .limit(ask.limit());
    Ok(ask.cut(rows.all(env.db()).await?))
}

/// Ends one of the caller's sessions, perhaps that of the request. `false`: there is none such.
pub async fn revoke(env: &Env, member: Member, id: SessionId) -> Result<bool, Fault> {
    let tx = env.begin().await?;
    let ended = end(&tx, member.id(), id).await?;
    tx.commit().await?;
    tracing::info!(user = %member.id(), session = %id, ended, "session revoked");
    Ok(ended)
}

/// Ends the caller's sessions but that of the request. Answers how many.
pub async fn revoke_others(env: &Env, member: Member) -> Result<u64, Fault> {
    let tx = env.begin().await?;
    let ended = end_all(&tx, member.id(), Some(member.session())).await?;
    tx.commit().await?;
    tracing::info!(user = %member.id(), ended, "other sessions revoked");
    Ok(ended)
}
