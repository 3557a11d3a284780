//! A user's own payout accounts.

use entity::payout_account::{Column, Entity};
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
