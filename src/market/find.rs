//! One listing, for whom it may concern.

use entity::{
    kinds::ListingState,
    listing,
    value::{ListingId, UserId},
};

use super::card::{self, Card};
use crate::kernel::{
    Env, Fault,
    policy::{self, Actor},
};

/// A listing, if `actor` may see it: everybody what is or was on sale, its seller and admins the rest.
pub async fn find_visible(env: &Env, actor: &Actor, id: ListingId) -> Result<Option<Card>, Fault> {
    let card = card::one(env.db(), id).await?;
    Ok(card.filter(|card| may_see(actor, &card.listing)))
}

fn may_see(actor: &Actor, listing: &listing::Model) -> bool {
    is_public(listing.state) || is_insider(actor, listing)
}

/// Whether `actor` is the seller or an admin.
#[must_use]
pub fn is_insider(actor: &Actor, listing: &listing::Model) -> bool {
    actor.user() == Some(listing.seller_id) || policy::admin(actor).is_ok()
}

/// Whether a user may see a listing without being an admin.
#[must_use]
pub fn is_shown_to(listing: &listing::Model, user: UserId) -> bool {
    is_public(listing.state) || listing.seller_id == user
}

const fn is_public(state: ListingState) -> bool {
    match state {
        ListingState::OnSale | ListingState::Reserved | ListingState::Sold => true,
        ListingState::InReview | ListingState::OffShelf | ListingState::Rejected => false,
    }
}
