//! Ending an order before delivery: the buyer gets back what he paid, if he did.

use entity::{
    kinds::{CancelledBy, ListingState, OrderState, OrderStepKind, StrikeKind},
    order,
    value::{OrderId, Time, UserId},
};

use super::{
    confirm::in_escrow,
    history, keys,
    rule::seller_is_blacklisted,
    state::{IllegalStep, Settlement, Step, advance, timer},
    store::{self, Stamp},
    strike,
};
use crate::{
    kernel::{Env, Event, Fault, Tx, policy::Trader},
    market, standing,
    wallet::{
        freeze,
        ledger::{self, Transfer},
    },
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
    let (step, actor) = step_of(&order, party.id(), tx.now());
    end(&tx, &order, step, actor).await?;
    tx.commit().await?;
    tracing::info!(order = %id, by = %party.id(), ?step, "order cancelled");
    store::get(env.db(), id)
        .await?
        .ok_or_else(|| Fault::internal("an order is gone").into())
}

/// The step that a party takes by cancelling, and whose it is. When the wait is over, it has ended by itself already, and the strike is for
/// whoever let it run out, not for whoever presses the button before the worker comes by.
fn step_of(order: &order::Model, party: UserId, now: Time) -> (Step, Option<UserId>) {
    match timer(order.state) {
        Some(step @ (Step::PaymentTimer | Step::PromiseMissed)) if store::is_over(order, now) => (step, None),
        _ if order.buyer_id == party => (Step::BuyerCancel, Some(party)),
        _ => (Step::SellerCancel, Some(party)),
    }
}

/// Ends an order by a party or a timer: what is in escrow goes back, the listing is let go, and whoever broke his word gets a strike. The
/// standings of both parties are held whole, the listing and the order are locked.
pub(super) async fn end(tx: &Tx, order: &order::Model, step: Step, actor: Option<UserId>) -> Result<(), CancelError> {
    if let Some(refund) = close(tx, order, step, actor).await? {
        ledger::post(tx, &[refund]).await.map_err(in_escrow)?;
    }
    Ok(())
}

/// The same but for the money, for who ends several: he posts all their refunds at once.
pub(super) async fn close(tx: &Tx, order: &order::Model, step: Step, actor: Option<UserId>) -> Result<Option<Transfer>, CancelError> {
    let illegal = IllegalStep { state: order.state, step };
    let (next, settlement) = advance(order.state, step)?;
    let (by, listing) = match settlement {
        Settlement::Refunded(by, listing) | Settlement::Unpaid(by, listing) => (by, listing),
        Settlement::Held | Settlement::PaidIn | Settlement::PaidOut | Settlement::Returned | Settlement::Divided => {
            return Err(illegal.into());
        }
    };
    // A seller may have been blacklisted while his order ran on.
    let listing = if seller_is_blacklisted(tx, order).await? {
        ListingState::OffShelf
    } else {
        listing
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
    if let Some((user, kind)) = strike_for(order, step)
        && (kind != StrikeKind::LeftUnpaid || could_pay(tx, order).await?)
    {
        strike::give(tx, user, order.id, kind).await?;
    }
    history::append(tx, order.id, OrderStepKind::Cancelled, actor).await?;
    keys::destroy(tx, order.id).await?;
    tx.emit(told(order, by));
    let refund = || Transfer::order_refund(order.id, order.buyer_id, order.price);
    Ok(matches!(settlement, Settlement::Refunded(..)).then(refund))
}

/// Whether an unpaid order could be paid: neither party's wallet is frozen. What nobody could pay, nobody has left unpaid.
async fn could_pay(tx: &Tx, order: &order::Model) -> Result<bool, Fault> {
    Ok(!freeze::frozen(tx.db(), order.seller_id).await? && !freeze::frozen(tx.db(), order.buyer_id).await?)
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
        | Step::BuyerBlacklisted
        | Step::SellerBlacklisted => None,
    }
}
