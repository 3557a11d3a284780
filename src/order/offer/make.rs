//! A buyer offers a price.

use entity::{
    kinds::{ListingState, OfferState, OfferStep},
    listing, offer,
    value::{ListingId, Money, OfferId, Time, UserId},
};
use serde::Serialize;
use uuid::Uuid;

use super::{end, state, store};
use crate::{
    kernel::{
        Claim, Env, Fault,
        policy::Verified,
        text::{self, TextError},
    },
    market,
    order::{
        open::{self, CannotDeal},
        strike,
    },
    standing,
};

/// How many offers of a buyer may be open.
pub const OPEN: u64 = 20;
/// How long a note may be.
pub const NOTE: usize = 500;

/// What a buyer offers, for the listing as he saw it.
#[derive(Debug, Clone, Serialize)]
pub struct MakeOffer {
    /// For which listing.
    pub listing: ListingId,
    /// The version he saw.
    pub version: i64,
    /// What he would pay.
    pub price: Money,
    /// What he says to it: up to [`NOTE`] characters.
    pub note: String,
    /// His idempotency key.
    #[serde(skip)]
    pub key: Uuid,
}

/// Why no offer was made.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// There is no such listing for him.
    #[error("no such listing")]
    NotFound,
    /// The listing takes no offer from him.
    #[error("the listing takes no offer from him")]
    NotAvailable,
    /// It changed since he looked.
    #[error("the version changed")]
    Changed,
    /// It is his own, or of the same person under another account.
    #[error("his own listing")]
    Own,
    /// Its seller listens to no offers.
    #[error("the price is fixed")]
    NotNegotiable,
    /// The price is not from 1.00 to below what the seller asks.
    #[error("the price is out of range")]
    Price,
    /// The note is not taken.
    #[error("note: {0}")]
    Note(#[from] TextError),
    /// He has an open offer for it.
    #[error("an offer of his is open")]
    AlreadyOpen,
    /// He has [`OPEN`] open offers.
    #[error("too many open offers")]
    TooMany,
    /// He left too much unpaid or cancelled too much.
    #[error("no offers until {until:?}")]
    Struck {
        /// When he may again.
        until: Time,
    },
    /// The key was used for something else.
    #[error("the key was used for other input")]
    KeyReused,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<CannotDeal> for MakeError {
    fn from(error: CannotDeal) -> Self {
        match error {
            CannotDeal::NotAvailable => Self::NotAvailable,
            CannotDeal::Own => Self::Own,
            CannotDeal::Fault(fault) => fault.into(),
        }
    }
}

/// Makes an offer; it waits 24 hours for the seller. Asking again with the same key answers the first one.
pub async fn make(env: &Env, buyer: Verified, ask: &MakeOffer) -> Result<OfferId, MakeError> {
    let note = text::clean_text(&ask.note, 0..=NOTE)?;
    let tx = env.begin().await?;
    let id = match tx.claim(buyer.id(), "offerMake", ask.key, ask).await? {
        Claim::First(id) => OfferId(id),
        Claim::Repeat(id) => return Ok(OfferId(id)),
        Claim::UsedForOther => return Err(MakeError::KeyReused),
    };
    let seen = market::store::get(tx.db(), ask.listing).await?.ok_or(MakeError::NotFound)?;
    // Held whole: two offers of his at once count each other.
    let parties = standing::hold_whole(&tx, &[buyer.id(), seen.seller_id]).await?;
    let listing = market::store::lock(&tx, ask.listing).await?.ok_or(MakeError::NotFound)?;
    may_offer(&listing, buyer.id(), ask)?;
    open::may_deal(&tx, &parties, buyer.id(), listing.seller_id).await?;
    if let Some(until) = strike::no_offers_until(&tx, buyer.id()).await? {
        return Err(MakeError::Struck { until });
    }
    if let Some(last) = store::lock_his(&tx, buyer.id(), listing.id).await?
        && !end::end_if_over(&tx, &listing, &last).await?
    {
        return Err(MakeError::AlreadyOpen);
    }
    if store::open_of(&tx, buyer.id()).await? >= OPEN {
        return Err(MakeError::TooMany);
    }
    let offer = offer::Model {
        id,
        listing_id: listing.id,
        listing_version: listing.version,
        title: listing.title,
        buyer_id: buyer.id(),
        seller_id: listing.seller_id,
        price: ask.price,
        note,
        counter_price: None,
        counter_note: String::new(),
        state: OfferState::Open,
        order_id: None,
        created_at: tx.now(),
        due_at: Some(tx.now().plus_hours(i64::from(env.config().order.offer_hours))),
        ended_at: None,
    };
    store::insert(&tx, offer.clone()).await?;
    store::tell(&tx, &offer, OfferStep::Made);
    tx.commit().await?;
    tracing::info!(offer = %id, buyer = %buyer.id(), listing = %offer.listing_id, price = %offer.price, "offer made");
    Ok(id)
}

/// The rule: on sale, another's, in the version the buyer saw, from 1.00 to below the price.
fn may_offer(listing: &listing::Model, buyer: UserId, ask: &MakeOffer) -> Result<(), MakeError> {
    if listing.seller_id == buyer {
        return Err(MakeError::Own);
    }
    if !market::find::is_public(listing.state) {
        return Err(MakeError::NotFound);
    }
    if listing.state != ListingState::OnSale {
        return Err(MakeError::NotAvailable);
    }
    if listing.version != ask.version {
        return Err(MakeError::Changed);
    }
    if !listing.negotiable {
        return Err(MakeError::NotNegotiable);
    }
    if !state::is_offerable(ask.price, listing.price) {
        return Err(MakeError::Price);
    }
    Ok(())
}
