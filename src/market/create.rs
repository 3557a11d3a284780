//! Offers an account for sale.

use std::{collections::BTreeSet, ops::RangeInclusive};

use entity::{
    kinds::{ImagePurpose, ListingState},
    listing,
    value::{AttributeId, GameId, ImageId, ListingId, Money, ServerId},
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    attribute::{self, AttributeError, Given, Value},
    card::{self, Card},
    checklist::{self, ChecklistStep},
    store,
};
use crate::{
    kernel::{
        Claim, Env, Event, Fault, Tx,
        policy::Verified,
        text::{TextError, clean_line, clean_text},
    },
    media::{self, AttachError},
};

/// Characters of a title.
pub const TITLE: RangeInclusive<usize> = 4..=80;
/// Characters of a description.
pub const DESCRIPTION: RangeInclusive<usize> = 10..=5_000;
/// Least and most price.
pub const PRICE: RangeInclusive<Money> = Money::yuan(1)..=Money::yuan(200_000);
/// Hours within which a seller may promise to deliver.
pub const DELIVERY_HOURS: RangeInclusive<i32> = 1..=48;
/// Days of warranty to choose from.
pub const WARRANTY_DAYS: [i32; 4] = [7, 14, 30, 90];
/// Characters of what the account is penalised for.
pub const PENALTIES: RangeInclusive<usize> = 0..=500;
/// How many images.
pub const IMAGES: RangeInclusive<usize> = 1..=9;
/// How many listings of a seller may be neither sold nor rejected.
pub const LIVE: u64 = 200;

/// What a seller says of an account.
#[derive(Debug, Clone, Serialize)]
pub struct Draft {
    /// Of which game.
    pub game: GameId,
    /// On which server.
    pub server: ServerId,
    /// 4 to 80 characters.
    pub title: String,
    /// 10 to 5,000 characters.
    pub description: String,
    /// 1.00 to 200,000.00.
    pub price: Money,
    /// 1 to 48.
    pub delivery_hours: i32,
    /// 7, 14, 30 or 90.
    pub warranty_days: i32,
    /// Keys of the game's checklist.
    pub bindings: Vec<String>,
    /// Up to 500 characters.
    pub penalties: String,
    /// What the game asks of its listings.
    pub attributes: Vec<Given>,
    /// 1 to 9 of the seller's own unused images; the first is the cover.
    pub images: Vec<ImageId>,
}

/// Why a listing was not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateError {
    /// The title is not taken.
    #[error("title: {0}")]
    Title(TextError),
    /// The description is not taken.
    #[error("description: {0}")]
    Description(TextError),
    /// The price is not in [`PRICE`].
    #[error("the price is out of range")]
    Price,
    /// The promise is not in [`DELIVERY_HOURS`].
    #[error("the delivery promise is out of range")]
    DeliveryHours,
    /// The warranty is none of [`WARRANTY_DAYS`].
    #[error("there is no such warranty")]
    WarrantyDays,
    /// What is said of penalties is not taken.
    #[error("penalties: {0}")]
    Penalties(TextError),
    /// The game's checklist has no such step, or one is named twice.
    #[error("there is no such binding")]
    Bindings,
    /// What is said of an attribute does not fit.
    #[error("attribute {key}: {why}")]
    Attribute {
        /// The attribute.
        key: String,
        /// What is wrong with it.
        why: AttributeError,
    },
    /// There are not 1 to 9 images.
    #[error("too few or too many images")]
    ImageCount,
    /// There is no such game or server, or the game takes no listings.
    #[error("there is no such game or server")]
    NoSuchGame,
    /// The server is of another game.
    #[error("the game has no such server")]
    ServerOfOther,
    /// There is no such image of his.
    #[error("there is no such image")]
    NoSuchImage,
    /// An image is named twice, for something else, or in use.
    #[error("an image cannot be used")]
    ImageNotUsable,
    /// [`LIVE`] listings are there.
    #[error("too many live listings")]
    LimitReached,
    /// The key was used with other input.
    #[error("the idempotency key was used for something else")]
    KeyReused,
    /// Since the request began he lost the right to sell.
    #[error("the seller may not sell any more")]
    MayNotSell,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<AttachError> for CreateError {
    fn from(error: AttachError) -> Self {
        match error {
            AttachError::NotFound => Self::NoSuchImage,
            AttachError::NotUsable => Self::ImageNotUsable,
            AttachError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Makes a listing and sends it to review. Asking again with the same key answers the first one.
pub async fn create(env: &Env, seller: Verified, key: Uuid, draft: &Draft) -> Result<Card, CreateError> {
    let checked = check(draft)?;
    let tx = env.begin().await?;
    let id = match tx.claim(seller.id(), "listingCreate", key, draft).await? {
        Claim::First(id) => ListingId(id),
        Claim::Repeat(id) => return Ok(read(&tx, ListingId(id)).await?),
        Claim::UsedForOther => return Err(CreateError::KeyReused),
    };
    hold_seller(&tx, seller).await?;
    let values = check_catalogue(&tx, &checked).await?;
    media::attach(&tx, seller.id(), &checked.images, ImagePurpose::Listing).await?;
    store::insert(&tx, &row(id, seller, &checked, &tx)?, &checked.images).await?;
    attribute::write(&tx, id, values).await?;
    tx.emit(Event::ListingSubmitted {
        listing: id,
        seller: seller.id(),
    });
    let card = read(&tx, id).await?;
    tx.commit().await?;
    Ok(card)
}

async fn read(tx: &Tx, id: ListingId) -> Result<Card, Fault> {
    let card = card::one(tx.db(), id).await?;
    card.ok_or_else(|| Fault::internal("a listing that was made has no row"))
}

/// The draft with its texts cleaned, if nothing is wrong with it by itself.
fn check(draft: &Draft) -> Result<Draft, CreateError> {
    let title = clean_line(&draft.title, TITLE).map_err(CreateError::Title)?;
    let description = clean_text(&draft.description, DESCRIPTION).map_err(CreateError::Description)?;
    let penalties = clean_text(&draft.penalties, PENALTIES).map_err(CreateError::Penalties)?;
    if !PRICE.contains(&draft.price) {
        return Err(CreateError::Price);
    }
    if !DELIVERY_HOURS.contains(&draft.delivery_hours) {
        return Err(CreateError::DeliveryHours);
    }
    if !WARRANTY_DAYS.contains(&draft.warranty_days) {
        return Err(CreateError::WarrantyDays);
    }
    if !IMAGES.contains(&draft.images.len()) {
        return Err(CreateError::ImageCount);
    }
    Ok(Draft {
        title,
        description,
        penalties,
        ..draft.clone()
    })
}

/// Holds the seller's standing whole, so that he cannot be blacklisted meanwhile and two drafts at once cannot pass the limit.
async fn hold_seller(tx: &Tx, seller: Verified) -> Result<(), CreateError> {
    if !store::hold_seller(tx, seller.id()).await? {
        return Err(CreateError::MayNotSell);
    }
    if store::live(tx.db(), seller.id()).await? >= LIVE {
        return Err(CreateError::LimitReached);
    }
    Ok(())
}

/// Checks the draft against its game; answers the values of the game's attributes.
async fn check_catalogue(tx: &Tx, draft: &Draft) -> Result<Vec<(AttributeId, Value)>, CreateError> {
    let game = store::game(tx.db(), draft.game).await?;
    let game = game.filter(|game| game.enabled).ok_or(CreateError::NoSuchGame)?;
    let server = store::server(tx.db(), draft.server).await?.ok_or(CreateError::NoSuchGame)?;
    if server.game_id != draft.game {
        return Err(CreateError::ServerOfOther);
    }
    check_bindings(&checklist::parse(&game.checklist)?, &draft.bindings)?;
    let asked = attribute::of_games(tx.db(), &[game.id]).await?.remove(&game.id).unwrap_or_default();
    attribute::check::check(&asked, &draft.attributes).map_err(|(key, why)| CreateError::Attribute { key, why })
}

/// Each binding is a step of the game's checklist, and none is named twice.
fn check_bindings(steps: &[ChecklistStep], bindings: &[String]) -> Result<(), CreateError> {
    let different: BTreeSet<&String> = bindings.iter().collect();
    let known = |key: &String| steps.iter().any(|step| step.key == *key);
    if different.len() == bindings.len() && bindings.iter().all(known) {
        Ok(())
    } else {
        Err(CreateError::Bindings)
    }
}

fn row(id: ListingId, seller: Verified, draft: &Draft, tx: &Tx) -> Result<listing::Model, Fault> {
    Ok(listing::Model {
        id,
        seller_id: seller.id(),
        game_id: draft.game,
        server_id: draft.server,
        title: draft.title.clone(),
        description: draft.description.clone(),
        price: draft.price,
        delivery_hours: draft.delivery_hours,
        warranty_days: draft.warranty_days,
        cover_id: draft.images[0],
        state: ListingState::InReview,
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
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        Draft {
            game: GameId::new(),
            server: ServerId::new(),
            title: "  Level 60, all heroes ".to_owned(),
            description: "Played since the first season.".to_owned(),
            price: Money::yuan(120),
            delivery_hours: 24,
            warranty_days: 30,
            bindings: Vec::new(),
            penalties: String::new(),
            attributes: Vec::new(),
            images: vec![ImageId::new()],
        }
    }

    #[test]
    fn a_draft_is_cleaned_and_its_limits_hold() {
        assert_eq!(check(&draft()).unwrap().title, "Level 60, all heroes");
        let refused = |change: fn(&mut Draft)| {
            let mut draft = draft();
            change(&mut draft);
            check(&draft).unwrap_err()
        };
        assert_eq!(refused(|draft| draft.title = "abc".into()), CreateError::Title(TextError::TooShort));
        assert_eq!(
            refused(|draft| draft.description = "x".repeat(5_001)),
            CreateError::Description(TextError::TooLong { max: 5_000 })
        );
        assert_eq!(refused(|draft| draft.price = Money(99)), CreateError::Price);
        assert_eq!(refused(|draft| draft.price = Money(20_000_001)), CreateError::Price);
        assert_eq!(refused(|draft| draft.delivery_hours = 49), CreateError::DeliveryHours);
        assert_eq!(refused(|draft| draft.warranty_days = 8), CreateError::WarrantyDays);
        assert_eq!(refused(|draft| draft.images.clear()), CreateError::ImageCount);
    }
}
