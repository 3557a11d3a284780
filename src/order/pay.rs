//! Paying what was agreed on by an offer.

use entity::{
    kinds::{OfferState, OrderState, OrderStepKind},
    order,
    value::OrderId,
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    history, offer,
    open::{self, CannotDeal},
    state::{IllegalStep, Step, advance},
    store::{self, Stamp},
};
use crate::{
    kernel::{Claim, Env, Event, Fault, Tx, policy::Verified},
    market, standing,
    wallet::ledger::{self, PostError, Transfer},
};

/// Which order is paid.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct PayOrder {
    /// The order.
    pub order: OrderId,
    /// The buyer's idempotency key.
    #[serde(skip)]
    pub key: Uuid,
}

/// Why it was not paid.
#[derive(Debug, thiserror::Error)]
pub enum PayError {
    /// There is no such order for him as a buyer.
    #[error("no such order")]
    NotFound,
    /// The order does not wait for it, or not any more.
    #[error(transparent)]
    WrongState(#[from] IllegalStep),
    /// One of both may not deal any more.
    #[error("one of them does not deal")]
    NotAvailable,
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

impl From<PostError> for PayError {
    fn from(error: PostError) -> Self {
        match error {
            PostError::Frozen => Self::Frozen,
            PostError::InDebt => Self::InDebt,
            PostError::Insufficient => Self::Insufficient,
            PostError::AlreadyPosted => Fault::internal("an unpaid order's hold was posted before").into(),
            PostError::Fault(fault) => fault.into(),
        }
    }
}

/// Moves the agreed price from the buyer's wallet into escrow; the seller's promise begins, and other offers for the listing end.
///
/// Asking again with the same key answers the same order and takes nothing.
pub async fn pay(env: &Env, buyer: Verified, ask: &PayOrder) -> Result<OrderId, PayError> {
    let tx = env.begin().await?;
    match tx.claim(buyer.id(), "orderPay", ask.key, ask).await? {
        Claim::First(_) => {}
        Claim::Repeat(_) => return Ok(ask.order),
        Claim::UsedForOther => return Err(PayError::KeyReused),
    }
    let seen = store::get(tx.db(), ask.order).await?;
    let seen = seen.filter(|order| order.buyer_id == buyer.id()).ok_or(PayError::NotFound)?;
    let standings = standing::hold(&tx, &[seen.buyer_id, seen.seller_id]).await?;
    market::store::lock(&tx, seen.listing_id).await?;
    let order = take(&tx, &seen).await?;
    match open::may_trade(&tx, &standings, seen.seller_id).await {
        Err(CannotDeal::Fault(fault)) => return Err(fault.into()),
        Err(CannotDeal::NotAvailable | CannotDeal::Own) => return Err(PayError::NotAvailable),
        Ok(()) => {}
    }
    ledger::post(&tx, &[Transfer::order_hold(order.id, order.buyer_id, order.price)]).await?;
    history::append(&tx, order.id, OrderStepKind::Paid, Some(buyer.id())).await?;
    tx.emit(Event::OrderPlaced {
        order: order.id,
        buyer: order.buyer_id,
        seller: order.seller_id,
    });
    tx.commit().await?;
    tracing::info!(order = %order.id, buyer = %buyer.id(), price = %order.price, "order paid");
    Ok(order.id)
}

/// Ends the other offers and moves the order on, if it still waits for its payment in time.
async fn take(tx: &Tx, seen: &order::Model) -> Result<order::Model, PayError> {
    let missing = || Fault::internal("an order is gone");
    // Offers are locked before orders.
    if seen.state == OrderState::AwaitingPayment {
        offer::end_all(tx, seen.listing_id, OfferState::Sold).await?;
    }
    let order = store::lock(tx, seen.id).await?.ok_or_else(missing)?;
    let (next, _) = advance(order.state, Step::Pay)?;
    let illegal = IllegalStep {
        state: order.state,
        step: Step::Pay,
    };
    if store::is_over(&order, tx.now()) {
        return Err(illegal.into());
    }
    let stamp = Stamp {
        due_at: Some(tx.now().plus_hours(i64::from(order.delivery_hours))),
        ..Stamp::default()
    };
    if !store::advance(tx, order.id, order.state, next, stamp).await? {
        return Err(illegal.into());
    }
    Ok(order)
}
