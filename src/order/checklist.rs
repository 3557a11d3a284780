//! The buyer ticks what he has bound anew.

use std::collections::{BTreeSet, HashMap};

use entity::{
    kinds::OrderState,
    order,
    order_tick::{ActiveModel, Column, Entity},
    value::OrderId,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict};

use super::store;
use crate::{
    kernel::{Env, Fault, Tx, policy::Trader},
    market::checklist::{self, ChecklistStep},
};

/// Why nothing was ticked.
#[derive(Debug, thiserror::Error)]
pub enum TickError {
    /// There is no such order for him as a buyer.
    #[error("no such order")]
    NotFound,
    /// The checklist has no such step.
    #[error("no such step")]
    NoSuchStep,
    /// Nothing was handed over yet, or the order was cancelled.
    #[error("nothing was handed over")]
    NotNow,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The buyer says that a step is done, or that it is not. Saying it again changes nothing.
pub async fn tick(env: &Env, buyer: Trader, id: OrderId, key: &str, done: bool) -> Result<OrderId, TickError> {
    let tx = env.begin().await?;
    let order = store::lock(&tx, id)
        .await?
        .filter(|order| order.buyer_id == buyer.id())
        .ok_or(TickError::NotFound)?;
    if !may_tick(order.state) {
        return Err(TickError::NotNow);
    }
    if !checklist::parse(&order.checklist)?.iter().any(|step| step.key == key) {
        return Err(TickError::NoSuchStep);
    }
    write(&tx, id, key, done).await?;
    tx.commit().await?;
    Ok(id)
}

const fn may_tick(state: OrderState) -> bool {
    match state {
        OrderState::Delivered | OrderState::ReturnRequested | OrderState::Completed => true,
        OrderState::AwaitingPayment
        | OrderState::Paid
        | OrderState::ReturnInspection
        | OrderState::InDispute
        | OrderState::Refunded
        | OrderState::Split
        | OrderState::Cancelled => false,
    }
}

async fn write(tx: &Tx, order: OrderId, key: &str, done: bool) -> Result<(), Fault> {
    if done {
        let row = ActiveModel {
            order_id: Set(order),
            item: Set(key.to_owned()),
            at: Set(tx.now()),
        };
        let there = OnConflict::columns([Column::OrderId, Column::Item]).do_nothing().to_owned();
        Entity::insert(row).on_conflict(there).exec_without_returning(tx.db()).await?;
    } else {
        Entity::delete_by_id((order, key.to_owned())).exec(tx.db()).await?;
    }
    Ok(())
}

/// The keys that were ticked, of some orders.
pub async fn ticked<C: ConnectionTrait>(db: &C, orders: &[OrderId]) -> Result<HashMap<OrderId, BTreeSet<String>>, Fault> {
    let rows = Entity::find().filter(Column::OrderId.is_in(orders.iter().copied())).all(db).await?;
    let mut ticked = HashMap::<OrderId, BTreeSet<String>>::new();
    for row in rows {
        ticked.entry(row.order_id).or_default().insert(row.item);
    }
    Ok(ticked)
}

/// The steps of an order that are not ticked.
pub(super) async fn open(tx: &Tx, order: &order::Model) -> Result<Vec<ChecklistStep>, Fault> {
    let done = ticked(tx.db(), &[order.id]).await?.remove(&order.id).unwrap_or_default();
    let mut steps = checklist::parse(&order.checklist)?;
    steps.retain(|step| !done.contains(&step.key));
    Ok(steps)
}
