//! The buyer asks for a return, once an order. His time to confirm stops.

use entity::{
    kinds::{OrderState, OrderStepKind, ReturnStep},
    value::OrderId,
};

use super::{ReturnError, tell};
use crate::{
    kernel::{Env, policy::Trader, text},
    order::{
        history,
        state::{IllegalStep, Step, advance},
        store::{self, Asked, Stamp},
    },
};

/// How long a reason may be.
pub const REASON: std::ops::RangeInclusive<usize> = 2..=500;

/// Asks for a return with a reason that the seller reads. The buyer then has 24 hours to hand the account back. Asking again while it waits
/// changes nothing.
pub async fn request(env: &Env, buyer: Trader, id: OrderId, reason: &str) -> Result<OrderId, ReturnError> {
    let reason = text::clean_text(reason, REASON).map_err(|why| ReturnError::Text { field: "reason", why })?;
    let tx = env.begin().await?;
    let order = store::lock(&tx, id).await?.filter(|order| order.buyer_id == buyer.id());
    let order = order.ok_or(ReturnError::NotFound)?;
    if order.state == OrderState::ReturnRequested {
        return Ok(id);
    }
    let (next, _) = advance(order.state, Step::RequestReturn)?;
    if order.return_requested_at.is_some() {
        return Err(ReturnError::AlreadyAsked);
    }
    let illegal = IllegalStep {
        state: order.state,
        step: Step::RequestReturn,
    };
    // Time that is over is over, whether or not the worker has come by.
    let left = order
        .due_at
        .map(|due| due.since(tx.now()))
        .filter(|left| *left > 0)
        .ok_or(illegal)?;
    let stamp = Stamp {
        due_at: Some(tx.now().plus_hours(i64::from(env.config().order.return_hours))),
        asked: Some(Asked { reason, left }),
        ..Stamp::default()
    };
    if !store::advance(&tx, id, order.state, next, stamp).await? {
        return Err(illegal.into());
    }
    history::append(&tx, id, OrderStepKind::ReturnRequested, Some(buyer.id())).await?;
    tell(&tx, &order, ReturnStep::Requested);
    tx.commit().await?;
    tracing::info!(order = %id, buyer = %buyer.id(), "return asked for");
    Ok(id)
}
