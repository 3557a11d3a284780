//! Listings that you keep an eye on.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use entity::value::ListingId;

use super::{Listing, listing::page_of};
use crate::{
    graphql::{
        auth::{Auth, Need, auth},
        connection::{Connection, ask},
        context::Ask,
        errors::{Failure, payload},
        id,
    },
    kernel::policy,
    market::favourite::{self, Favourite},
    payload_type,
};

/// A listing to keep an eye on.
#[derive(InputObject)]
pub struct FavouriteAddInput {
    /// Which listing.
    pub listing_id: ID,
}

/// A favourite to take off the list.
#[derive(InputObject)]
pub struct FavouriteRemoveInput {
    /// Which listing.
    pub listing_id: ID,
}

/// Which of your favourites.
#[derive(InputObject, Default)]
pub struct FavouriteFilterInput {
    /// Only those that can be bought now.
    #[graphql(default)]
    pub on_sale: bool,
}

/// How many favourites you have. Those that are off the market for now are left out.
#[derive(Debug, Clone, Copy, SimpleObject)]
#[graphql(serial)]
pub struct FavouriteCounts {
    /// All.
    pub total: i32,
    /// Those that can be bought now.
    pub on_sale: i32,
}

payload_type! {
    /// What `favouriteAdd` answers.
    FavouriteAddPayload {
        /// The listing.
        listing: Listing
    }
}
payload_type! {
    /// What `favouriteRemove` answers.
    FavouriteRemovePayload {
        /// The id of the listing that is no favourite of yours any more.
        listing_id: ID
    }
}

/// Queries about favourites.
#[derive(Default)]
pub struct FavouriteQuery;

#[Object]
impl FavouriteQuery {
    /// Your favourites, the newest first. Those that are off the market for now are left out until they are back.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn favourites(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
        #[graphql(desc = "Which; all unless said.")] filter: Option<FavouriteFilterInput>,
    ) -> Result<Option<Connection<Listing>>> {
        let owner = policy::trader(ctx.actor())?;
        let filter = filter.unwrap_or_default();
        let rows = favourite::list(ctx.env(), owner, filter.on_sale, &ask(first, after.as_deref())?).await?;
        Ok(Some(page_of(rows, after.is_some(), Favourite::place, |favourite| &favourite.card)))
    }

    /// How many favourites you have, and how many of them can be bought now.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn favourite_counts(&self, ctx: &Context<'_>) -> Result<Option<FavouriteCounts>> {
        let counts = favourite::counts(ctx.env(), policy::trader(ctx.actor())?).await?;
        let number = |count: i64| i32::try_from(count).unwrap_or(i32::MAX);
        Ok(Some(FavouriteCounts {
            total: number(counts.total),
            on_sale: number(counts.on_sale),
        }))
    }
}

/// Mutations of favourites.
#[derive(Default)]
pub struct FavouriteMutation;

#[Object]
impl FavouriteMutation {
    /// Keeps an eye on a listing: you are told when it costs less or is sold. At most 1,000. Doing it again changes nothing.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn favourite_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which listing.")] input: FavouriteAddInput,
    ) -> Result<Option<FavouriteAddPayload>> {
        payload(ctx, add(ctx, &input.listing_id).await)
    }

    /// Takes a listing off your favourites. Doing it again changes nothing.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn favourite_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which listing.")] input: FavouriteRemoveInput,
    ) -> Result<Option<FavouriteRemovePayload>> {
        payload(ctx, remove(ctx, &input.listing_id).await)
    }
}

async fn add(ctx: &Context<'_>, id: &ID) -> Result<Listing, Failure> {
    let owner = policy::trader(ctx.actor())?;
    Ok(favourite::add(ctx.env(), owner, id::decode(id)?).await?.into())
}

async fn remove(ctx: &Context<'_>, listing: &ID) -> Result<ID, Failure> {
    let owner = policy::trader(ctx.actor())?;
    let listing: ListingId = id::decode(listing)?;
    Ok(id::encode(favourite::remove(ctx.env(), ctx.actor(), owner, listing).await?))
}
