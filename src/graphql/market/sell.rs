//! What sellers do with their listings.

use async_graphql::{Context, ID, Object, Result};

mod input;

pub use input::{
    ListingCreateInput, ListingDiscardInput, ListingDraftCreateInput, ListingPutOnInput, ListingSubmitInput, ListingTakeOffInput,
    ListingUpdateInput,
};

use super::Listing;
use crate::{
    graphql::{
        auth::{Auth, Need, auth},
        context::Ask,
        errors::{Failure, not_submitted, payload},
        id,
    },
    kernel::policy,
    market::{self, Card},
    payload_type,
};

payload_type! {
    /// What `listingCreate` answers.
    ListingCreatePayload {
        /// The listing, now in review.
        listing: Listing
    }
}

payload_type! {
    /// What `listingDraftCreate` answers.
    ListingDraftCreatePayload {
        /// The draft.
        listing: Listing
    }
}
payload_type! {
    /// What `listingUpdate` answers.
    ListingUpdatePayload {
        /// The listing as it is now, perhaps in review again.
        listing: Listing
    }
}
payload_type! {
    /// What `listingSubmit` answers.
    ListingSubmitPayload {
        /// The listing, now in review.
        listing: Listing
    }
}
payload_type! {
    /// What `listingTakeOff` answers.
    ListingTakeOffPayload {
        /// The listing, now off the shelf.
        listing: Listing
    }
}
payload_type! {
    /// What `listingPutOn` answers.
    ListingPutOnPayload {
        /// The listing, now on sale.
        listing: Listing
    }
}
payload_type! {
    /// What `listingDiscard` answers.
    ListingDiscardPayload {
        /// The id of the draft that is gone.
        discarded_id: ID
    }
}

/// Mutations of listings by their sellers.
#[derive(Default)]
pub struct SellMutation;

#[Object]
impl SellMutation {
    /// Offers an account for sale. An admin looks at it first. At most 200 listings in review, on sale, off the shelf or reserved.
    #[graphql(guard = "Auth(Need::Verified)", directive = auth::apply(Need::Verified))]
    async fn listing_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The listing to be reviewed.")] input: ListingCreateInput,
    ) -> Result<Option<ListingCreatePayload>> {
        payload(ctx, create(ctx, &input).await.map(Listing::from))
    }

    /// Keeps what you have begun to describe, for you alone. At most 50 drafts.
    #[graphql(guard = "Auth(Need::Verified)", directive = auth::apply(Need::Verified))]
    async fn listing_draft_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The draft.")] input: ListingDraftCreateInput,
    ) -> Result<Option<ListingDraftCreatePayload>> {
        payload(ctx, create_draft(ctx, &input).await.map(Listing::from))
    }

    /// Changes a listing of yours that no order holds. Any change but a lower price sends it back to review; each raises its version. What is not
    /// in review yet may stay unfinished.
    #[graphql(guard = "Auth(Need::Verified)", directive = auth::apply(Need::Verified))]
    async fn listing_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which listing, as you saw it, and what to change.")] input: ListingUpdateInput,
    ) -> Result<Option<ListingUpdatePayload>> {
        payload(ctx, update(ctx, &input).await.map(Listing::from))
    }

    /// Sends a draft, or a listing that was rejected, to review. It must be whole by now.
    #[graphql(guard = "Auth(Need::Verified)", directive = auth::apply(Need::Verified))]
    async fn listing_submit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which listing, as you saw it.")] input: ListingSubmitInput,
    ) -> Result<Option<ListingSubmitPayload>> {
        payload(ctx, submit(ctx, &input).await.map(Listing::from))
    }

    /// Takes a listing of yours off the market. Doing it again changes nothing.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn listing_take_off(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which listing.")] input: ListingTakeOffInput,
    ) -> Result<Option<ListingTakeOffPayload>> {
        payload(ctx, take_off(ctx, &input.id).await.map(Listing::from))
    }

    /// Puts a listing of yours back on the market as it was approved. Doing it again changes nothing.
    #[graphql(guard = "Auth(Need::Verified)", directive = auth::apply(Need::Verified))]
    async fn listing_put_on(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which listing.")] input: ListingPutOnInput,
    ) -> Result<Option<ListingPutOnPayload>> {
        payload(ctx, put_on(ctx, &input.id).await.map(Listing::from))
    }

    /// Throws away a draft of yours that was never on sale, with its pictures.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn listing_discard(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which draft.")] input: ListingDiscardInput,
    ) -> Result<Option<ListingDiscardPayload>> {
        payload(ctx, discard(ctx, &input.id).await)
    }
}

async fn create(ctx: &Context<'_>, input: &ListingCreateInput) -> Result<Card, Failure> {
    let seller = policy::verified(ctx.actor())?;
    Ok(market::create(ctx.env(), seller, input.idempotency_key.0, &input.draft()?).await?)
}

async fn create_draft(ctx: &Context<'_>, input: &ListingDraftCreateInput) -> Result<Card, Failure> {
    let seller = policy::verified(ctx.actor())?;
    Ok(market::create_draft(ctx.env(), seller, input.idempotency_key.0, &input.draft()?).await?)
}

async fn update(ctx: &Context<'_>, input: &ListingUpdateInput) -> Result<Card, Failure> {
    let seller = policy::verified(ctx.actor())?;
    let (id, change) = (id::decode(&input.id)?, input.change.change()?);
    Ok(market::update(ctx.env(), seller, id, input.seen_version.into(), change).await?)
}

async fn submit(ctx: &Context<'_>, input: &ListingSubmitInput) -> Result<Card, Failure> {
    let seller = policy::verified(ctx.actor())?;
    let sent = market::submit(ctx.env(), seller, id::decode(&input.id)?, input.seen_version.into()).await;
    sent.map_err(not_submitted)
}

async fn take_off(ctx: &Context<'_>, id: &ID) -> Result<Card, Failure> {
    let seller = policy::trader(ctx.actor())?;
    Ok(market::take_off(ctx.env(), seller, id::decode(id)?).await?)
}

async fn put_on(ctx: &Context<'_>, id: &ID) -> Result<Card, Failure> {
    let seller = policy::verified(ctx.actor())?;
    Ok(market::put_on(ctx.env(), seller, id::decode(id)?).await?)
}

async fn discard(ctx: &Context<'_>, id: &ID) -> Result<ID, Failure> {
    let seller = policy::trader(ctx.actor())?;
    Ok(id::encode(market::discard(ctx.env(), seller, id::decode(id)?).await?))
}
