//! Buying a listing.

use entity::{
    kinds::{ListingState, OfferState, OrderState, OrderStepKind},
    listing, order,
    value::{ListingId, Money, OrderId, UserId},
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    history, offer,
    open::{self, CannotDeal, Terms},
    store,
};
use crate::{
    kernel::{Claim, Env, Event, Fault, policy::Verified},
    market, standing,
    wallet::ledger::{self, PostError, Transfer},
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

impl From<CannotDeal> for PlaceError {
    fn from(error: CannotDeal) -> Self {
        match error {
            CannotDeal::NotAvailable => Self::NotAvailable,
            CannotDeal::Own => Self::Own,
            CannotDeal::Fault(fault) => fault.into(),
        }
    }
}

/// Buys a listing: reserves it, moves its price into escrow, ends the offers for it, opens the order, tells the seller.
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
    open::may_deal(&tx, &parties, buyer.id(), listing.seller_id).await?;
    if !market::store::reserve(&tx, listing.id, ask.version, ask.price, id).await? {
        return Err(PlaceError::NotAvailable);
    }
    offer::end_all(&tx, listing.id, OfferState::Sold).await?;
    let terms = Terms {
        id,
        buyer: buyer.id(),
        price: listing.price,
        state: OrderState::Paid,
        due: tx.now().plus_hours(i64::from(listing.delivery_hours)),
    };
    let order = open::draft(&tx, &listing, terms).await?;
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
