//! The queries of orders.

use entity::{
    kinds::{CancelledBy, OrderState},
    order::{ActiveModel, Column, Entity, Model},
    value::{OrderId, Time, UserId},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, sea_query::Expr,
};

use super::{remind, state};
use crate::kernel::{Fault, Tx};

/// Reads an order.
pub async fn get<C: ConnectionTrait>(db: &C, id: OrderId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// Reads an order and keeps others from changing it until the transaction ends.
pub async fn lock(tx: &Tx, id: OrderId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(tx.db()).await?)
}

/// Reads an order for one of its parties.
pub async fn of_party<C: ConnectionTrait>(db: &C, id: OrderId, user: UserId) -> Result<Option<Model>, Fault> {
    Ok(get(db, id).await?.filter(|order| order.buyer_id == user || order.seller_id == user))
}

/// Whether an order runs between two users, whoever of them buys.
pub async fn runs_between<C: ConnectionTrait>(db: &C, one: UserId, other: UserId) -> Result<bool, Fault> {
    let between = |buyer: UserId, seller: UserId| Condition::all().add(Column::BuyerId.eq(buyer)).add(Column::SellerId.eq(seller));
    let running = Entity::find()
        .filter(Column::EndedAt.is_null())
        .filter(Condition::any().add(between(one, other)).add(between(other, one)))
        .limit(1);
    Ok(running.one(db).await?.is_some())
}

/// Writes a new order.
pub async fn insert(tx: &Tx, order: Model) -> Result<(), Fault> {
    let row: ActiveModel = order.into_active_model();
    Entity::insert(row.reset_all()).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// What a step writes beside the state.
#[derive(Debug, Clone, Default)]
pub struct Stamp {
    /// When the new wait ends by itself.
    pub due_at: Option<Time>,
    /// When it was delivered, if the step delivers.
    pub delivered_at: Option<Time>,
    /// When it ended, if the step ends it.
    pub ended_at: Option<Time>,
    /// When the proceeds become available, if the step completes it.
    pub settles_at: Option<Time>,
    /// Who cancelled it, if the step cancels it.
    pub cancelled_by: Option<CancelledBy>,
    /// What the buyer asks for, if the step asks for a return.
    pub asked: Option<Asked>,
    /// The seller's share in percent, if the step splits the escrow.
    pub seller_share: Option<i32>,
}

/// A request for a return.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Why.
    pub reason: String,
    /// Milliseconds of the time to confirm that are left.
    pub left: i64,
}

/// Moves an order from one state to the next. `false`: it was not in that state any more.
pub async fn advance(tx: &Tx, id: OrderId, from: OrderState, to: OrderState, stamp: Stamp) -> Result<bool, Fault> {
    // Whoever the platform keeps waiting is not reminded of it.
    let remind_at = stamp.due_at.filter(|_| state::waits_for(to).is_some());
    let remind_at = remind_at.map(|due| remind::half(tx.now(), due));
    let mut update = Entity::update_many()
        .col_expr(Column::State, Expr::value(to))
        .col_expr(Column::DueAt, Expr::value(stamp.due_at))
        .col_expr(Column::WaitBeganAt, Expr::value(stamp.due_at.map(|_| tx.now())))
        .col_expr(Column::RemindAt, Expr::value(remind_at));
    for (column, at) in [
        (Column::DeliveredAt, stamp.delivered_at),
        (Column::EndedAt, stamp.ended_at),
        (Column::SettlesAt, stamp.settles_at),
    ] {
        if at.is_some() {
            update = update.col_expr(column, Expr::value(at));
        }
    }
    if let Some(Asked { reason, left }) = stamp.asked {
        update = update
            .col_expr(Column::ReturnRequestedAt, Expr::value(tx.now()))
            .col_expr(Column::ReturnReason, Expr::value(reason))
            .col_expr(Column::ConfirmLeft, Expr::value(left));
    }
    if stamp.seller_share.is_some() {
        update = update.col_expr(Column::SellerShare, Expr::value(stamp.seller_share));
    }
    if stamp.cancelled_by.is_some() {
        update = update.col_expr(Column::CancelledBy, Expr::value(stamp.cancelled_by));
    }
    let update = update.filter(Column::Id.eq(id)).filter(Column::State.eq(from));
    Ok(update.exec(tx.db()).await?.rows_affected == 1)
}

/// Whether the present wait of an order is over. Time that is over is over, whether or not the worker has come by.
pub(super) fn is_over(order: &Model, now: Time) -> bool {
    order.due_at.is_none_or(|due| due <= now)
}

/// How many orders of a buyer wait for their payment.
pub async fn unpaid_of(tx: &Tx, buyer: UserId) -> Result<u64, Fault> {
    use sea_orm::PaginatorTrait;
    Ok(Entity::find()
        .filter(Column::BuyerId.eq(buyer))
        .filter(Column::State.eq(OrderState::AwaitingPayment))
        .filter(Column::DueAt.gt(tx.now()))
        .count(tx.db())
        .await?)
}

/// How many orders of a seller have completed, without those whose account he took back.
pub async fn completed_of_seller(tx: &Tx, seller: UserId) -> Result<u64, Fault> {
    use sea_orm::PaginatorTrait;
    Ok(Entity::find()
        .filter(Column::SellerId.eq(seller))
        .filter(Column::State.eq(OrderState::Completed))
        .filter(Column::RecoveredAt.is_null())
        .count(tx.db())
        .await?)
}
