//! Who a browser is, by the refresh token in its cookie, for what a page fetches by itself and cannot put a token to.

use entity::value::{SessionId, UserId};
use sea_orm::FromQueryResult;
use sha2::{Digest, Sha256};

use super::session::{AdmitError, rights};
use crate::kernel::{Env, policy::Actor, sql};

#[derive(FromQueryResult)]
struct Row {
    session_id: SessionId,
    user_id: UserId,
}

/// For whom an unspent refresh token speaks, with his rights as they are now. It is not spent by this.
pub async fn recognise(env: &Env, refresh: &str) -> Result<Actor, AdmitError> {
    let find = "SELECT r.session_id, s.user_id FROM refresh_tokens r JOIN sessions s ON s.id = r.session_id WHERE r.hash = $1 AND r.spent_at IS NULL";
    let rows: Vec<Row> = sql::all(env.db(), find, vec![Sha256::digest(refresh).to_vec().into()]).await?;
    let row = rows.into_iter().next().ok_or(AdmitError::BadToken)?;
    rights(env, row.session_id, row.user_id).await.map(Actor::User)
}
