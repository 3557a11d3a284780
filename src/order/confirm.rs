//! Completing an order: the seller is paid.

use entity::{
    kinds::{OrderState, OrderStepKind},
    order,
    value::{OrderId, UserId},
};

use super::{
    checklist, history, keys,
    state::{IllegalStep, Step, advance},
    store::{self, Stamp},
};
use crate::{
    kernel::{Env, Event, Fault, Tx, policy::Trader},
    market,
    wallet::ledger::{self, PostError, Transfer},
};

/// From this completed order on, a seller's proceeds settle sooner.
const SETTLED_SELLER: u64 = 5;

/// Why it was not confirmed.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    /// There is no such order for him as a buyer.
    #[error("no such order")]
    NotFound,
    /// The order does not wait for it.
    #[error(transparent)]
    WrongState(#[from] IllegalStep),
    /// Steps of the checklist are open, and he did not say that he knows.
    #[error("{0} steps of the checklist are open")]
    OpenSteps(usize),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The buyer confirms. Confirming again answers the same order and pays nobody twice.
///
/// While steps of the checklist are open, he must say that he knows (`acknowledged`).
pub async fn confirm(env: &Env, buyer: Trader, id: OrderId, acknowledged: bool) -> Result<order::Model, ConfirmError> {
    let tx = env.begin().await?;
    let seen = store::get(tx.db(), id)
        .await?
        .filter(|order| order.buyer_id == buyer.id())
        .ok_or(ConfirmError::NotFound)?;
    // Listings are locked before orders, here as everywhere.
    market::store::lock(&tx, seen.listing_id).await?;
    let order = store::lock(&tx, id).await?.ok_or(ConfirmError::NotFound)?;
    if order.state == OrderState::Completed {
        return Ok(order);
    }
    let open = checklist::open(&tx, &order).await?.len();
    let may_confirm = advance(order.state, Step::Confirm).is_ok();
    if may_confirm && open > 0 && !acknowledged {
        return Err(ConfirmError::OpenSteps(open));
    }
    complete(&tx, &order, Step::Confirm, Some(buyer.id())).await?;
    tx.commit().await?;
    tracing::info!(order = %id, buyer = %buyer.id(), "order confirmed");
    store::get(env.db(), id)
        .await?
        .ok_or_else(|| Fault::internal("an order is gone").into())
}

/// Completes an order, by the buyer or by the timer.
pub(super) async fn complete(tx: &Tx, order: &order::Model, step: Step, actor: Option<UserId>) -> Result<(), ConfirmError> {
    let (next, _) = advance(order.state, step)?;
    let wallet = &tx.env().config().wallet;
    let settled = store::completed_of_seller(tx, order.seller_id).await? >= SETTLED_SELLER;
    let days = i64::from(if settled {
        wallet.settling_days
    } else {
        wallet.settling_days_new_seller
    });
    // Settling never outlasts the warranty.
    let settles_at = tx.now().plus_days(days.min(i64::from(order.warranty_days)));
    let stamp = Stamp {
        ended_at: Some(tx.now()),
        settles_at: Some(settles_at),
        ..Stamp::default()
    };
    if !market::store::sold(tx, order.listing_id, order.id).await? {
        return Err(Fault::internal("the listing of a delivered order is not reserved by it").into());
    }
    if !store::advance(tx, order.id, order.state, next, stamp).await? {
        return Err(ConfirmError::WrongState(IllegalStep { state: order.state, step }));
    }
    let payout = Transfer::order_payout(order.id, order.seller_id, order.price, order.fee);
    ledger::post(tx, &[payout]).await.map_err(in_escrow)?;
    history::append(tx, order.id, OrderStepKind::Completed, actor).await?;
    keys::destroy_later(tx, order).await?;
    tx.emit(Event::OrderCompleted {
        order: order.id,
        buyer: order.buyer_id,
        seller: order.seller_id,
    });
    Ok(())
}

/// The escrow of a running order holds its price, and pays out once: anything else is a defect.
pub(super) fn in_escrow(error: PostError) -> Fault {
    match error {
        PostError::Fault(fault) => fault,
        PostError::Frozen | PostError::InDebt | PostError::Insufficient | PostError::AlreadyPosted => Fault::internal(error),
    }
}
