//! The seller asks for another price.

use entity::{
    kinds::{ListingState, OfferStep},
    value::{Money, OfferId},
};

use super::{
    accept::AnswerError,
    make::NOTE,
    state::{self, IllegalOfferStep},
    store::{self, Stamp},
};
use crate::{
    kernel::{Env, Fault, policy::Verified, text},
    market,
    order::open,
    standing,
};

/// Answers an offer with a price above it and below what the listing asks. It waits 24 hours for the buyer.
pub async fn counter(env: &Env, seller: Verified, id: OfferId, price: Money, note: &str) -> Result<OfferId, AnswerError> {
    let note = text::clean_text(note, 0..=NOTE).map_err(|_| AnswerError::Note)?;
    let tx = env.begin().await?;
    let seen = store::get(tx.db(), id).await?.filter(|offer| offer.seller_id == seller.id());
    let seen = seen.ok_or(AnswerError::NotFound)?;
    let standings = standing::hold(&tx, &[seen.buyer_id, seen.seller_id]).await?;
    let listing = market::store::lock(&tx, seen.listing_id).await?;
    let listing = listing.ok_or_else(|| Fault::internal("an offer's listing is missing"))?;
    let offer = store::lock(&tx, id).await?.ok_or(AnswerError::NotFound)?;
    let next = state::advance(offer.state, OfferStep::Countered)?;
    let illegal = IllegalOfferStep {
        state: offer.state,
        step: OfferStep::Countered,
    };
    if store::is_over(&offer, tx.now()) {
        return Err(illegal.into());
    }
    open::may_deal(&tx, &standings, seller.id(), offer.buyer_id).await?;
    if !state::fits(offer.listing_version, offer.price, listing.version, listing.price) {
        return Err(AnswerError::Outdated);
    }
    if listing.state != ListingState::OnSale {
        return Err(AnswerError::NotAvailable);
    }
    if !state::is_counter(price, offer.price, listing.price) {
        return Err(AnswerError::Price);
    }
    let stamp = Stamp {
        due_at: Some(tx.now().plus_hours(i64::from(env.config().order.offer_hours))),
        counter: Some((price, note)),
        ..Stamp::default()
    };
    if !store::advance(&tx, &offer, OfferStep::Countered, next, stamp).await? {
        return Err(illegal.into());
    }
    tx.commit().await?;
    tracing::info!(offer = %id, seller = %seller.id(), %price, "offer countered");
    Ok(id)
}
