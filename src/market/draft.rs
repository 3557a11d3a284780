//! What a seller says of an account, and whether it will do.

use std::{collections::BTreeSet, ops::RangeInclusive};

use entity::{
    listing,
    value::{AttributeId, GameId, ImageId, Money, ServerId},
};
use serde::Serialize;

use super::{
    attribute::{self, AttributeError, Given, Shown, Value},
    checklist::{self, ChecklistStep},
    store,
};
use crate::{
    kernel::{
        Fault, Tx,
        text::{TextError, clean_line, clean_text},
    },
    media::AttachError,
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

/// What a seller says of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// Of which game.
    pub game: GameId,
    /// On which server.
    pub server: ServerId,
    /// 4 to 80 characters; in an unfinished one up to 80.
    pub title: String,
    /// 10 to 5,000 characters; in an unfinished one up to 5,000.
    pub description: String,
    /// 1.00 to 200,000.00.
    pub price: Money,
    /// Whether the seller listens to offers.
    pub negotiable: bool,
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

/// How much must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finish {
    /// All of it: an admin will look at it.
    Whole,
    /// Words and attributes may still be missing; what is there must be right.
    Begun,
}

/// Why what is said will not do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
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
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<AttachError> for DraftError {
    fn from(error: AttachError) -> Self {
        match error {
            AttachError::NotFound => Self::NoSuchImage,
            AttachError::NotUsable => Self::ImageNotUsable,
            AttachError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// The draft with its texts cleaned, if nothing is wrong with it by itself.
pub(super) fn check(draft: &Draft, finish: Finish) -> Result<Draft, DraftError> {
    let at_least = |length: RangeInclusive<usize>| match finish {
        Finish::Whole => length,
        Finish::Begun => 0..=*length.end(),
    };
    let title = clean_line(&draft.title, at_least(TITLE)).map_err(DraftError::Title)?;
    let description = clean_text(&draft.description, at_least(DESCRIPTION)).map_err(DraftError::Description)?;
    let penalties = clean_text(&draft.penalties, PENALTIES).map_err(DraftError::Penalties)?;
    if !PRICE.contains(&draft.price) {
        return Err(DraftError::Price);
    }
    if !DELIVERY_HOURS.contains(&draft.delivery_hours) {
        return Err(DraftError::DeliveryHours);
    }
    if !WARRANTY_DAYS.contains(&draft.warranty_days) {
        return Err(DraftError::WarrantyDays);
    }
    if !IMAGES.contains(&draft.images.len()) {
        return Err(DraftError::ImageCount);
    }
    Ok(Draft {
        title,
        description,
        penalties,
        ..draft.clone()
    })
}

/// Checks the draft against its game; answers the values of the game's attributes.
pub(super) async fn check_catalogue(tx: &Tx, draft: &Draft, finish: Finish) -> Result<Vec<(AttributeId, Value)>, DraftError> {
    let game = store::hold_game(tx, draft.game).await?;
    let game = game.filter(|game| game.enabled).ok_or(DraftError::NoSuchGame)?;
    let server = store::server(tx.db(), draft.server).await?.ok_or(DraftError::NoSuchGame)?;
    if server.game_id != draft.game {
        return Err(DraftError::ServerOfOther);
    }
    check_bindings(&checklist::parse(&game.checklist)?, &draft.bindings)?;
    let asked = attribute::asked_of_game(tx.db(), game.id).await?;
    attribute::check::check(&asked, &draft.attributes, finish == Finish::Whole).map_err(|(key, why)| DraftError::Attribute { key, why })
}

/// Each binding is a step of the game's checklist, and none is named twice.
fn check_bindings(steps: &[ChecklistStep], bindings: &[String]) -> Result<(), DraftError> {
    let different: BTreeSet<&String> = bindings.iter().collect();
    let known = |key: &String| steps.iter().any(|step| step.key == *key);
    if different.len() == bindings.len() && bindings.iter().all(known) {
        Ok(())
    } else {
        Err(DraftError::Bindings)
    }
}

/// What a listing says at present.
pub(super) async fn of_listing(tx: &Tx, listing: &listing::Model) -> Result<Draft, Fault> {
    let images = store::image_ids(tx.db(), listing.id).await?;
    let said = attribute::of_listing(tx, listing.id).await?;
    Ok(Draft {
        game: listing.game_id,
        server: listing.server_id,
        title: listing.title.clone(),
        description: listing.description.clone(),
        price: listing.price,
        negotiable: listing.negotiable,
        delivery_hours: listing.delivery_hours,
        warranty_days: listing.warranty_days,
        bindings: serde_json::from_str(&listing.bindings).map_err(Fault::internal)?,
        penalties: listing.penalties.clone(),
        attributes: said.into_iter().map(given).collect(),
        images,
    })
}

fn given(said: Shown) -> Given {
    Given {
        key: said.key,
        choices: said.choices.into_iter().map(|choice| choice.key).collect(),
        number: said.number,
        yes: said.yes,
        text: said.text,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub fn draft() -> Draft {
        Draft {
            game: GameId::new(),
            server: ServerId::new(),
            title: "  Level 60, all heroes ".to_owned(),
            description: "Played since the first season.".to_owned(),
            price: Money::yuan(120),
            negotiable: false,
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
        assert_eq!(check(&draft(), Finish::Whole).unwrap().title, "Level 60, all heroes");
        let refused = |change: fn(&mut Draft)| {
            let mut draft = draft();
            change(&mut draft);
            check(&draft, Finish::Whole).unwrap_err()
        };
        assert_eq!(refused(|draft| draft.title = "abc".into()), DraftError::Title(TextError::TooShort));
        assert_eq!(
            refused(|draft| draft.description = "x".repeat(5_001)),
            DraftError::Description(TextError::TooLong { max: 5_000 })
        );
        assert_eq!(refused(|draft| draft.price = Money(99)), DraftError::Price);
        assert_eq!(refused(|draft| draft.price = Money(20_000_001)), DraftError::Price);
        assert_eq!(refused(|draft| draft.delivery_hours = 49), DraftError::DeliveryHours);
        assert_eq!(refused(|draft| draft.warranty_days = 8), DraftError::WarrantyDays);
        assert_eq!(refused(|draft| draft.images.clear()), DraftError::ImageCount);
    }

    #[test]
    fn what_is_only_begun_may_lack_words_and_what_it_has_must_be_right() {
        let begun = |change: fn(&mut Draft)| {
            let mut draft = draft();
            (draft.title, draft.description) = (String::new(), String::new());
            change(&mut draft);
            check(&draft, Finish::Begun).map(|_| ())
        };
        assert_eq!(begun(|_| {}), Ok(()));
        assert_eq!(
            begun(|draft| draft.title = "x".repeat(81)),
            Err(DraftError::Title(TextError::TooLong { max: 80 }))
        );
        assert_eq!(begun(|draft| draft.price = Money(0)), Err(DraftError::Price));
        assert_eq!(begun(|draft| draft.images.clear()), Err(DraftError::ImageCount));
    }
}
