//! Changes what a listing says.

use std::collections::BTreeSet;

use entity::{
    kinds::{ImagePurpose, ListingState},
    listing,
    value::{GameId, ImageId, ListingId, Money, ServerId},
};

use super::{
    attribute::{self, Given},
    card::{self, Card},
    draft::{self, Draft, DraftError, Finish},
    search,
    state::{self, NotNow, Step},
    store,
};
use crate::{
    kernel::{Env, Event, Fault, Tx, policy::Verified},
    media,
};

/// What to change; what is none stays as it is.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs, reason = "the fields are those of the draft")]
pub struct Change {
    pub game: Option<GameId>,
    pub server: Option<ServerId>,
    pub title: Option<String>,
    pub description: Option<String>,
    pub price: Option<Money>,
    pub negotiable: Option<bool>,
    pub delivery_hours: Option<i32>,
    pub warranty_days: Option<i32>,
    pub bindings: Option<Vec<String>>,
    pub penalties: Option<String>,
    pub attributes: Option<Vec<Given>>,
    pub images: Option<Vec<ImageId>>,
}

/// Why a listing was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// The seller has no such listing.
    #[error("no such listing of his")]
    NotFound,
    /// It was changed since he looked.
    #[error("another version is there")]
    Changed,
    /// It does not fit where the listing stands.
    #[error(transparent)]
    NotNow(#[from] NotNow),
    /// What it would say will not do.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// As many listings as he may have are live.
    #[error("too many live listings")]
    LimitReached,
    /// Since the request began he lost the right to sell.
    #[error("the seller may not sell any more")]
    MayNotSell,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Changes a listing in the version its seller saw. Any change but a lower price sends it back to review; each raises the version. A change that
/// changes nothing does nothing.
pub async fn update(env: &Env, seller: Verified, id: ListingId, seen: i64, change: Change) -> Result<Card, ChangeError> {
    let tx = env.begin().await?;
    let before = own(&tx, seller, id, seen).await?;
    let said = draft::of_listing(&tx, &before).await?;
    let finish = finish_of(before.state);
    let wanted = draft::check(&merged(said.clone(), change), finish)?;
    if wanted == said {
        return Ok(read(&tx, id).await?);
    }
    let step = step(&said, &wanted);
    let next = state::after(before.state, step)?;
    // What a lower price is for was approved as it is, whatever has become of its game since.
    let values = match step {
        Step::LowerPrice => None,
        _ => Some(draft::check_catalogue(&tx, &wanted, finish).await?),
    };
    change_images(&tx, &before, &said.images, &wanted.images).await?;
    if !store::rewrite(&tx, &before, &wanted, next).await? {
        return Err(ChangeError::Changed);
    }
    if let Some(values) = values {
        attribute::rewrite(&tx, id, values).await?;
    }
    if before.state == ListingState::OnSale && next != ListingState::OnSale {
        search::forget(&tx, id).await?;
    }
    tell(&tx, &before, &wanted, next);
    let card = read(&tx, id).await?;
    tx.commit().await?;
    tracing::info!(listing = %id, seller = %seller.id(), version = card.listing.version, "listing changed");
    Ok(card)
}

/// His listing in the version he saw, with his standing and its row held until the end.
pub(super) async fn own(tx: &Tx, seller: Verified, id: ListingId, seen: i64) -> Result<listing::Model, ChangeError> {
    if !store::hold_seller(tx, seller.id()).await? {
        return Err(ChangeError::MayNotSell);
    }
    let listing = store::lock(tx, id).await?;
    let listing = listing
        .filter(|listing| listing.seller_id == seller.id())
        .ok_or(ChangeError::NotFound)?;
    if listing.version == seen {
        Ok(listing)
    } else {
        Err(ChangeError::Changed)
    }
}

pub(super) async fn read(tx: &Tx, id: ListingId) -> Result<Card, Fault> {
    let card = card::one(tx.db(), id).await?;
    card.ok_or_else(|| Fault::internal("a listing that is held has no row"))
}

/// What nobody looks at yet may still be unfinished.
const fn finish_of(state: ListingState) -> Finish {
    match state {
        ListingState::Draft | ListingState::Rejected => Finish::Begun,
        ListingState::InReview
        | ListingState::OnSale
        | ListingState::OffShelf
        | ListingState::Reserved
        | ListingState::Sold
        | ListingState::Removed => Finish::Whole,
    }
}

fn merged(said: Draft, change: Change) -> Draft {
    // What another game asks is something else: nothing that was said for the old one is kept.
    let moves = change.game.is_some_and(|game| game != said.game);
    let (bindings, attributes) = if moves {
        (Vec::new(), Vec::new())
    } else {
        (said.bindings, said.attributes)
    };
    Draft {
        game: change.game.unwrap_or(said.game),
        server: change.server.unwrap_or(said.server),
        title: change.title.unwrap_or(said.title),
        description: change.description.unwrap_or(said.description),
        price: change.price.unwrap_or(said.price),
        negotiable: change.negotiable.unwrap_or(said.negotiable),
        delivery_hours: change.delivery_hours.unwrap_or(said.delivery_hours),
        warranty_days: change.warranty_days.unwrap_or(said.warranty_days),
        bindings: change.bindings.unwrap_or(bindings),
        penalties: change.penalties.unwrap_or(said.penalties),
        attributes: change.attributes.unwrap_or(attributes),
        images: change.images.unwrap_or(said.images),
    }
}

/// Whether the price falls and nothing else changes.
fn step(said: &Draft, wanted: &Draft) -> Step {
    let same_but_price = Draft {
        price: said.price,
        ..wanted.clone()
    } == *said;
    if same_but_price && wanted.price < said.price {
        Step::LowerPrice
    } else {
        Step::Change
    }
}

/// Takes the new images. Those that go are given up only where nobody but the seller ever saw them: orders keep what was on sale.
async fn change_images(tx: &Tx, listing: &listing::Model, said: &[ImageId], wanted: &[ImageId]) -> Result<(), DraftError> {
    if said == wanted {
        return Ok(());
    }
    let different: BTreeSet<&ImageId> = wanted.iter().collect();
    if different.len() != wanted.len() {
        return Err(DraftError::ImageNotUsable);
    }
    let new: Vec<ImageId> = wanted.iter().copied().filter(|image| !said.contains(image)).collect();
    media::attach(tx, listing.seller_id, &new, ImagePurpose::Listing).await?;
    if listing.state == ListingState::Draft && listing.published_at.is_none() {
        for gone in said.iter().filter(|image| !wanted.contains(image)) {
            media::attach::detach(tx, *gone).await?;
        }
    }
    Ok(store::replace_images(tx, listing.id, wanted).await?)
}

fn tell(tx: &Tx, before: &listing::Model, wanted: &Draft, next: ListingState) {
    let (listing, seller) = (before.id, before.seller_id);
    tx.emit(Event::ListingChanged {
        listing,
        seller,
        version: before.version + 1,
        price: wanted.price,
    });
    if next == ListingState::InReview {
        tx.emit(Event::ListingSubmitted { listing, seller });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::market::draft::tests::draft;

    #[test]
    fn only_a_lower_price_by_itself_is_one() {
        let said = draft();
        let of = |change: fn(&mut Draft)| {
            let mut wanted = said.clone();
            change(&mut wanted);
            step(&said, &wanted)
        };
        assert_eq!(of(|wanted| wanted.price = Money::yuan(119)), Step::LowerPrice);
        assert_eq!(of(|wanted| wanted.price = Money::yuan(121)), Step::Change);
        assert_eq!(of(|wanted| wanted.negotiable = !wanted.negotiable), Step::Change);
        let both = |wanted: &mut Draft| {
            wanted.price = Money::yuan(119);
            wanted.warranty_days = 7;
        };
        assert_eq!(of(both), Step::Change);
    }

    #[test]
    fn another_game_begins_without_what_the_old_one_asked() {
        let mut said = draft();
        said.bindings = vec!["email".to_owned()];
        let to = |game| Change {
            game: Some(game),
            ..Change::default()
        };
        assert!(merged(said.clone(), to(GameId::new())).bindings.is_empty());
        assert_eq!(merged(said.clone(), to(said.game)), said);
    }
}
