//! The keys under which credentials are sealed, one for each order: made with the first version, destroyed when nobody may need them any more.

use entity::{
    kinds::OrderStepKind,
    order,
    order_key::{ActiveModel, Column, Entity},
    value::{OrderId, Time},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};

use super::{giving_back, history, store, timers::BATCH};
use crate::kernel::{Env, Fault, Tx, policy::System, port::Sealed, rewrap::SealedColumn};

/// How long after completion the buyer may read what he bought.
pub(super) const DAYS_TO_READ: i64 = 30;

/// What lies sealed here: the keys themselves. What they seal needs nothing when the server's keys change.
pub const SEALED: [SealedColumn; 2] = [
    SealedColumn {
        table: "order_keys",
        column: "wrapped",
        keys: ["order_id", "order_id"],
        place: |order, _| place(OrderId(order)),
    },
    SealedColumn {
        table: "hand_backs",
        column: "wrapped",
        keys: ["order_id", "order_id"],
        place: |order, _| giving_back::hand_back::key_place(OrderId(order)),
    },
];

/// Where an order's key is bound to.
pub(super) fn place(order: OrderId) -> String {
    format!("order_keys:{order}")
}

/// The wrapped key of a running order. The first version makes it.
pub(super) async fn make_or_find(tx: &Tx, order: OrderId) -> Result<Sealed, Fault> {
    let made = ActiveModel {
        order_id: Set(order),
        wrapped: Set(Some(tx.env().seal().new_key(&place(order)))),
        destroyed_at: Set(None),
        destroy_at: Set(None),
    };
    let there = OnConflict::column(Column::OrderId).do_nothing().to_owned();
    Entity::insert(made).on_conflict(there).exec_without_returning(tx.db()).await?;
    find(tx, order)
        .await?
        .ok_or_else(|| Fault::internal("the key of a running order is destroyed"))
}

/// The wrapped key, unless it was never made or is destroyed.
pub(super) async fn find(tx: &Tx, order: OrderId) -> Result<Option<Sealed>, Fault> {
    Ok(Entity::find_by_id(order).one(tx.db()).await?.and_then(|row| row.wrapped))
}

/// When nobody needs the key of a completed order any more: the buyer's time to read and the warranty are over.
pub(super) fn needed_until(ended: Time, warranty_days: i32) -> Time {
    ended.plus_days(DAYS_TO_READ.max(i64::from(warranty_days)))
}

/// Says when a completed order's key will be destroyed.
pub(super) async fn destroy_later(tx: &Tx, order: &order::Model) -> Result<(), Fault> {
    let update = Entity::update_many()
        .col_expr(Column::DestroyAt, Expr::value(needed_until(tx.now(), order.warranty_days)))
        .filter(Column::OrderId.eq(order.id));
    update.exec(tx.db()).await?;
    Ok(())
}

/// Keeps a completed order's key for as long as a case about the order is open. The order's row is locked.
pub(super) async fn put_off(tx: &Tx, order: OrderId) -> Result<(), Fault> {
    destroy_at(tx, order, None).await
}

/// Says anew when a completed order's key will be destroyed, once no case about it is open. The order's row is locked.
pub(super) async fn destroy_in_time(tx: &Tx, order: &order::Model) -> Result<(), Fault> {
    let until = needed_until(order.ended_at.unwrap_or(tx.now()), order.warranty_days);
    destroy_at(tx, order.id, Some(until)).await
}

async fn destroy_at(tx: &Tx, order: OrderId, at: Option<Time>) -> Result<(), Fault> {
    let update = Entity::update_many()
        .col_expr(Column::DestroyAt, Expr::value(at))
        .filter(Column::OrderId.eq(order))
        .filter(Column::Wrapped.is_not_null());
    update.exec(tx.db()).await?;
    Ok(())
}

/// Destroys the key, if there is one: what was sealed under it is unreadable for good. The order's row is locked.
pub(super) async fn destroy(tx: &Tx, order: OrderId) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .col_expr(Column::Wrapped, Expr::value(None::<Vec<u8>>))
        .col_expr(Column::DestroyedAt, Expr::value(tx.now()))
        .col_expr(Column::DestroyAt, Expr::value(None::<Time>))
        .filter(Column::OrderId.eq(order))
        .filter(Column::Wrapped.is_not_null());
    let destroyed = update.exec(tx.db()).await?.rows_affected == 1;
    if destroyed {
        history::append(tx, order, OrderStepKind::KeyDestroyed, None).await?;
    }
    Ok(destroyed)
}

/// Destroys the keys whose time has come. Answers how many.
pub async fn destroy_due(env: &Env, _: System) -> Result<u64, Fault> {
    let due = Entity::find()
        .filter(Column::DestroyAt.lte(env.now()))
        .order_by_asc(Column::DestroyAt)
        .limit(BATCH)
        .all(env.db())
        .await?;
    let mut done = giving_back::reveal::destroy_due(env, System::new()).await?;
    for key in due {
        match destroy_one(env, key.order_id).await {
            Ok(destroyed) => done += u64::from(destroyed),
            Err(error) => tracing::error!(order = %key.order_id, %error, "a key could not be destroyed"),
        }
    }
    Ok(done)
}

async fn destroy_one(env: &Env, order: OrderId) -> Result<bool, Fault> {
    let tx = env.begin().await?;
    store::lock(&tx, order).await?;
    // A case that was opened meanwhile has put it off.
    let key = Entity::find_by_id(order).one(tx.db()).await?;
    if key.is_none_or(|key| key.destroy_at.is_none_or(|at| at > tx.now())) {
        return Ok(false);
    }
    let destroyed = destroy(&tx, order).await?;
    tx.commit().await?;
    tracing::info!(%order, "the key of the credentials was destroyed");
    Ok(destroyed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_outlives_the_warranty_and_the_time_to_read() {
        let ended = Time(0);
        for (warranty, days) in [(7, 30), (14, 30), (30, 30), (90, 90)] {
            assert_eq!(needed_until(ended, warranty), ended.plus_days(days));
        }
    }
}
