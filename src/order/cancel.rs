//! Ending an order before delivery: the buyer gets his money back.

use entity::{
    kinds::{OrderState, OrderStepKind},
    order,
    value::{OrderId, UserId},
};

use super::{
    confirm::in_escrow,
    history, keys,
    state::{IllegalStep, Settlement, Step, advance},
    store::{self, Stamp},
};
use crate::{
    kernel::{Env, Event, Fault, Tx, policy::Trader},
    market,
    wallet::ledger::{self, Transfer},
};

/// Why it was not cancelled.
#[derive(Debug, thiserror::Error)]
pub enum CancelError {
    /// There is no such order for him.
    #[error("no such order")]
    NotFound,
    /// It was delivered already.
    #[error(transparent)]
    WrongState(#[from] IllegalStep),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Either party cancels before delivery. Cancelling again answers the same order.
pub async fn cancel(env: &Env, party: Trader, id: OrderId) -> Result<order::Model, CancelError> {
    let tx = env.begin().await?;
    let seen = store::of_party(tx.db(), id, party.id()).await?.ok_or(CancelError::NotFound)?;
    // Listings are locked before orders, here as everywhere.
    market::store::lock(&tx, seen.listing_id).await?;
    let order = store::lock(&tx, id).await?.ok_or(CancelError::NotFound)?;
    if order.state == OrderState::Cancelled {
        return Ok(order);
    }
    let step = if order.buyer_id == party.id() {
        Step::BuyerCancel
    } else {
        Step::SellerCancel
    };
    refund(&tx, &order, step, Some(party.id())).await?;
    tx.commit().await?;
    tracing::info!(order = %id, by = %party.id(), "order cancelled");
    store::get(env.db(), id)
        .await?
        .ok_or_else(|| Fault::internal("an order is gone").into())
}

/// Refunds the buyer and lets the listing go, by a party or by the timer.
pub(super) async fn refund(tx: &Tx, order: &order::Model, step: Step, actor: Option<UserId>) -> Result<(), CancelError> {
    let illegal = IllegalStep { state: order.state, step };
    let (next, Settlement::Refunded(by, listing)) = advance(order.state, step)? else {
        return Err(illegal.into());
    };
    if !market::store::release(tx, order.listing_id, order.id, listing).await? {
        return Err(Fault::internal("the listing of a paid order is not reserved by it").into());
    }
    let stamp = Stamp {
        ended_at: Some(tx.now()),
        cancelled_by: Some(by),
        ..Stamp::default()
    };
    if !store::advance(tx, order.id, order.state, next, stamp).await? {
        return Err(illegal.into());
    }
    ledger::post(tx, &[Transfer::order_refund(order.id, order.buyer_id, order.price)])
        .await
        .map_err(in_escrow)?;
    history::append(tx, order.id, OrderStepKind::Cancelled, actor).await?;
    keys::destroy(tx, order.id).await?;
    tx.emit(Event::OrderCancelled {
        order: order.id,
        buyer: order.buyer_id,
        seller: order.seller_id,
        by,
    });
    Ok(())
}
