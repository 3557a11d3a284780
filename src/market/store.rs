//! The rows of listings, and the guarded statements that change their state.

use entity::{
    game, game_server,
    kinds::{ListingState, QueueKind},
    listing::{Column, Entity, Model},
    listing_attribute, listing_image, standing,
    value::{GameId, ImageId, ListingId, Money, OrderId, ServerId, Time, UserId},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, sea_query::Expr,
};

use super::{draft::Draft, search};
use crate::kernel::{Event, Fault, Tx, claim, sql};

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

/// Reads a game and keeps admins from changing it until the transaction ends.
pub async fn hold_game(tx: &Tx, id: GameId) -> Result<Option<game::Model>, Fault> {
    Ok(game::Entity::find_by_id(id).lock_shared().one(tx.db()).await?)
}

/// Reads a server.
pub async fn server<C: ConnectionTrait>(db: &C, id: ServerId) -> Result<Option<game_server::Model>, Fault> {
    Ok(game_server::Entity::find_by_id(id).one(db).await?)
}

/// How many listings of a seller are in review, on sale, off the shelf or reserved.
pub async fn live<C: ConnectionTrait>(db: &C, seller: UserId) -> Result<u64, Fault> {
    use ListingState::{InReview, OffShelf, OnSale, Reserved};
    count(db, seller, &[InReview, OnSale, OffShelf, Reserved]).await
}

/// How many drafts a seller has.
pub async fn drafts<C: ConnectionTrait>(db: &C, seller: UserId) -> Result<u64, Fault> {
    count(db, seller, &[ListingState::Draft]).await
}

async fn count<C: ConnectionTrait>(db: &C, seller: UserId, states: &[ListingState]) -> Result<u64, Fault> {
    let some = Entity::find()
        .filter(Column::SellerId.eq(seller))
        .filter(Column::State.is_in(states.iter().copied()));
    Ok(some.count(db).await?)
}

/// The images of a listing, in their order.
pub async fn image_ids<C: ConnectionTrait>(db: &C, listing: ListingId) -> Result<Vec<ImageId>, Fault> {
    let rows = listing_image::Entity::find()
        .filter(listing_image::Column::ListingId.eq(listing))
        .order_by_asc(listing_image::Column::Position)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.image_id).collect())
}

/// Locks the seller's standing until the end. `false`: he may not sell.
pub async fn hold_seller(tx: &Tx, seller: UserId) -> Result<bool, Fault> {
    let standing = standing::Entity::find_by_id(seller).lock_exclusive().one(tx.db()).await?;
    Ok(standing.is_some_and(|standing| standing.verified && !standing.blacklisted))
}

/// Locks somebody's standing until the end, so that what he does twice at once comes one after the other.
pub async fn hold_standing(tx: &Tx, user: UserId) -> Result<(), Fault> {
    standing::Entity::find_by_id(user).lock_exclusive().one(tx.db()).await?;
    Ok(())
}

/// Writes a new listing with its images in their order.
pub async fn insert(tx: &Tx, listing: &Model, images: &[ImageId]) -> Result<(), Fault> {
    Entity::insert(listing.clone().into_active_model())
        .exec_without_returning(tx.db())
        .await?;
    insert_images(tx, listing.id, images).await
}

async fn insert_images(tx: &Tx, listing: ListingId, images: &[ImageId]) -> Result<(), Fault> {
    let rows = (0..).zip(images).map(|(position, image)| listing_image::ActiveModel {
        listing_id: Set(listing),
        position: Set(position),
        image_id: Set(*image),
    });
    listing_image::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    Ok(())
}

async fn delete_images(tx: &Tx, listing: ListingId) -> Result<(), Fault> {
    let its = listing_image::Entity::delete_many().filter(listing_image::Column::ListingId.eq(listing));
    its.exec(tx.db()).await?;
    Ok(())
}

/// Gives a listing other images in this order.
pub async fn replace_images(tx: &Tx, listing: ListingId, images: &[ImageId]) -> Result<(), Fault> {
    delete_images(tx, listing).await?;
    insert_images(tx, listing, images).await
}

/// The listing as it was read, and nobody touched it since.
fn as_read(listing: &Model) -> Condition {
    Condition::all()
        .add(Column::Id.eq(listing.id))
        .add(Column::Version.eq(listing.version))
        .add(Column::State.eq(listing.state))
}

/// Writes what a listing says from now on, as the next version. `false`: it moved since it was read.
pub async fn rewrite(tx: &Tx, before: &Model, wanted: &Draft, next: ListingState) -> Result<bool, Fault> {
    let bindings = serde_json::to_string(&wanted.bindings).map_err(Fault::internal)?;
    let mut update = Entity::update_many()
        .col_expr(Column::GameId, Expr::value(wanted.game))
        .col_expr(Column::ServerId, Expr::value(wanted.server))
        .col_expr(Column::Title, Expr::value(wanted.title.as_str()))
        .col_expr(Column::Description, Expr::value(wanted.description.as_str()))
        .col_expr(Column::Price, Expr::value(wanted.price))
        .col_expr(Column::Negotiable, Expr::value(wanted.negotiable))
        .col_expr(Column::DeliveryHours, Expr::value(wanted.delivery_hours))
        .col_expr(Column::WarrantyDays, Expr::value(wanted.warranty_days))
        .col_expr(Column::Bindings, Expr::value(bindings))
        .col_expr(Column::Penalties, Expr::value(wanted.penalties.as_str()))
        .col_expr(Column::CoverId, Expr::value(wanted.images[0]))
        .col_expr(Column::State, Expr::value(next))
        .col_expr(Column::Version, Expr::value(before.version + 1));
    if next == ListingState::InReview {
        // Whoever waits with something new waits from now on.
        update = update.col_expr(Column::SubmittedAt, Expr::value(tx.now()));
    }
    Ok(update.filter(as_read(before)).exec(tx.db()).await?.rows_affected == 1)
}

/// Sends a listing to review as it is. `false`: it moved since it was read.
pub async fn submit(tx: &Tx, before: &Model, next: ListingState) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(next))
        .col_expr(Column::SubmittedAt, Expr::value(tx.now()))
        .col_expr(Column::RejectReason, Expr::value(None::<String>))
        .filter(as_read(before));
    Ok(update.exec(tx.db()).await?.rows_affected == 1)
}

/// Moves a listing and changes nothing else. `false`: it moved since it was read.
pub async fn step(tx: &Tx, before: &Model, next: ListingState) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(next))
        .filter(as_read(before));
    Ok(update.exec(tx.db()).await?.rows_affected == 1)
}

/// Takes a listing away for good, for a reason. `false`: it moved since it was read.
pub async fn remove(tx: &Tx, before: &Model, next: ListingState, reason: &str) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(next))
        .col_expr(Column::RejectReason, Expr::value(reason))
        .col_expr(Column::ClaimedBy, Expr::value(None::<UserId>))
        .col_expr(Column::ClaimedAt, Expr::value(None::<Time>))
        .filter(as_read(before));
    Ok(update.exec(tx.db()).await?.rows_affected == 1)
}

/// Deletes a listing that nothing but its own rows refers to.
pub async fn delete(tx: &Tx, listing: ListingId) -> Result<(), Fault> {
    delete_images(tx, listing).await?;
    let said = listing_attribute::Entity::delete_many().filter(listing_attribute::Column::ListingId.eq(listing));
    said.exec(tx.db()).await?;
    Entity::delete_by_id(listing).exec(tx.db()).await?;
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

/// Gives a listing back after its order ended without a sale: to the market, off the shelf, or to its seller as a draft to be reviewed anew.
/// `false`: this order does not hold it.
pub async fn release(tx: &Tx, listing: ListingId, order: OrderId, to: ListingState) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(to))
        .col_expr(Column::OrderId, Expr::value(None::<OrderId>))
        .filter(Column::Id.eq(listing))
        .filter(Column::State.eq(ListingState::Reserved))
        .filter(Column::OrderId.eq(order));
    let released = update.exec(tx.db()).await?.rows_affected == 1;
    if released && to != ListingState::OnSale {
        search::forget(tx, listing).await?;
    }
    Ok(released)
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

/// Takes a seller's listings off the market, those under review too: those are drafts again, since nobody has approved what they say. What an order
/// holds is not touched.
pub async fn take_off(tx: &Tx, seller: UserId) -> Result<(), Fault> {
    // In one statement: what an admin approves at this moment is found by it before or after.
    let taken: Vec<Taken> = sql::all(
        tx.db(),
        "UPDATE listings SET state = CASE state WHEN 'IN_REVIEW' THEN 'DRAFT' ELSE 'OFF_SHELF' END, version = version + 1, claimed_by = NULL, \
         claimed_at = NULL WHERE seller_id = $1 AND state IN ('ON_SALE', 'IN_REVIEW') RETURNING id, state",
        vec![seller.into()],
    )
    .await?;
    if taken.iter().any(|listing| listing.state == ListingState::Draft) {
        tx.emit(REVIEWS_MOVED);
    }
    search::forget_all(tx, taken.into_iter().map(|listing| listing.id).collect()).await
}

#[derive(FromQueryResult)]
struct Taken {
    id: ListingId,
    state: ListingState,
}

/// What waits for review is not what it was.
pub const REVIEWS_MOVED: Event = Event::queue_moved(QueueKind::Listings);

/// Nobody else looks at it: there is no claim, or it is `admin`'s, or it has lapsed.
fn free_for(admin: UserId, now: Time) -> Condition {
    Condition::any()
        .add(Column::ClaimedBy.is_null())
        .add(Column::ClaimedBy.eq(admin))
        .add(Column::ClaimedAt.lte(claim::lapsed(now)))
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
