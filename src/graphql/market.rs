//! Games and listings: what is asked and done.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, MergedObject, Object, Result, SimpleObject};

mod admin;
mod browse;
mod catalogue;
mod favourite;
mod listing;
mod sell;
mod seller;

pub use admin::{CatalogueMutation, CatalogueQuery};
pub use browse::{AttributeFilterInput, ListingFacets, ListingFilterInput, ListingSortBy, ListingSortInput};
pub(in crate::graphql) use catalogue::Games;
pub use catalogue::{ChecklistStep, Game, GameServer, ListingAttribute};
pub use favourite::{FavouriteMutation, FavouriteQuery};
pub use listing::{Listing, ListingState};
pub use sell::SellMutation;
pub use seller::{Seller, SellerQuery};

use self::listing::page;
use super::{
    auth::{Auth, Need, Open, auth},
    connection::{Connection, ask},
    context::Ask,
    errors::{Failure, FieldCode},
    id,
    staff::{QueueFilterInput, claimed},
};
use crate::{
    kernel::policy,
    market::{self, Browse, Card},
};

/// Which of your own listings.
#[derive(InputObject, Default)]
pub struct MyListingFilterInput {
    /// In one of these states. Empty: in every state.
    #[graphql(default)]
    pub states: Vec<ListingState>,
}

/// How many listings you have in a state.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ListingStateCount {
    /// The state.
    pub state: ListingState,
    /// How many.
    pub count: i32,
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
        let page = Games::new(games.iter());
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
        let mut filter = filter.unwrap_or_default();
        filter.game_id = filter.game_id.or(game_id);
        let wanted = Browse {
            filter: filter.read()?,
            sort: sort.map(|sort| sort.by.into()).unwrap_or_default(),
            texts: listing::texts(ctx),
        };
        let rows = market::browse(ctx.env(), &wanted, &ask).await.map_err(Failure::from)?;
        Ok(Some(page(rows, after.is_some(), |card| wanted.sort.place(card))))
    }

    /// How many listings there would be with another game, server, price or choice, all else as you filter.
    #[graphql(guard = "Open")]
    async fn listing_facets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What you look for; all unless said.")] filter: Option<ListingFilterInput>,
    ) -> Result<Option<ListingFacets>> {
        let filter = filter.unwrap_or_default().read()?;
        Ok(Some(ListingFacets::count(ctx, &filter).await?))
    }

    /// What is like a listing: up to 8 of its game on sale, the closer in price, server and choices the earlier.
    #[graphql(guard = "Open")]
    async fn listing_similar(&self, ctx: &Context<'_>, #[graphql(desc = "The listing's id.")] id: ID) -> Result<Option<Vec<Listing>>> {
        let cards = market::similar(ctx.env(), ctx.actor(), id::decode(&id)?).await?;
        Ok(Some(Listing::list(cards.ok_or(Failure::Field(FieldCode::NotFound))?)))
    }

    /// One listing. What was never on sale or is off the shelf is `NOT_FOUND` for others than its seller and admins.
    #[graphql(guard = "Open")]
    async fn listing(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<Listing>> {
        let listing = Listing::find(ctx, id::decode(&id)?).await?;
        listing.looked_at(ctx).await;
        Ok(Some(listing))
    }

    /// Your own listings, newest first.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn my_listings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
        #[graphql(desc = "Which; all unless said.")] filter: Option<MyListingFilterInput>,
    ) -> Result<Option<Connection<Listing>>> {
        let seller = policy::trader(ctx.actor())?;
        let states: Vec<_> = filter.unwrap_or_default().states.into_iter().map(Into::into).collect();
        let rows = market::mine(ctx.env(), seller, &states, &ask(first, after.as_deref())?).await?;
        Ok(Some(page(rows, after.is_some(), Card::created_place)))
    }

    /// How many listings you have in each state. States without any are left out.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn my_listing_counts(&self, ctx: &Context<'_>) -> Result<Option<Vec<ListingStateCount>>> {
        let seller = policy::trader(ctx.actor())?;
        let counts = market::browse::counts(ctx.env(), seller.id()).await?;
        let count = |(state, n): (entity::kinds::ListingState, i64)| ListingStateCount {
            state: state.into(),
            count: i32::try_from(n).unwrap_or(i32::MAX),
        };
        Ok(Some(counts.into_iter().map(count).collect()))
    }

    /// What waits for review, the longest waiting first.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn review_queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
        #[graphql(desc = "Which; all unless said.")] filter: Option<QueueFilterInput>,
    ) -> Result<Option<Connection<Listing>>> {
        let admin = policy::admin(ctx.actor())?;
        let rows = market::queue(ctx.env(), admin, claimed(filter), &ask(first, after.as_deref())?).await?;
        Ok(Some(page(rows, after.is_some(), Card::submitted_place)))
    }
}

/// What can be done in the market.
#[derive(MergedObject, Default)]
pub struct MarketMutation(SellMutation, FavouriteMutation, CatalogueMutation);
