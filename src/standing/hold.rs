//! Holding people's standing still while a trade between them is made.

use std::collections::BTreeSet;

use entity::{standing, value::UserId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::kernel::{Fault, Tx};

/// The standing of these users, by id, locked against blacklisting until the transaction ends. Those who do not exist are missing.
pub async fn hold(tx: &Tx, users: &[UserId]) -> Result<Vec<standing::Model>, Fault> {
    let ids: BTreeSet<UserId> = users.iter().copied().collect();
    let rows = standing::Entity::find()
        .filter(standing::Column::UserId.is_in(ids))
        .order_by_asc(standing::Column::UserId)
        .lock_shared();
    Ok(rows.all(tx.db()).await?)
}
