//! The seller agrees to a return: the buyer has his money back.

use entity::{
    kinds::{OrderState, OrderStepKind},
    value::OrderId,
};

use super::ReturnError;
use crate::{
    kernel::{Env, policy::Trader},
    market,
    order::{
        history,
        rule::{self, RuleError},
        state::{Step, advance},
        store,
    },
};

impl From<RuleError> for ReturnError {
    fn from(error: RuleError) -> Self {
        match error {
            RuleError::NotFound => Self::NotFound,
            RuleError::WrongState(illegal) => illegal.into(),
            RuleError::Fault(fault) => fault.into(),
        }
    }
}

/// Agrees, before the account was handed back or after it. Agreeing again changes nothing.
pub async fn agree(env: &Env, seller: Trader, id: OrderId) -> Result<OrderId, ReturnError> {
    let tx = env.begin().await?;
    let seen = store::get(tx.db(), id).await?.filter(|order| order.seller_id == seller.id());
    let seen = seen.ok_or(ReturnError::NotFound)?;
    // Listings are locked before orders, here as everywhere.
    market::store::lock(&tx, seen.listing_id).await?;
    let order = store::lock(&tx, id).await?.ok_or(ReturnError::NotFound)?;
    if order.state == OrderState::Refunded {
        return Ok(id);
    }
    advance(order.state, Step::AgreeReturn)?;
    history::append(&tx, id, OrderStepKind::ReturnAgreed, Some(seller.id())).await?;
    rule::refund(&tx, &order, Step::AgreeReturn, Some(seller.id())).await?;
    tx.commit().await?;
    tracing::info!(order = %id, seller = %seller.id(), "return agreed to");
    Ok(id)
}
