//! The rows of listings, and the guarded statements that change their state.

use entity::{
    kinds::ListingState,
    listing::{Column, Entity, Model},
    value::{ListingId, Money, OrderId, Time, UserId},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};

use crate::kernel::{Fault, Tx};

/// Reads a listing in any state.
pub async fn get<C: ConnectionTrait>(db: &C, id: ListingId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// Keeps others from changing a listing until the transaction ends.
pub async fn lock(tx: &Tx, id: ListingId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(tx.db()).await?)
}

/// Takes a listing off the market for an order. `false`: it is not on sale, or not in the version and at the price the buyer saw.
pub async fn reserve(tx: &Tx, listing: ListingId, version: i64, price: Money, order: OrderId) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(ListingState::Reserved))
        .col_expr(Column::OrderId, Expr::value(order))
        .filter(Column::Id.eq(listing))
        .filter(Column::State.eq(ListingState::OnSale))
        .filter(Column::Version.eq(version))
        .filter(Column::Price.eq(price));
    Ok(update.exec(tx.db()).await?.rows_affected == 1)
}

/// Gives a listing back after its order ended without a sale: to the market or off the shelf. `false`: this order does not hold it.
pub async fn release(tx: &Tx, listing: ListingId, order: OrderId, to: ListingState) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(to))
        .col_expr(Column::OrderId, Expr::value(None::<OrderId>))
        .filter(Column::Id.eq(listing))
        .filter(Column::State.eq(ListingState::Reserved))
        .filter(Column::OrderId.eq(order));
    Ok(update.exec(tx.db()).await?.rows_affected == 1)
}

/// Marks a listing as bought by the order that holds it. `false`: this order does not hold it.
pub async fn sold(tx: &Tx, listing: ListingId, order: OrderId) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(ListingState::Sold))
        .filter(Column::Id.eq(listing))
        .filter(Column::State.eq(ListingState::Reserved))
        .filter(Column::OrderId.eq(order));
    Ok(update.exec(tx.db()).await?.rows_affected == 1)
}

/// Puts a listing under review on sale. `false`: it is not under review in this version, or it is `admin`'s own.
pub async fn approve(tx: &Tx, listing: ListingId, version: i64, admin: UserId) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(ListingState::OnSale))
        .col_expr(Column::PublishedAt, Expr::value(tx.now()))
        .col_expr(Column::RejectReason, Expr::value(None::<String>))
        .filter(Column::Id.eq(listing))
        .filter(Column::State.eq(ListingState::InReview))
        .filter(Column::Version.eq(version))
        .filter(Column::SellerId.ne(admin));
    Ok(update.exec(tx.db()).await?.rows_affected == 1)
}

/// Refuses a listing under review. `false`: it is not under review in this version, or it is `admin`'s own.
pub async fn reject(tx: &Tx, listing: ListingId, version: i64, admin: UserId, reason: &str) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(ListingState::Rejected))
        .col_expr(Column::PublishedAt, Expr::value(None::<Time>))
        .col_expr(Column::RejectReason, Expr::value(reason))
        .filter(Column::Id.eq(listing))
        .filter(Column::State.eq(ListingState::InReview))
        .filter(Column::Version.eq(version))
        .filter(Column::SellerId.ne(admin));
    Ok(update.exec(tx.db()).await?.rows_affected == 1)
}
