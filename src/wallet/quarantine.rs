//! What the bank said that does not fit our record, for a person to look at.

use entity::bank_event::{Column, Entity, Model};
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use crate::kernel::{Env, Fault, policy::Admin};

/// How many are shown.
pub const NEWEST: u64 = 100;

/// The newest webhooks that were quarantined.
pub async fn quarantine(env: &Env, _right: Admin) -> Result<Vec<Model>, Fault> {
    let rows = Entity::find()
        .filter(Expr::cust("outcome = 'QUARANTINED'"))
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .limit(NEWEST)
        .all(env.db())
        .await?;
    Ok(rows)
}
