//! The queries of offers.

use entity::{
    kinds::{OfferState, OfferStep},
    offer::{ActiveModel, Column, Entity, Model},
    value::{ListingId, Money, OfferId, OrderId, Time, UserId},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};

use crate::kernel::{Event, Fault, Tx};

/// Reads an offer.
pub async fn get<C: ConnectionTrait>(db: &C, id: OfferId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// Reads an offer and keeps others from changing it until the transaction ends.
pub async fn lock(tx: &Tx, id: OfferId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(tx.db()).await?)
}

/// The open offers for a listing, locked.
pub async fn lock_open(tx: &Tx, listing: ListingId) -> Result<Vec<Model>, Fault> {
    let open = Entity::find()
        .filter(Column::ListingId.eq(listing))
        .filter(Column::EndedAt.is_null())
        .order_by_asc(Column::Id);
    Ok(open.lock_exclusive().all(tx.db()).await?)
}

/// Whether the wait of an open offer is over: it has lapsed, whether or not the worker has come by.
pub fn is_over(offer: &Model, now: Time) -> bool {
    offer.due_at.is_none_or(|due| due <= now)
}

/// How many offers of a buyer are open. One that is over is not, whether or not the worker has come by.
pub async fn open_of(tx: &Tx, buyer: UserId) -> Result<u64, Fault> {
    let open = Entity::find()
        .filter(Column::BuyerId.eq(buyer))
        .filter(Column::EndedAt.is_null())
        .filter(Column::DueAt.gt(tx.now()));
    Ok(open.count(tx.db()).await?)
}

/// A buyer's offer for a listing that has not ended, locked. Its wait may be over.
pub async fn lock_his(tx: &Tx, buyer: UserId, listing: ListingId) -> Result<Option<Model>, Fault> {
    let open = Entity::find()
        .filter(Column::ListingId.eq(listing))
        .filter(Column::BuyerId.eq(buyer))
        .filter(Column::EndedAt.is_null());
    Ok(open.lock_exclusive().one(tx.db()).await?)
}

/// Writes a new offer.
pub async fn insert(tx: &Tx, offer: Model) -> Result<(), Fault> {
    let row: ActiveModel = offer.into_active_model();
    Entity::insert(row.reset_all()).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// What a step writes beside the state.
#[derive(Debug, Clone, Default)]
pub struct Stamp {
    /// When the new wait lapses. None: the step ends the offer.
    pub due_at: Option<Time>,
    /// The seller's price and what he says to it, if the step is a counter-offer.
    pub counter: Option<(Money, String)>,
    /// The order it leads to.
    pub order_id: Option<OrderId>,
}

/// Moves an offer from the state it was seen in to the next and tells both sides. `false`: it was not in that state any more.
pub async fn advance(tx: &Tx, seen: &Model, step: OfferStep, to: OfferState, stamp: Stamp) -> Result<bool, Fault> {
    let ended_at = stamp.due_at.is_none().then(|| tx.now());
    let mut update = Entity::update_many()
        .col_expr(Column::State, Expr::value(to))
        .col_expr(Column::DueAt, Expr::value(stamp.due_at))
        .col_expr(Column::EndedAt, Expr::value(ended_at));
    if let Some((price, note)) = stamp.counter {
        update = update
            .col_expr(Column::CounterPrice, Expr::value(price))
            .col_expr(Column::CounterNote, Expr::value(note));
    }
    if stamp.order_id.is_some() {
        update = update.col_expr(Column::OrderId, Expr::value(stamp.order_id));
    }
    let update = update.filter(Column::Id.eq(seen.id)).filter(Column::State.eq(seen.state));
    if update.exec(tx.db()).await?.rows_affected == 0 {
        return Ok(false);
    }
    tell(tx, seen, step);
    Ok(true)
}

/// Tells both sides of a step.
pub fn tell(tx: &Tx, offer: &Model, step: OfferStep) {
    tx.emit(Event::OfferMoved {
        offer: offer.id,
        buyer: offer.buyer_id,
        seller: offer.seller_id,
        step,
    });
}
