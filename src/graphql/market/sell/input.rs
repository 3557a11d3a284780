//! What sellers say.

use async_graphql::{ID, InputObject};
use entity::value::{ImageId, Money};

use crate::{
    graphql::{
        errors::Failure,
        id,
        scalars::{Decimal, Uuid},
    },
    market::{Change, Draft, attribute::Given},
};

/// What a listing says of an attribute of its game. Fill in what the attribute's kind asks, and nothing else.
#[derive(InputObject)]
pub struct ListingAttributeInput {
    /// The attribute's key.
    pub key: String,
    /// Keys of what is chosen: one for a choice, one or more for a many-choice.
    #[graphql(default)]
    pub choices: Vec<String>,
    /// A whole number in the attribute's range.
    pub number: Option<i32>,
    /// Yes or no.
    pub yes: Option<bool>,
    /// One line of 1 to 100 characters.
    pub text: Option<String>,
}

impl From<&ListingAttributeInput> for Given {
    fn from(input: &ListingAttributeInput) -> Self {
        Self {
            key: input.key.clone(),
            choices: input.choices.clone(),
            number: input.number,
            yes: input.yes,
            text: input.text.clone(),
        }
    }
}

/// An account to offer for sale.
#[derive(InputObject)]
pub struct ListingCreateInput {
    /// Of which game.
    pub game_id: ID,
    /// On which server of that game.
    pub server_id: ID,
    /// One line of 4 to 80 characters.
    pub title: String,
    /// Plain text of 10 to 5,000 characters.
    pub description: String,
    /// The asking price, 1.00 to 200,000.00 CNY.
    pub price: Decimal,
    /// Whether you listen to offers.
    #[graphql(default = true)]
    pub negotiable: bool,
    /// Hours within which you promise to deliver: 1 to 48.
    #[graphql(default = 24)]
    pub delivery_hours: i32,
    /// Days in which a recovery can be claimed: 7, 14, 30 or 90.
    #[graphql(default = 30)]
    pub warranty_days: i32,
    /// What the game asks of its listings, each attribute once. What it requires must be there.
    #[graphql(default)]
    pub attributes: Vec<ListingAttributeInput>,
    /// Keys of the game's checklist that name what is bound to the account.
    #[graphql(default)]
    pub bindings: Vec<String>,
    /// What the account is penalised for: up to 500 characters. Empty: nothing.
    #[graphql(default)]
    pub penalties: String,
    /// Ids of 1 to 9 images that you uploaded for a listing and have not used; the first is the cover.
    pub image_ids: Vec<ID>,
    /// Made by you for this one listing: sending it again answers the same listing.
    pub idempotency_key: Uuid,
}

impl ListingCreateInput {
    /// What it says, for the market.
    pub(super) fn draft(&self) -> Result<Draft, Failure> {
        Ok(Draft {
            game: id::decode(&self.game_id)?,
            server: id::decode(&self.server_id)?,
            title: self.title.clone(),
            description: self.description.clone(),
            price: self.price.0,
            negotiable: self.negotiable,
            delivery_hours: self.delivery_hours,
            warranty_days: self.warranty_days,
            attributes: self.attributes.iter().map(Given::from).collect(),
            bindings: self.bindings.clone(),
            penalties: self.penalties.clone(),
            images: images(&self.image_ids)?,
        })
    }
}

fn images(ids: &[ID]) -> Result<Vec<ImageId>, Failure> {
    ids.iter().map(id::decode).collect()
}

/// An account that you have begun to describe. Only the game, the server and a picture must be there.
#[derive(InputObject)]
pub struct ListingDraftCreateInput {
    /// Of which game.
    pub game_id: ID,
    /// On which server of that game.
    pub server_id: ID,
    /// One line of up to 80 characters.
    #[graphql(default)]
    pub title: String,
    /// Plain text of up to 5,000 characters.
    #[graphql(default)]
    pub description: String,
    /// The asking price, 1.00 to 200,000.00 CNY. Left out: 1.00.
    pub price: Option<Decimal>,
    /// Whether you listen to offers.
    #[graphql(default = true)]
    pub negotiable: bool,
    /// Hours within which you promise to deliver: 1 to 48.
    #[graphql(default = 24)]
    pub delivery_hours: i32,
    /// Days in which a recovery can be claimed: 7, 14, 30 or 90.
    #[graphql(default = 30)]
    pub warranty_days: i32,
    /// What the game asks of its listings, as far as you know it yet.
    #[graphql(default)]
    pub attributes: Vec<ListingAttributeInput>,
    /// Keys of the game's checklist that name what is bound to the account.
    #[graphql(default)]
    pub bindings: Vec<String>,
    /// What the account is penalised for: up to 500 characters.
    #[graphql(default)]
    pub penalties: String,
    /// Ids of 1 to 9 images that you uploaded for a listing and have not used; the first is the cover.
    pub image_ids: Vec<ID>,
    /// Made by you for this one draft: sending it again answers the same draft.
    pub idempotency_key: Uuid,
}

impl ListingDraftCreateInput {
    /// What it says, for the market.
    pub(super) fn draft(&self) -> Result<Draft, Failure> {
        Ok(Draft {
            game: id::decode(&self.game_id)?,
            server: id::decode(&self.server_id)?,
            title: self.title.clone(),
            description: self.description.clone(),
            price: self.price.map_or(Money::yuan(1), |price| price.0),
            negotiable: self.negotiable,
            delivery_hours: self.delivery_hours,
            warranty_days: self.warranty_days,
            attributes: self.attributes.iter().map(Given::from).collect(),
            bindings: self.bindings.clone(),
            penalties: self.penalties.clone(),
            images: images(&self.image_ids)?,
        })
    }
}

/// What to change in a listing. What is left out or null stays as it is.
#[derive(InputObject)]
pub struct ListingChangeInput {
    /// Another game. What the old one asked is forgotten, so give `serverId` and `attributes` as well.
    pub game_id: Option<ID>,
    /// Another server of the game.
    pub server_id: Option<ID>,
    /// One line of 4 to 80 characters.
    pub title: Option<String>,
    /// Plain text of 10 to 5,000 characters.
    pub description: Option<String>,
    /// The asking price, 1.00 to 200,000.00 CNY. A lower one, alone, needs no review.
    pub price: Option<Decimal>,
    /// Whether you listen to offers.
    pub negotiable: Option<bool>,
    /// Hours within which you promise to deliver: 1 to 48.
    pub delivery_hours: Option<i32>,
    /// Days in which a recovery can be claimed: 7, 14, 30 or 90.
    pub warranty_days: Option<i32>,
    /// All that the game asks, instead of what was said.
    pub attributes: Option<Vec<ListingAttributeInput>>,
    /// All that is bound to the account, instead of what was said.
    pub bindings: Option<Vec<String>>,
    /// What the account is penalised for: up to 500 characters.
    pub penalties: Option<String>,
    /// All its images in their order: 1 to 9, of those it has and new ones that you have not used.
    pub image_ids: Option<Vec<ID>>,
}

impl ListingChangeInput {
    /// What it says, for the market.
    pub(super) fn change(&self) -> Result<Change, Failure> {
        let attributes = self.attributes.as_ref();
        Ok(Change {
            game: self.game_id.as_ref().map(id::decode).transpose()?,
            server: self.server_id.as_ref().map(id::decode).transpose()?,
            title: self.title.clone(),
            description: self.description.clone(),
            price: self.price.map(|price| price.0),
            negotiable: self.negotiable,
            delivery_hours: self.delivery_hours,
            warranty_days: self.warranty_days,
            attributes: attributes.map(|given| given.iter().map(Given::from).collect()),
            bindings: self.bindings.clone(),
            penalties: self.penalties.clone(),
            images: self.image_ids.as_deref().map(images).transpose()?,
        })
    }
}

/// A listing of yours and what to change in it.
#[derive(InputObject)]
pub struct ListingUpdateInput {
    /// Which listing.
    pub id: ID,
    /// The version you saw.
    pub seen_version: i32,
    /// What to change.
    pub change: ListingChangeInput,
}

/// A listing of yours for review.
#[derive(InputObject)]
pub struct ListingSubmitInput {
    /// Which listing.
    pub id: ID,
    /// The version you saw.
    pub seen_version: i32,
}

/// A listing of yours to take off the shelf.
#[derive(InputObject)]
pub struct ListingTakeOffInput {
    /// Which listing.
    pub id: ID,
}

/// A listing of yours to put back on the shelf.
#[derive(InputObject)]
pub struct ListingPutOnInput {
    /// Which listing.
    pub id: ID,
}

/// A draft of yours to throw away.
#[derive(InputObject)]
pub struct ListingDiscardInput {
    /// Which draft.
    pub id: ID,
}
