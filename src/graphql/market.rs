//! Games and listings: what is asked and done.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use entity::value::ImageId;

mod catalogue;
mod listing;

pub(in crate::graphql) use catalogue::Games;
pub use catalogue::{ChecklistStep, Game, GameServer, ListingAttribute};
pub use listing::{Listing, ListingState};

use self::listing::page;
use super::{
    auth::{Auth, Need, Open, auth},
    connection::{Connection, ask},
    context::Ask,
    errors::{Failure, payload},
    id,
    scalars::{Decimal, Uuid},
};
use crate::{
    kernel::policy,
    market::{self, Browse, Card, Draft, attribute::Given},
    payload_type,
};

/// What you look for. What is left out does not matter.
#[derive(InputObject, Default)]
pub struct ListingFilterInput {
    /// Of this game.
    pub game_id: Option<ID>,
    /// On this server.
    pub server_id: Option<ID>,
    /// At this price or above, in CNY.
    pub price_from: Option<Decimal>,
    /// At this price or below, in CNY.
    pub price_to: Option<Decimal>,
}

/// In which order listings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "market::Sort")]
pub enum ListingSortBy {
    /// The newest first.
    Newest,
    /// The cheapest first.
    Cheapest,
    /// The dearest first.
    Dearest,
}

/// In which order listings are shown.
#[derive(InputObject)]
pub struct ListingSortInput {
    /// By what.
    pub by: ListingSortBy,
}

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
    fn draft(&self) -> Result<Draft, Failure> {
        let images: Result<Vec<ImageId>, Failure> = self.image_ids.iter().map(id::decode).collect();
        Ok(Draft {
            game: id::decode(&self.game_id)?,
            server: id::decode(&self.server_id)?,
            title: self.title.clone(),
            description: self.description.clone(),
            price: self.price.0,
            delivery_hours: self.delivery_hours,
            warranty_days: self.warranty_days,
            attributes: self.attributes.iter().map(Given::from).collect(),
            bindings: self.bindings.clone(),
            penalties: self.penalties.clone(),
            images: images?,
        })
    }
}

payload_type! {
    /// What `listingCreate` answers.
    ListingCreatePayload {
        /// The listing, now in review.
        listing: Listing
    }
}

/// Queries about games and listings.
#[derive(Default)]
pub struct MarketQuery;

#[Object]
impl MarketQuery {
    /// The games that are traded here, in their order.
    #[graphql(guard = "Open")]
    async fn games(&self, ctx: &Context<'_>) -> Result<Option<Vec<Game>>> {
        let games = market::games(ctx.env()).await?;
        let page = Games::new(games.iter().map(|game| game.id));
        let game = |game| Game::of_page(game, Arc::clone(&page));
        Ok(Some(games.into_iter().map(game).collect()))
    }

    /// What is on sale, the newest first unless you say otherwise.
    #[graphql(guard = "Open")]
    async fn listings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
        #[graphql(desc = "Of this game only.", deprecation = "Use filter instead. Removal on 2027-06-01 UTC.")] game_id: Option<ID>,
        #[graphql(desc = "What you look for; all unless said.")] filter: Option<ListingFilterInput>,
        #[graphql(desc = "In which order; newest first unless said. A cursor is of one order.")] sort: Option<ListingSortInput>,
    ) -> Result<Option<Connection<Listing>>> {
        let ask = ask(first, after.as_deref())?;
        let filter = filter.unwrap_or_default();
        let wanted = Browse {
            game: filter.game_id.or(game_id).as_ref().map(id::decode).transpose()?,
            server: filter.server_id.as_ref().map(id::decode).transpose()?,
            from: filter.price_from.map(|price| price.0),
            to: filter.price_to.map(|price| price.0),
            sort: sort.map(|sort| sort.by.into()).unwrap_or_default(),
            texts: listing::texts(ctx),
        };
        let rows = market::browse(ctx.env(), &wanted, &ask).await.map_err(Failure::from)?;
        Ok(Some(page(rows, after.is_some(), |card| wanted.sort.place(card))))
    }

    /// One listing. What was never on sale or is off the shelf is `NOT_FOUND` for others than its seller and admins.
    #[graphql(guard = "Open")]
    async fn listing(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<Listing>> {
        Ok(Some(Listing::find(ctx, id::decode(&id)?).await?))
    }

    /// Your own listings in every state, newest first.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn my_listings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
    ) -> Result<Option<Connection<Listing>>> {
        let seller = policy::trader(ctx.actor())?;
        let rows = market::mine(ctx.env(), seller, &ask(first, after.as_deref())?).await?;
        Ok(Some(page(rows, after.is_some(), Card::created_place)))
    }

    /// What waits for review, the longest waiting first.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn review_queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
    ) -> Result<Option<Connection<Listing>>> {
        let admin = policy::admin(ctx.actor())?;
        let rows = market::queue(ctx.env(), admin, &ask(first, after.as_deref())?).await?;
        Ok(Some(page(rows, after.is_some(), Card::submitted_place)))
    }
}

/// Mutations of listings by their sellers.
#[derive(Default)]
pub struct MarketMutation;

#[Object]
impl MarketMutation {
    /// Offers an account for sale. An admin looks at it first. At most 200 listings that are neither sold nor rejected.
    #[graphql(guard = "Auth(Need::Verified)", directive = auth::apply(Need::Verified))]
    async fn listing_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The listing to be reviewed.")] input: ListingCreateInput,
    ) -> Result<Option<ListingCreatePayload>> {
        let made = create(ctx, &input).await;
        payload(ctx, made.map(Listing::from))
    }
}

async fn create(ctx: &Context<'_>, input: &ListingCreateInput) -> Result<Card, Failure> {
    let seller = policy::verified(ctx.actor())?;
    Ok(market::create(ctx.env(), seller, input.idempotency_key.0, &input.draft()?).await?)
}
