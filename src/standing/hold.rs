//! Holding people's standing still while a trade between them is made.

use std::collections::BTreeSet;

use entity::{standing, value::UserId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use crate::kernel::{Fault, Tx};

/// The standing of these users, by id, locked against blacklisting until the transaction ends. Those who do not exist are missing.
pub async fn hold(tx: &Tx, users: &[UserId]) -> Result<Vec<standing::Model>, Fault> {
    Ok(rows(users).lock_shared().all(tx.db()).await?)
}

/// The same for who counts what these users have or did: of two at once for one user, the second waits and counts the first.
pub async fn hold_whole(tx: &Tx, users: &[UserId]) -> Result<Vec<standing::Model>, Fault> {
    Ok(rows(users).lock_exclusive().all(tx.db()).await?)
}

fn rows(users: &[UserId]) -> Select<standing::Entity> {
    let ids: BTreeSet<UserId> = users.iter().copied().collect();
    standing::Entity::find()
        .filter(standing::Column::UserId.is_in(ids))
        .order_by_asc(standing::Column::UserId)
}
