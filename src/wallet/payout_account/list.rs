//! A user's own payout accounts.

use std::collections::HashMap;

use entity::{
    payout_account::{Column, Entity},
    value::PayoutAccountId,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::PayoutAccount;
use crate::kernel::{Env, Fault, policy::Member};

/// The caller's payout accounts, newest first: never more than a handful.
pub async fn list(env: &Env, member: Member) -> Result<Vec<PayoutAccount>, Fault> {
    let rows = Entity::find()
        .filter(Column::UserId.eq(member.id()))
        .filter(Column::RemovedAt.is_null())
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .all(env.db())
        .await?;
    Ok(rows.into_iter().map(PayoutAccount::from).collect())
}

/// Some of the caller's own payout accounts by id, removed or not, in one statement.
pub async fn of_ids(env: &Env, member: Member, ids: &[PayoutAccountId]) -> Result<HashMap<PayoutAccountId, PayoutAccount>, Fault> {
    let found = Entity::find()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::UserId.eq(member.id()))
        .all(env.db())
        .await?;
    Ok(found.into_iter().map(|row| (row.id, row.into())).collect())
}
