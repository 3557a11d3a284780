//! Saying no: the seller declines, the buyer withdraws. Saying it again changes nothing.

use entity::{
    kinds::{OfferState, OfferStep},
    value::OfferId,
};

use super::{
    accept::AnswerError,
    state::{self, IllegalOfferStep},
    store::{self, Stamp},
};
use crate::{
    kernel::{Env, policy::Trader},
    order::side::Side,
};

/// The seller declines an offer, countered or not.
pub async fn decline(env: &Env, seller: Trader, id: OfferId) -> Result<OfferId, AnswerError> {
    refuse(env, seller, id, Side::Sold, OfferStep::Declined, OfferState::Declined).await
}

/// The buyer withdraws his offer, countered or not.
pub async fn withdraw(env: &Env, buyer: Trader, id: OfferId) -> Result<OfferId, AnswerError> {
    refuse(env, buyer, id, Side::Bought, OfferStep::Withdrawn, OfferState::Withdrawn).await
}

async fn refuse(env: &Env, party: Trader, id: OfferId, side: Side, step: OfferStep, done: OfferState) -> Result<OfferId, AnswerError> {
    let tx = env.begin().await?;
    let offer = store::lock(&tx, id).await?;
    let offer = offer.filter(|offer| super::list::side(offer, party.id()) == Some(side));
    let offer = offer.ok_or(AnswerError::NotFound)?;
    if offer.state == done {
        return Ok(id);
    }
    let next = state::advance(offer.state, step)?;
    if !store::advance(&tx, &offer, step, next, Stamp::default()).await? {
        return Err(IllegalOfferStep { state: offer.state, step }.into());
    }
    tx.commit().await?;
    tracing::info!(offer = %id, by = %party.id(), ?step, "offer refused");
    Ok(id)
}
