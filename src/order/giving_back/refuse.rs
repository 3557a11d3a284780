//! The seller refuses a return, with evidence: the platform decides.

use entity::{
    kinds::{OrderState, OrderStepKind, ReturnStep},
    value::{ImageId, OrderId},
};

use super::{ReturnError, tell};
use crate::{
    kernel::{Env, policy::Trader},
    order::{
        evidence::{self, Evidence},
        history,
        state::{IllegalStep, Step, advance},
        store::{self, Stamp},
    },
};

/// Refuses with what proves that the account is not as it was: a text and up to 20 images. Refusing again changes nothing.
pub async fn refuse(env: &Env, seller: Trader, id: OrderId, text: &str, images: Vec<ImageId>) -> Result<OrderId, ReturnError> {
    let evidence = Evidence::checked(text, images)?;
    let tx = env.begin().await?;
    let order = store::lock(&tx, id).await?.filter(|order| order.seller_id == seller.id());
    let order = order.ok_or(ReturnError::NotFound)?;
    if order.state == OrderState::InDispute {
        return Ok(id);
    }
    let (next, _) = advance(order.state, Step::RefuseReturn)?;
    let illegal = IllegalStep {
        state: order.state,
        step: Step::RefuseReturn,
    };
    if store::is_over(&order, tx.now()) {
        return Err(illegal.into());
    }
    // From here on the timers of its case run, not the order's.
    if !store::advance(&tx, id, order.state, next, Stamp::default()).await? {
        return Err(illegal.into());
    }
    evidence::add(&tx, seller.id(), id, &evidence).await?;
    history::append(&tx, id, OrderStepKind::ReturnRefused, Some(seller.id())).await?;
    tell(&tx, &order, ReturnStep::Refused);
    tx.commit().await?;
    tracing::info!(order = %id, seller = %seller.id(), "return refused");
    Ok(id)
}
