//! Sends a draft, or what was rejected, to review.

use entity::value::ListingId;

use super::{
    card::Card,
    create::LIVE,
    draft::{self, Finish},
    state::{self, Step},
    store,
    update::{ChangeError, own, read},
};
use crate::kernel::{Env, Event, policy::Verified};

/// Sends a listing to review in the version its seller saw. It must be whole by now, and fit its game as that is today.
pub async fn submit(env: &Env, seller: Verified, id: ListingId, seen: i64) -> Result<Card, ChangeError> {
    let tx = env.begin().await?;
    let before = own(&tx, seller, id, seen).await?;
    let next = state::after(before.state, Step::Submit)?;
    if store::live(tx.db(), seller.id()).await? >= LIVE {
        return Err(ChangeError::LimitReached);
    }
    let said = draft::check(&draft::of_listing(&tx, &before).await?, Finish::Whole)?;
    draft::check_catalogue(&tx, &said, Finish::Whole).await?;
    if !store::submit(&tx, &before, next).await? {
        return Err(ChangeError::Changed);
    }
    tx.emit(Event::ListingSubmitted {
        listing: id,
        seller: seller.id(),
    });
    let card = read(&tx, id).await?;
    tx.commit().await?;
    tracing::info!(listing = %id, seller = %seller.id(), "listing submitted");
    Ok(card)
}
