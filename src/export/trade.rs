//! What he offered, sold and bought.

use entity::{listing, order, value::UserId};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use super::{Others, amount, maybe, moment};
use crate::kernel::{Env, Fault, policy::Member};

pub(super) async fn listings(env: &Env, member: Member) -> Result<Value, Fault> {
    let rows = listing::Entity::find()
        .filter(listing::Column::SellerId.eq(member.id()))
        .order_by_asc(listing::Column::CreatedAt)
        .all(env.db())
        .await?;
    let one = |row: listing::Model| {
        json!({
            "id": row.id,
            "title": row.title,
            "description": row.description,
            "price": amount(row.price),
            "state": row.state,
            "version": row.version,
            "rejectReason": row.reject_reason,
            "madeAt": moment(row.created_at),
            "onSaleSince": maybe(row.published_at),
        })
    };
    Ok(rows.into_iter().map(one).collect())
}

pub(super) async fn orders(env: &Env, member: Member) -> Result<Value, Fault> {
    let own = Condition::any()
        .add(order::Column::BuyerId.eq(member.id()))
        .add(order::Column::SellerId.eq(member.id()));
    let rows = order::Entity::find()
        .filter(own)
        .order_by_asc(order::Column::PlacedAt)
        .all(env.db())
        .await?;
    let others = Others::of(env.db(), member, rows.iter().map(|row| other(row, member.id()))).await?;
    let one = |row: order::Model| {
        let side = if row.buyer_id == member.id() { "bought" } else { "sold" };
        json!({
            "id": row.id,
            "side": side,
            "with": others.get(other(&row, member.id())),
            "title": row.title,
            "description": row.description,
            "price": amount(row.price),
            "fee": amount(row.fee),
            "state": row.state,
            "placedAt": moment(row.placed_at),
            "deliveredAt": maybe(row.delivered_at),
            "firstReadAt": maybe(row.revealed_at),
            "endedAt": maybe(row.ended_at),
            "warrantyDays": row.warranty_days,
        })
    };
    Ok(rows.into_iter().map(one).collect())
}

fn other(order: &order::Model, user: UserId) -> UserId {
    if order.buyer_id == user { order.seller_id } else { order.buyer_id }
}
