//! Ending an order before delivery: the buyer gets back what he paid, if he did.

use entity::{
    kinds::{CancelledBy, OrderState, OrderStepKind, StrikeKind},
    order,
    value::{OrderId, UserId},
};

use super::{
    confirm::in_escrow,
    history, keys,
    state::{IllegalStep, Settlement, Step, advance},
    store::{self, Stamp},
    strike,
};
use crate::{
    kernel::{Env, Event, Fault, Tx, policy::Trader},
    market, standing,
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
    // Standing, where strikes are counted, is locked before listings, and listings before orders, here as everywhere.
    standing::hold_whole(&tx, &[seen.buyer_id, seen.seller_id]).await?;
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
    end(&tx, &order, step, Some(party.id())).await?;
    tx.commit().await?;
    tracing::info!(order = %id, by = %party.id(), "order cancelled");
    store::get(env.db(), id)
        .await?
        .ok_or_else(|| Fault::internal("an order is gone").into())
}

/// Ends an order by a party, a timer or a blacklisting: what is in escrow goes back, the listing is let go, and whoever broke his word gets a
/// strike. The standings of both parties are held whole, the listing and the order are locked.
pub(super) async fn end(tx: &Tx, order: &order::Model, step: Step, actor: Option<UserId>) -> Result<(), CancelError> {
    let illegal = IllegalStep { state: order.state, step };
    let (next, settlement) = advance(order.state, step)?;
    let (by, listing) = match settlement {
        Settlement::Refunded(by, listing) | Settlement::Unpaid(by, listing) => (by, listing),
        Settlement::Held | Settlement::PaidIn | Settlement::PaidOut | Settlement::Returned | Settlement::Divided => {
            return Err(illegal.into());
        }
    };
    if !market::store::release(tx, order.listing_id, order.id, listing).await? {
        return Err(Fault::internal("the listing of a running order is not reserved by it").into());
    }
    let stamp = Stamp {
        ended_at: Some(tx.now()),
        cancelled_by: Some(by),
        ..Stamp::default()
    };
    if !store::advance(tx, order.id, order.state, next, stamp).await? {
        return Err(illegal.into());
    }
    if let Some((user, kind)) = strike_for(order, step) {
        strike::give(tx, user, order.id, kind).await?;
    }
    if matches!(settlement, Settlement::Refunded(..)) {
        ledger::post(tx, &[Transfer::order_refund(order.id, order.buyer_id, order.price)])
            .await
            .map_err(in_escrow)?;
    }
    history::append(tx, order.id, OrderStepKind::Cancelled, actor).await?;
    keys::destroy(tx, order.id).await?;
    tx.emit(told(order, by));
    Ok(())
}

fn told(order: &order::Model, by: CancelledBy) -> Event {
    let (order_id, buyer, seller) = (order.id, order.buyer_id, order.seller_id);
    if order.state == OrderState::AwaitingPayment {
        Event::OrderUnpaid {
            order: order_id,
            buyer,
            seller,
            by,
        }
    } else {
        Event::OrderCancelled {
            order: order_id,
            buyer,
            seller,
            by,
        }
    }
}

/// Who broke his word by this step, and how. A buyer who leaves an accepted offer did so, whether he says so or lets the time run out.
const fn strike_for(order: &order::Model, step: Step) -> Option<(UserId, StrikeKind)> {
    let paid = !matches!(order.state, OrderState::AwaitingPayment);
    match step {
        Step::PaymentTimer => Some((order.buyer_id, StrikeKind::LeftUnpaid)),
        Step::BuyerCancel if paid => Some((order.buyer_id, StrikeKind::BuyerCancelled)),
        Step::BuyerCancel => Some((order.buyer_id, StrikeKind::LeftUnpaid)),
        Step::SellerCancel if paid => Some((order.seller_id, StrikeKind::SellerCancelled)),
        Step::PromiseMissed => Some((order.seller_id, StrikeKind::PromiseMissed)),
        Step::SellerCancel
        | Step::Pay
        | Step::Deliver
        | Step::Correct
        | Step::Confirm
        | Step::ConfirmTimer
        | Step::RequestReturn
        | Step::WithdrawReturn
        | Step::ReturnTimer
        | Step::HandBack
        | Step::AgreeReturn
        | Step::InspectionTimer
        | Step::RefuseReturn
        | Step::RuleRefund
        | Step::RuleSplit
        | Step::DisputeTimer
        | Step::BuyerBlacklisted
        | Step::SellerBlacklisted => None,
    }
}
