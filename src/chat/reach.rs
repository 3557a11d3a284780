//! Whether one user may write to another.

use entity::{standing, value::UserId};
use sea_orm::{ConnectionTrait, EntityTrait};

use crate::{account, kernel::Fault, order};

/// What comes of writing to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// He gets it.
    Open,
    /// He takes no messages from the writer. Why is nobody's business: blocked, banned and gone look alike.
    Closed,
    /// There is no such user.
    Nobody,
}

/// Whether `writer`'s words reach `receiver`.
pub async fn reach<C: ConnectionTrait>(db: &C, writer: UserId, receiver: UserId) -> Result<Reach, Fault> {
    let Some(standing) = standing::Entity::find_by_id(receiver).one(db).await? else {
        return Ok(Reach::Nobody);
    };
    if standing.blacklisted || standing.closed_at.is_some() || is_shut_out(db, writer, receiver).await? {
        Ok(Reach::Closed)
    } else {
        Ok(Reach::Open)
    }
}

/// Whether `receiver` blocked `writer` and no order runs between them: while one does, both may write.
async fn is_shut_out<C: ConnectionTrait>(db: &C, writer: UserId, receiver: UserId) -> Result<bool, Fault> {
    Ok(account::blocks::blocked(db, receiver, writer).await? && !order::store::runs_between(db, writer, receiver).await?)
}
