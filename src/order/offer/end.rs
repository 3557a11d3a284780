//! Offers that end by themselves: nobody answered, the listing changed, or somebody bought it.

use entity::{
    kinds::{ListingState, OfferState, OfferStep},
    listing,
    offer::Model,
    value::ListingId,
};

use super::{
    state,
    store::{self, Stamp},
};
use crate::{
    kernel::{Env, Fault, Tx, policy::System, sql},
    market,
    order::timers::BATCH,
};

/// Ends all open offers for a listing, in the transaction that leaves them without it. The listing's row is locked.
pub async fn end_all(tx: &Tx, listing: ListingId, as_what: OfferState) -> Result<(), Fault> {
    for offer in store::lock_open(tx, listing).await? {
        end(tx, &offer, as_what).await?;
    }
    Ok(())
}

/// Ends the open offers for a listing that it has left behind: another version, a price at theirs or below, or it is gone for good.
pub async fn end_left_behind(tx: &Tx, _: System, listing: ListingId) -> Result<(), Fault> {
    let row = market::store::get(tx.db(), listing).await?;
    let row = row.ok_or_else(|| Fault::internal("a changed listing is missing"))?;
    for offer in store::lock_open(tx, listing).await? {
        if let Some(as_what) = left_behind(&row, &offer) {
            end(tx, &offer, as_what).await?;
        }
    }
    Ok(())
}

/// Ends an offer for a listing whose row is held, if its time is over or the listing has left it behind. `false`: it stays open.
pub async fn end_if_over(tx: &Tx, listing: &listing::Model, offer: &Model) -> Result<bool, Fault> {
    let lapsed = store::is_over(offer, tx.now()).then_some(OfferState::Lapsed);
    match left_behind(listing, offer).or(lapsed) {
        Some(as_what) => end(tx, offer, as_what).await,
        None => Ok(false),
    }
}

/// How an offer ends because of what its listing has become. None: it stays open.
fn left_behind(listing: &listing::Model, offer: &Model) -> Option<OfferState> {
    match listing.state {
        ListingState::Sold => Some(OfferState::Sold),
        ListingState::Removed => Some(OfferState::Outdated),
        ListingState::Draft
        | ListingState::InReview
        | ListingState::OnSale
        | ListingState::OffShelf
        | ListingState::Rejected
        | ListingState::Reserved => {
            let fits = state::fits(offer.listing_version, offer.price, listing.version, listing.price);
            (!fits).then_some(OfferState::Outdated)
        }
    }
}

async fn end(tx: &Tx, offer: &Model, as_what: OfferState) -> Result<bool, Fault> {
    let step = match as_what {
        OfferState::Lapsed => OfferStep::Lapsed,
        OfferState::Outdated => OfferStep::Outdated,
        OfferState::Sold => OfferStep::Sold,
        OfferState::Open | OfferState::Countered | OfferState::Accepted | OfferState::Declined | OfferState::Withdrawn => {
            return Err(Fault::internal("an offer does not end so by itself"));
        }
    };
    let next = state::advance(offer.state, step).map_err(Fault::internal)?;
    store::advance(tx, offer, step, next, Stamp::default()).await
}

/// What ends: those whose time is over, and those that do not fit their listing any more. The market does not know of offers, so its listings
/// are looked at here, although the event of a change is faster. An offer that the listing has left behind cannot be accepted meanwhile.
const DUE: &str = "SELECT o.* FROM offers o WHERE o.due_at <= $1";
const LEFT_BEHIND: &str = "SELECT o.* FROM offers o WHERE o.due_at IS NOT NULL AND \
    (SELECT l.version <> o.listing_version OR l.price <= o.price OR l.state IN ('SOLD', 'REMOVED') FROM listings l WHERE l.id = o.listing_id)";

/// Ends the offers whose time is over or whose listing has changed. Answers how many.
pub async fn run_out(env: &Env, _: System) -> Result<u64, Fault> {
    let due = format!("{DUE} ORDER BY o.due_at LIMIT {BATCH}");
    let due: Vec<Model> = sql::all(env.db(), &due, vec![env.now().into()]).await?;
    let behind = format!("{LEFT_BEHIND} ORDER BY o.due_at LIMIT {BATCH}");
    let behind: Vec<Model> = sql::all(env.db(), &behind, vec![]).await?;
    let mut done = 0;
    for offer in due.iter().chain(&behind) {
        match one(env, offer).await {
            Ok(ended) => done += u64::from(ended),
            Err(error) => tracing::error!(offer = %offer.id, %error, "an offer could not be ended"),
        }
    }
    Ok(done)
}

async fn one(env: &Env, seen: &Model) -> Result<bool, Fault> {
    let tx = env.begin().await?;
    let Some(offer) = store::lock(&tx, seen.id).await?.filter(|offer| offer.ended_at.is_none()) else {
        return Ok(false);
    };
    let listing = market::store::get(tx.db(), offer.listing_id).await?;
    let listing = listing.ok_or_else(|| Fault::internal("an offer's listing is missing"))?;
    let ended = end_if_over(&tx, &listing, &offer).await?;
    if ended {
        tx.commit().await?;
        tracing::info!(offer = %offer.id, "offer ended");
    }
    Ok(ended)
}
