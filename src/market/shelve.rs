//! Takes a listing off the shelf, and puts it back.

use entity::{kinds::ListingState, value::ListingId};

use super::{
    card::{self, Card},
    search,
    state::{self, NotNow, Step},
    store,
};
use crate::kernel::{
    Env, Event, Fault,
    policy::{Trader, Verified},
};

/// Why it stays where it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShelveError {
    /// The seller has no such listing.
    #[error("no such listing of his")]
    NotFound,
    /// It does not fit where the listing stands.
    #[error(transparent)]
    NotNow(#[from] NotNow),
    /// It was on sale once, and orders refer to it.
    #[error("orders refer to it")]
    OnRecord,
    /// Since the request began he lost the right to sell.
    #[error("the seller may not sell any more")]
    MayNotSell,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Takes a listing off the market. Doing it again changes nothing.
pub async fn take_off(env: &Env, seller: Trader, id: ListingId) -> Result<Card, ShelveError> {
    shelve(env, seller, id, Step::TakeOff, ListingState::OffShelf).await
}

/// Puts a listing that was taken off back on the market, as it was approved. Doing it again changes nothing.
pub async fn put_on(env: &Env, seller: Verified, id: ListingId) -> Result<Card, ShelveError> {
    shelve(env, seller.into(), id, Step::PutOn, ListingState::OnSale).await
}

async fn shelve(env: &Env, seller: Trader, id: ListingId, step: Step, wanted: ListingState) -> Result<Card, ShelveError> {
    let tx = env.begin().await?;
    // Nobody puts on what a blacklisting at the same moment takes off.
    if step == Step::PutOn && !store::hold_seller(&tx, seller.id()).await? {
        return Err(ShelveError::MayNotSell);
    }
    let before = store::lock(&tx, id).await?;
    let before = before
        .filter(|listing| listing.seller_id == seller.id())
        .ok_or(ShelveError::NotFound)?;
    if before.state != wanted {
        let next = state::after(before.state, step)?;
        if !store::step(&tx, &before, next).await? {
            return Err(Fault::internal("a held listing moved").into());
        }
        if next == ListingState::OnSale {
            search::index(&tx, id).await?;
            // Its price may have fallen while nobody saw it.
            tx.emit(Event::ListingChanged {
                listing: id,
                seller: before.seller_id,
                version: before.version,
                price: before.price,
            });
        } else {
            search::forget(&tx, id).await?;
        }
        tracing::info!(listing = %id, seller = %seller.id(), state = next.as_str(), "listing shelved");
    }
    let card = card::one(tx.db(), id).await?;
    tx.commit().await?;
    card.ok_or(ShelveError::NotFound)
}
