//! Offers an account for sale, or begins to.

use entity::{
    kinds::{ImagePurpose, ListingState},
    listing,
    value::ListingId,
};
use uuid::Uuid;

use super::{
    attribute,
    card::{self, Card},
    draft::{self, Draft, DraftError, Finish},
    store,
};
use crate::{
    kernel::{Claim, Env, Event, Fault, Tx, policy::Verified},
    media,
};

/// How many listings of a seller may be in review, on sale, off the shelf or reserved.
pub const LIVE: u64 = 200;
/// How many drafts a seller may have.
pub const DRAFTS: u64 = 50;

/// Why a listing was not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateError {
    /// What is said of the account will not do.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// [`LIVE`] listings are there.
    #[error("too many live listings")]
    LimitReached,
    /// [`DRAFTS`] drafts are there.
    #[error("too many drafts")]
    TooManyDrafts,
    /// The key was used with other input.
    #[error("the idempotency key was used for something else")]
    KeyReused,
    /// What the key made was thrown away since.
    #[error("the draft was discarded")]
    Gone,
    /// Since the request began he lost the right to sell.
    #[error("the seller may not sell any more")]
    MayNotSell,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Makes a listing and sends it to review. Asking again with the same key answers the first one.
pub async fn create(env: &Env, seller: Verified, key: Uuid, said: &Draft) -> Result<Card, CreateError> {
    make(env, seller, key, said, Finish::Whole).await
}

/// Makes a draft, which only its seller sees. Asking again with the same key answers the first one.
pub async fn create_draft(env: &Env, seller: Verified, key: Uuid, said: &Draft) -> Result<Card, CreateError> {
    make(env, seller, key, said, Finish::Begun).await
}

async fn make(env: &Env, seller: Verified, key: Uuid, said: &Draft, finish: Finish) -> Result<Card, CreateError> {
    let checked = draft::check(said, finish)?;
    let operation = match finish {
        Finish::Whole => "listingCreate",
        Finish::Begun => "listingDraftCreate",
    };
    let tx = env.begin().await?;
    let id = match tx.claim(seller.id(), operation, key, said).await? {
        Claim::First(id) => ListingId(id),
        Claim::Repeat(id) => return card::one(tx.db(), ListingId(id)).await?.ok_or(CreateError::Gone),
        Claim::UsedForOther => return Err(CreateError::KeyReused),
    };
    hold_seller(&tx, seller, finish).await?;
    let values = draft::check_catalogue(&tx, &checked, finish).await?;
    let attached = media::attach(&tx, seller.id(), &checked.images, ImagePurpose::Listing).await;
    attached.map_err(DraftError::from)?;
    store::insert(&tx, &row(id, seller, &checked, &tx, finish)?, &checked.images).await?;
    attribute::write(&tx, id, values).await?;
    if finish == Finish::Whole {
        tx.emit(Event::ListingSubmitted {
            listing: id,
            seller: seller.id(),
        });
    }
    let card = card::one(tx.db(), id).await?;
    let card = card.ok_or_else(|| Fault::internal("a listing that was made has no row"))?;
    tx.commit().await?;
    tracing::info!(listing = %id, seller = %seller.id(), state = card.listing.state.as_str(), "listing made");
    Ok(card)
}

/// Holds the seller's standing whole, so that he cannot be blacklisted meanwhile and two at once cannot pass a limit.
async fn hold_seller(tx: &Tx, seller: Verified, finish: Finish) -> Result<(), CreateError> {
    if !store::hold_seller(tx, seller.id()).await? {
        return Err(CreateError::MayNotSell);
    }
    match finish {
        Finish::Whole if store::live(tx.db(), seller.id()).await? >= LIVE => Err(CreateError::LimitReached),
        Finish::Begun if store::drafts(tx.db(), seller.id()).await? >= DRAFTS => Err(CreateError::TooManyDrafts),
        Finish::Whole | Finish::Begun => Ok(()),
    }
}

fn row(id: ListingId, seller: Verified, draft: &Draft, tx: &Tx, finish: Finish) -> Result<listing::Model, Fault> {
    Ok(listing::Model {
        id,
        seller_id: seller.id(),
        game_id: draft.game,
        server_id: draft.server,
        title: draft.title.clone(),
        description: draft.description.clone(),
        price: draft.price,
        negotiable: draft.negotiable,
        delivery_hours: draft.delivery_hours,
        warranty_days: draft.warranty_days,
        cover_id: draft.images[0],
        state: match finish {
            Finish::Whole => ListingState::InReview,
            Finish::Begun => ListingState::Draft,
        },
        version: 1,
        reject_reason: None,
        order_id: None,
        created_at: tx.now(),
        submitted_at: tx.now(),
        published_at: None,
        bindings: serde_json::to_string(&draft.bindings).map_err(Fault::internal)?,
        penalties: draft.penalties.clone(),
        claimed_by: None,
        claimed_at: None,
        views: 0,
    })
}
