//! Buying a listing.

use entity::{
    game, identity,
    kinds::{IdentityState, ListingState, OrderState, OrderStepKind},
    listing, listing_image, order,
    value::{ListingId, Money, OrderId, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;
use uuid::Uuid;

use super::{history, remind, store};
use crate::{
    account::blocks,
    kernel::{Claim, Env, Event, Fault, Tx, policy::Verified},
    market, standing,
    wallet::{
        freeze,
        ledger::{self, PostError, Transfer},
    },
};

/// What a buyer asks for: the listing as he saw it.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct PlaceOrder {
    /// Which listing.
    pub listing: ListingId,
    /// The version he saw.
    pub version: i64,
    /// The price he saw.
    pub price: Money,
    /// His idempotency key.
    #[serde(skip)]
    pub key: Uuid,
}

/// Why nothing was bought.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// There is no such listing for him.
    #[error("no such listing")]
    NotFound,
    /// The listing is not for sale to him.
    #[error("the listing is not available")]
    NotAvailable,
    /// It changed since he looked.
    #[error("version or price changed")]
    Changed,
    /// It is his own, or of the same person under another account.
    #[error("his own listing")]
    Own,
    /// His wallet is frozen.
    #[error("the wallet is frozen")]
    Frozen,
    /// He owes something, and pays that first.
    #[error("a debt is open")]
    InDebt,
    /// His balance is too low.
    #[error("the balance is too low")]
    Insufficient,
    /// The key was used for something else.
    #[error("the key was used for other input")]
    KeyReused,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<PostError> for PlaceError {
    fn from(error: PostError) -> Self {
        match error {
            PostError::Frozen => Self::Frozen,
            PostError::InDebt => Self::InDebt,
            PostError::Insufficient => Self::Insufficient,
            PostError::AlreadyPosted => Fault::internal("an order's hold was posted before the order was").into(),
            PostError::Fault(fault) => fault.into(),
        }
    }
}

/// Buys a listing: reserves it, moves its price into escrow, opens the order, tells the seller.
///
/// All of it happens or none. Asking again with the same key answers the first order.
pub async fn place(env: &Env, buyer: Verified, ask: &PlaceOrder) -> Result<order::Model, PlaceError> {
    let tx = env.begin().await?;
    let id = match tx.claim(buyer.id(), "orderPlace", ask.key, ask).await? {
        Claim::First(id) => OrderId(id),
        Claim::Repeat(id) => {
            return store::get(tx.db(), OrderId(id))
                .await?
                .ok_or_else(|| Fault::internal("a claimed order is missing").into());
        }
        Claim::UsedForOther => return Err(PlaceError::KeyReused),
    };
    let listing = market::store::get(tx.db(), ask.listing).await?.ok_or(PlaceError::NotFound)?;
    let parties = standing::hold(&tx, &[buyer.id(), listing.seller_id]).await?;
    may_buy(&listing, buyer.id(), ask)?;
    if parties.len() != 2 || parties.iter().any(|party| party.blacklisted || !party.verified) {
        return Err(PlaceError::NotAvailable);
    }
    // Both standings are held: a freeze lands before this look or after the purchase.
    if freeze::frozen(tx.db(), listing.seller_id).await? || blocks::blocked(tx.db(), listing.seller_id, buyer.id()).await? {
        return Err(PlaceError::NotAvailable);
    }
    if same_person(&tx, &listing, buyer.id()).await? {
        return Err(PlaceError::Own);
    }
    if !market::store::reserve(&tx, listing.id, ask.version, ask.price, id).await? {
        return Err(PlaceError::NotAvailable);
    }
    let order = draft(&tx, id, &listing, buyer.id()).await?;
    store::insert(&tx, order.clone()).await?;
    history::append(&tx, id, OrderStepKind::Placed, Some(buyer.id())).await?;
    ledger::post(&tx, &[Transfer::order_hold(id, buyer.id(), order.price)]).await?;
    tx.emit(Event::OrderPlaced {
        order: id,
        buyer: buyer.id(),
        seller: order.seller_id,
    });
    tx.commit().await?;
    tracing::info!(order = %id, buyer = %buyer.id(), price = %order.price, "order placed");
    Ok(order)
}

/// The rule: on sale, another's, in the version and at the price the buyer saw.
fn may_buy(listing: &listing::Model, buyer: UserId, ask: &PlaceOrder) -> Result<(), PlaceError> {
    if listing.seller_id == buyer {
        return Err(PlaceError::Own);
    }
    if !market::find::is_public(listing.state) {
        return Err(PlaceError::NotFound);
    }
    if listing.state != ListingState::OnSale {
        return Err(PlaceError::NotAvailable);
    }
    if listing.version != ask.version || listing.price != ask.price {
        return Err(PlaceError::Changed);
    }
    Ok(())
}

/// Whether buyer and seller are one person by their ID numbers.
async fn same_person(tx: &Tx, listing: &listing::Model, buyer: UserId) -> Result<bool, Fault> {
    let both = identity::Entity::find().filter(identity::Column::UserId.is_in([buyer, listing.seller_id]));
    let rows = both
        .filter(identity::Column::State.eq(IdentityState::Approved))
        .all(tx.db())
        .await?;
    Ok(matches!(rows.as_slice(), [one, other] if one.number_index == other.number_index))
}

async fn draft(tx: &Tx, id: OrderId, listing: &listing::Model, buyer: UserId) -> Result<order::Model, Fault> {
    let game = game::Entity::find_by_id(listing.game_id)
        .one(tx.db())
        .await?
        .ok_or_else(|| Fault::internal("a listing's game is missing"))?;
    let due = tx.now().plus_hours(i64::from(listing.delivery_hours));
    Ok(order::Model {
        id,
        listing_id: listing.id,
        listing_version: listing.version,
        buyer_id: buyer,
        seller_id: listing.seller_id,
        game_id: listing.game_id,
        server_id: listing.server_id,
        title: listing.title.clone(),
        description: listing.description.clone(),
        cover_id: listing.cover_id,
        delivery_hours: listing.delivery_hours,
        warranty_days: listing.warranty_days,
        price: listing.price,
        fee: listing.price.share(game.fee_basis_points),
        state: OrderState::Paid,
        cancelled_by: None,
        placed_at: tx.now(),
        delivered_at: None,
        revealed_at: None,
        ended_at: None,
        due_at: Some(due),
        settles_at: None,
        image_ids: images(tx, listing.id).await?,
        bindings: listing.bindings.clone(),
        penalties: listing.penalties.clone(),
        attributes: serde_json::to_string(&market::attribute::of_listing(tx, listing.id).await?).map_err(Fault::internal)?,
        checklist: game.checklist,
        wait_began_at: Some(tx.now()),
        remind_at: Some(remind::half(tx.now(), due)),
    })
}

/// The listing's images in their order, as the order keeps them.
async fn images(tx: &Tx, listing: ListingId) -> Result<String, Fault> {
    let rows = listing_image::Entity::find()
        .filter(listing_image::Column::ListingId.eq(listing))
        .order_by_asc(listing_image::Column::Position)
        .all(tx.db())
        .await?;
    let ids: Vec<_> = rows.into_iter().map(|row| row.image_id).collect();
    serde_json::to_string(&ids).map_err(Fault::internal)
}
