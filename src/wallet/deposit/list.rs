//! A user's own deposits.

use std::collections::HashMap;

use entity::{
    deposit::{Column, Entity, Model},
    value::DepositId,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::store;
use crate::kernel::{
    Env, Fault,
    page::{Ask, Page},
    policy::Member,
};

/// One of the caller's own deposits.
pub async fn find(env: &Env, member: Member, id: DepositId) -> Result<Option<Model>, Fault> {
    let found = store::get(env.db(), id).await?;
    Ok(found.filter(|deposit| deposit.user_id == member.id()))
}

/// The caller's own deposits, newest first.
pub async fn list(env: &Env, member: Member, ask: &Ask) -> Result<Page<Model>, Fault> {
    let mut list = Entity::find().filter(Column::UserId.eq(member.id()));
    if let Some(after) = ask.after {
        let earlier = Column::CreatedAt.lt(after.at);
        let same = Condition::all().add(Column::CreatedAt.eq(after.at)).add(Column::Id.lt(after.id));
        list = list.filter(Condition::any().add(earlier).add(same));
    }
    let rows = list
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(ask.limit())
        .all(env.db())
        .await?;
    Ok(ask.cut(rows))
}

/// Some of the caller's own deposits by id, in one statement.
pub async fn of_ids(env: &Env, member: Member, ids: &[DepositId]) -> Result<HashMap<DepositId, Model>, Fault> {
    let found = Entity::find()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::UserId.eq(member.id()))
        .all(env.db())
        .await?;
    Ok(found.into_iter().map(|deposit| (deposit.id, deposit)).collect())
}
