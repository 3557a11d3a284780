//! One listing, for whom it may concern.

use std::collections::{BTreeSet, HashMap};

use entity::{
    game, image,
    kinds::ListingState,
    listing, listing_image,
    value::{ImageId, ListingId, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::card::{self, Card};
use crate::{
    kernel::{
        Env, Fault,
        policy::{self, Actor},
    },
    media,
};

/// A listing, if `actor` may see it: everybody what is or was on sale, its seller and admins the rest.
pub async fn find_visible(env: &Env, actor: &Actor, id: ListingId) -> Result<Option<Card>, Fault> {
    let card = card::one(env.db(), id).await?;
    Ok(card.filter(|card| may_see(actor, &card.listing)))
}

/// Those of some listings that `actor` may see.
pub async fn find_visible_all(env: &Env, actor: &Actor, ids: &[ListingId]) -> Result<HashMap<ListingId, Card>, Fault> {
    let cards = card::some(env.db(), ids).await?;
    let seen = cards.into_iter().filter(|card| may_see(actor, &card.listing));
    Ok(seen.map(|card| (card.listing.id, card)).collect())
}

/// Those of some images that `actor` may see: his own, those of listings that he may see, and the icons of games.
pub async fn images_visible(env: &Env, actor: &Actor, ids: &[ImageId]) -> Result<HashMap<ImageId, image::Model>, Fault> {
    let mut images = media::find(env, ids.iter().copied()).await?;
    let shown = listing_image::Entity::find()
        .filter(listing_image::Column::ImageId.is_in(ids.iter().copied()))
        .all(env.db())
        .await?;
    let listings: Vec<ListingId> = shown.iter().map(|row| row.listing_id).collect();
    let listings = find_visible_all(env, actor, &listings).await?;
    let shown: BTreeSet<ImageId> = shown
        .into_iter()
        .filter(|row| listings.contains_key(&row.listing_id))
        .map(|row| row.image_id)
        .collect();
    let games = game::Entity::find().filter(game::Column::IconId.is_in(ids.iter().copied()));
    let icons: BTreeSet<ImageId> = games.all(env.db()).await?.into_iter().filter_map(|game| game.icon_id).collect();
    images.retain(|id, image| actor.user() == Some(image.owner_id) || shown.contains(id) || icons.contains(id));
    Ok(images)
}

fn may_see(actor: &Actor, listing: &listing::Model) -> bool {
    is_public(listing.state) || is_insider(actor, listing)
}

/// Whether `actor` is the seller or an admin.
#[must_use]
pub fn is_insider(actor: &Actor, listing: &listing::Model) -> bool {
    actor.user() == Some(listing.seller_id) || policy::admin(actor).is_ok()
}

/// Whether a user may show a listing to others: everybody what is public, its seller the rest but what is only begun.
#[must_use]
pub fn is_shown_to(listing: &listing::Model, user: UserId) -> bool {
    is_public(listing.state) || (listing.seller_id == user && listing.state != ListingState::Draft)
}

/// Whether everybody may see a listing in this state.
#[must_use]
pub const fn is_public(state: ListingState) -> bool {
    match state {
        ListingState::OnSale | ListingState::Reserved | ListingState::Sold => true,
        ListingState::Draft | ListingState::InReview | ListingState::OffShelf | ListingState::Rejected | ListingState::Removed => false,
    }
}
