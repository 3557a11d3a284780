//! The rows of listings, and the guarded statements that change their state.

use entity::{
    game, game_server,
    kinds::ListingState,
    listing::{Column, Entity, Model},
    listing_image, standing,
    value::{GameId, ImageId, ListingId, Money, OrderId, ServerId, Time, UserId},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QuerySelect, sea_query::Expr,
};

use crate::kernel::{Fault, Tx};

/// Reads a listing in any state.
pub async fn get<C: ConnectionTrait>(db: &C, id: ListingId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// Keeps others from changing a listing until the transaction ends.
pub async fn lock(tx: &Tx, id: ListingId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(tx.db()).await?)
}

/// Reads a game, switched on or not.
pub async fn game<C: ConnectionTrait>(db: &C, id: GameId) -> Result<Option<game::Model>, Fault> {
    Ok(game::Entity::find_by_id(id).one(db).await?)
}

/// Reads a server.
pub async fn server<C: ConnectionTrait>(db: &C, id: ServerId) -> Result<Option<game_server::Model>, Fault> {
    Ok(game_server::Entity::find_by_id(id).one(db).await?)
}

/// How many listings of a seller are neither sold nor rejected.
pub async fn live<C: ConnectionTrait>(db: &C, seller: UserId) -> Result<u64, Fault> {
    let over = [ListingState::Sold, ListingState::Rejected];
    let live = Entity::find()
        .filter(Column::SellerId.eq(seller))
        .filter(Column::State.is_not_in(over));
    Ok(live.count(db).await?)
}

/// Locks the seller's standing until the end. `false`: he may not sell.
pub async fn hold_seller(tx: &Tx, seller: UserId) -> Result<bool, Fault> {
    let standing = standing::Entity::find_by_id(seller).lock_exclusive().one(tx.db()).await?;
    Ok(standing.is_some_and(|standing| standing.verified && !standing.blacklisted))
}

/// Writes a new listing with its images in their order.
pub async fn insert(tx: &Tx, listing: &Model, images: &[ImageId]) -> Result<(), Fault> {
    Entity::insert(listing.clone().into_active_model())
        .exec_without_returning(tx.db())
        .await?;
    let rows = (0..).zip(images).map(|(position, image)| listing_image::ActiveModel {
        listing_id: Set(listing.id),
        position: Set(position),
        image_id: Set(*image),
    });
    listing_image::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    Ok(())
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

/// Takes a seller's listings off the market for good, those under review too. What an order holds is not touched.
pub async fn take_off(tx: &Tx, seller: UserId) -> Result<(), Fault> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(ListingState::OffShelf))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::ClaimedBy, Expr::value(None::<UserId>))
        .col_expr(Column::ClaimedAt, Expr::value(None::<Time>))
        .filter(Column::SellerId.eq(seller))
        .filter(Column::State.is_in([ListingState::OnSale, ListingState::InReview]));
    update.exec(tx.db()).await?;
    Ok(())
}

/// Milliseconds after which a claim on a review lapses by itself.
pub const CLAIM: i64 = 4 * 60 * 60 * 1_000;

/// Nobody else looks at it: there is no claim, or it is `admin`'s, or it has lapsed.
fn free_for(admin: UserId, now: Time) -> Condition {
    Condition::any()
        .add(Column::ClaimedBy.is_null())
        .add(Column::ClaimedBy.eq(admin))
        .add(Column::ClaimedAt.lte(now.plus_millis(-CLAIM)))
}

/// Gives a listing under review to `admin` alone. `false`: it is not under review, or another's, or his own listing.
pub async fn claim(tx: &Tx, listing: ListingId, admin: UserId) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .col_expr(Column::ClaimedBy, Expr::value(admin))
        .col_expr(Column::ClaimedAt, Expr::value(tx.now()))
        .filter(Column::Id.eq(listing))
        .filter(Column::State.eq(ListingState::InReview))
        .filter(Column::SellerId.ne(admin))
        .filter(free_for(admin, tx.now()));
    Ok(update.exec(tx.db()).await?.rows_affected == 1)
}

/// Gives a claimed listing back to the queue. `false`: it is not `admin`'s.
pub async fn release_claim(tx: &Tx, listing: ListingId, admin: UserId) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .col_expr(Column::ClaimedBy, Expr::value(None::<UserId>))
        .col_expr(Column::ClaimedAt, Expr::value(None::<Time>))
        .filter(Column::Id.eq(listing))
        .filter(Column::ClaimedBy.eq(admin));
    Ok(update.exec(tx.db()).await?.rows_affected == 1)
}

/// Puts a listing under review on sale. `false`: it is not under review in this version, or it is `admin`'s own, or another looks at it.
pub async fn approve(tx: &Tx, listing: ListingId, version: i64, admin: UserId) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(ListingState::OnSale))
        .col_expr(Column::PublishedAt, Expr::value(tx.now()))
        .col_expr(Column::ClaimedBy, Expr::value(None::<UserId>))
        .col_expr(Column::ClaimedAt, Expr::value(None::<Time>))
        .col_expr(Column::RejectReason, Expr::value(None::<String>))
        .filter(Column::Id.eq(listing))
        .filter(Column::State.eq(ListingState::InReview))
        .filter(Column::Version.eq(version))
        .filter(Column::SellerId.ne(admin))
        .filter(free_for(admin, tx.now()));
    Ok(update.exec(tx.db()).await?.rows_affected == 1)
}

/// Refuses a listing under review. `false`: it is not under review in this version, or it is `admin`'s own, or another looks at it.
pub async fn reject(tx: &Tx, listing: ListingId, version: i64, admin: UserId, reason: &str) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(ListingState::Rejected))
        .col_expr(Column::PublishedAt, Expr::value(None::<Time>))
        .col_expr(Column::ClaimedBy, Expr::value(None::<UserId>))
        .col_expr(Column::ClaimedAt, Expr::value(None::<Time>))
        .col_expr(Column::RejectReason, Expr::value(reason))
        .filter(Column::Id.eq(listing))
        .filter(Column::State.eq(ListingState::InReview))
        .filter(Column::Version.eq(version))
        .filter(Column::SellerId.ne(admin))
        .filter(free_for(admin, tx.now()));
    Ok(update.exec(tx.db()).await?.rows_affected == 1)
}
