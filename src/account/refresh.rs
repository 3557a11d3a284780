//! Trading a refresh token for new tokens.

use entity::{refresh_token, session as session_row, value::SessionId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::session::{self, Granted, REFRESH_DAYS, Tokens};
use crate::kernel::{Env, Fault, Tx, event::session_topic};

/// How long a spent token that comes again may be its owner's own twin: two requests of one client at once.
const TWIN_SECONDS: i64 = 10;

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

/// Spends a refresh token for a new pair. Of many at once, one gets it. A token that comes a second time later, or after its child was spent, was
/// stolen from somebody: its whole family ends.
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
        if is_twin(&tx, &known).await? {
            return Err(RefreshError::Ended);
        }
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
    let tokens = session::issue(&tx, found.user_id, found.id, Granted::from(&standing)).await?;
    tx.commit().await?;
    Ok(tokens)
}

/// Whether a spent token was spent a moment ago, and the one that was given for it is not spent yet.
async fn is_twin(tx: &Tx, spent: &refresh_token::Model) -> Result<bool, Fault> {
    // Read again: it may have been spent since the first look.
    let row = refresh_token::Entity::find_by_id(spent.hash.clone()).one(tx.db()).await?;
    let Some(at) = row.and_then(|row| row.spent_at) else {
        return Ok(false);
    };
    let child_spent = refresh_token::Entity::find()
        .filter(refresh_token::Column::SessionId.eq(spent.session_id))
        .filter(refresh_token::Column::Hash.ne(spent.hash.clone()))
        .filter(refresh_token::Column::CreatedAt.gte(at))
        .filter(refresh_token::Column::SpentAt.is_not_null());
    Ok(tx.now() < at.plus_seconds(TWIN_SECONDS) && child_spent.one(tx.db()).await?.is_none())
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
