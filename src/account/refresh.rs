//! Trading a refresh token for new tokens.

use entity::{refresh_token, session as session_row, value::SessionId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::session::{self, REFRESH_DAYS, Tokens};
use crate::kernel::{Env, Fault, Tx, event::session_topic};

/// Why there are no new tokens.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// The token is unknown, spent, expired, or its session has ended.
    #[error("the session has ended")]
    Ended,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Spends a refresh token for a new pair. A token that comes a second time was stolen from somebody: its whole family ends.
pub async fn refresh(env: &Env, token: &str) -> Result<Tokens, RefreshError> {
    let tx = env.begin().await?;
    let known = refresh_token::Entity::find_by_id(session::hash(token))
        .one(tx.db())
        .await
        .map_err(Fault::from)?
        .ok_or(RefreshError::Ended)?;
    let spend = refresh_token::Entity::update_many().col_expr(refresh_token::Column::SpentAt, Expr::value(tx.now()));
    let spend = spend
        .filter(refresh_token::Column::Hash.eq(known.hash.clone()))
        .filter(refresh_token::Column::SpentAt.is_null());
    if spend.exec(tx.db()).await.map_err(Fault::from)?.rows_affected == 0 {
        end_family(&tx, known.session_id).await?;
        tx.commit().await?;
        tracing::warn!(session = %known.session_id, "a spent refresh token came again; its session is ended");
        return Err(RefreshError::Ended);
    }
    let found = session_row::Entity::find_by_id(known.session_id)
        .one(tx.db())
        .await
        .map_err(Fault::from)?;
    let found = found
        .filter(|session| session.ended_at.is_none() && session.expires_at > tx.now())
        .ok_or(RefreshError::Ended)?;
    let standing = entity::standing::Entity::find_by_id(found.user_id)
        .one(tx.db())
        .await
        .map_err(Fault::from)?;
    let standing = standing.ok_or_else(|| Fault::internal("a user has no standing"))?;
    touch(&tx, found.id).await?;
    let tokens = session::issue(&tx, found.user_id, found.id, standing.role, standing.version).await?;
    tx.commit().await?;
    Ok(tokens)
}

async fn touch(tx: &Tx, id: SessionId) -> Result<(), Fault> {
    let update = session_row::Entity::update_many()
        .col_expr(session_row::Column::UsedAt, Expr::value(tx.now()))
        .col_expr(session_row::Column::ExpiresAt, Expr::value(tx.now().plus_days(REFRESH_DAYS)));
    update.filter(session_row::Column::Id.eq(id)).exec(tx.db()).await?;
    Ok(())
}

async fn end_family(tx: &Tx, id: SessionId) -> Result<(), Fault> {
    let update = session_row::Entity::update_many().col_expr(session_row::Column::EndedAt, Expr::value(tx.now()));
    update
        .filter(session_row::Column::Id.eq(id))
        .filter(session_row::Column::EndedAt.is_null())
        .exec(tx.db())
        .await?;
    tx.wake(session_topic(id));
    Ok(())
}
