//! What happened to an order, row by row: its timeline.

use std::collections::HashMap;

use entity::{
    kinds::OrderStepKind,
    order_step::{Column, Entity, Model},
    value::{OrderId, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::side::Side;
use crate::kernel::{Env, Fault, Tx, sql};

/// Writes down what happens. The order's row is locked, so the numbers are dense.
pub(super) async fn append(tx: &Tx, order: OrderId, kind: OrderStepKind, actor: Option<UserId>) -> Result<(), Fault> {
    let insert = "INSERT INTO order_steps (order_id, seq, kind, actor_id, at) \
        SELECT $1, COALESCE(MAX(seq), 0) + 1, $2, $3, $4 FROM order_steps WHERE order_id = $1";
    let values = vec![
        order.into(),
        kind.as_str().into(),
        actor.map(|actor| actor.0).into(),
        tx.now().into(),
    ];
    sql::run(tx.db(), insert, values).await?;
    Ok(())
}

/// The timelines of some orders, oldest first.
pub async fn of(env: &Env, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<Model>>, Fault> {
    let rows = Entity::find()
        .filter(Column::OrderId.is_in(orders.iter().copied()))
        .order_by_asc(Column::OrderId)
        .order_by_asc(Column::Seq)
        .all(env.db())
        .await?;
    let mut timelines = HashMap::<OrderId, Vec<Model>>::new();
    for row in rows {
        timelines.entry(row.order_id).or_default().push(row);
    }
    Ok(timelines)
}

/// Whether a party may know of a step: what becomes of the seller's money is his alone.
#[must_use]
pub const fn shown_to(side: Side, kind: OrderStepKind) -> bool {
    match kind {
        OrderStepKind::Settled => matches!(side, Side::Sold),
        OrderStepKind::Placed
        | OrderStepKind::Agreed
        | OrderStepKind::Paid
        | OrderStepKind::ReturnRequested
        | OrderStepKind::ReturnWithdrawn
        | OrderStepKind::ReturnLapsed
        | OrderStepKind::HandedBack
        | OrderStepKind::HandBackRevealed
        | OrderStepKind::ReturnAgreed
        | OrderStepKind::ReturnRefused
        | OrderStepKind::Refunded
        | OrderStepKind::Split
        | OrderStepKind::Delivered
        | OrderStepKind::Corrected
        | OrderStepKind::Revealed
        | OrderStepKind::RemindedAtHalf
        | OrderStepKind::RemindedAtEnd
        | OrderStepKind::Completed
        | OrderStepKind::Cancelled
        | OrderStepKind::Recovered
        | OrderStepKind::KeyDestroyed => true,
    }
}
