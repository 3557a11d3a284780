//! What a case does to a completed order whose account its seller may have taken back.

use entity::{
    kinds::{OrderState, OrderStepKind},
    order::{self, Column, Entity},
    value::{Money, OrderId, Time, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{history, keys};
use crate::kernel::{Fault, Tx};

/// Until when a completed order is under warranty. None: it did not complete.
#[must_use]
pub fn warranted_until(order: &order::Model) -> Option<Time> {
    let completed = order.ended_at.filter(|_| order.state == OrderState::Completed)?;
    Some(completed.plus_days(i64::from(order.warranty_days)))
}

/// Proceeds that are still to settle, and when they would.
#[must_use]
pub fn to_settle(order: &order::Model) -> Option<(Money, Time)> {
    order.settles_at.map(|at| (order.price - order.fee, at))
}

/// Keeps the credentials readable for whoever decides, however long that takes. The order is locked.
pub async fn keep(tx: &Tx, order: &order::Model) -> Result<(), Fault> {
    keys::put_off(tx, order.id).await
}

/// Lets the credentials go when their time has come, or has passed. The order is locked.
pub async fn let_go(tx: &Tx, order: &order::Model) -> Result<(), Fault> {
    keys::destroy_in_time(tx, order).await
}

/// Lets its proceeds not settle any more: they were taken.
pub async fn unsettle(tx: &Tx, order: OrderId) -> Result<(), Fault> {
    settles(tx, order, None).await
}

/// Lets its proceeds, which were taken, settle at this time after all.
pub async fn resettle(tx: &Tx, order: OrderId, at: Time) -> Result<(), Fault> {
    settles(tx, order, Some(at)).await
}

async fn settles(tx: &Tx, order: OrderId, at: Option<Time>) -> Result<(), Fault> {
    let update = Entity::update_many()
        .col_expr(Column::SettlesAt, Expr::value(at))
        .filter(Column::Id.eq(order));
    update.exec(tx.db()).await?;
    Ok(())
}

/// Marks an order as recovered by its seller: it stays completed, and does not count for him any more. The order is locked.
pub async fn mark(tx: &Tx, order: &order::Model, by: UserId) -> Result<(), Fault> {
    let update = Entity::update_many()
        .col_expr(Column::RecoveredAt, Expr::value(tx.now()))
        .filter(Column::Id.eq(order.id))
        .filter(Column::State.eq(OrderState::Completed))
        .filter(Column::RecoveredAt.is_null());
    if update.exec(tx.db()).await?.rows_affected == 0 {
        return Err(Fault::internal("an order was recovered twice"));
    }
    history::append(tx, order.id, OrderStepKind::Recovered, Some(by)).await
}
