//! One user's own standing, held whole while his money is asked for.

use entity::{standing, value::UserId};
use sea_orm::{EntityTrait, QuerySelect};

use crate::{
    kernel::{Fault, Tx},
    standing::hold,
};

/// Locks a user's standing until the transaction ends, so that two requests of his at once count each other.
pub(super) async fn hold_owner(tx: &Tx, user: UserId) -> Result<standing::Model, Fault> {
    let row = standing::Entity::find_by_id(user).lock_exclusive().one(tx.db()).await?;
    let row = row.ok_or_else(|| Fault::internal("a user without standing"))?;
    if row.closed_at.is_some() {
        // He closed his account while he asked for this.
        return Err(Fault::Unavailable("the account was closed meanwhile".to_owned()));
    }
    Ok(row)
}

/// Whether a user has closed his account. He does not close it until the transaction ends. It comes before deposits and withdrawals.
pub(super) async fn has_left(tx: &Tx, user: UserId) -> Result<bool, Fault> {
    let standing = hold(tx, &[user]).await?;
    Ok(standing.first().is_some_and(|owner| owner.closed_at.is_some()))
}
