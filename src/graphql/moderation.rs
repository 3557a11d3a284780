//! What admins decide about listings and users.

use async_graphql::{Context, ID, InputObject, Object, Result};

pub mod decision;
pub mod report;
pub mod report_queue;
pub mod report_review;
pub mod user;

use super::{
    auth::{Auth, Need, auth},
    context::Ask,
    errors::{Failure, payload},
    id,
    market::Listing,
};
use crate::{kernel::policy, moderation, payload_type};

/// A listing to be put on sale.
#[derive(InputObject)]
pub struct ListingApproveInput {
    /// Which.
    pub id: ID,
    /// The version you looked at.
    pub version: i32,
}

/// A listing to be refused.
#[derive(InputObject)]
pub struct ListingRejectInput {
    /// Which.
    pub id: ID,
    /// The version you looked at.
    pub version: i32,
    /// Why, for its seller: 2 to 500 characters.
    pub reason: String,
}

/// A listing to be taken away for good.
#[derive(InputObject)]
pub struct ListingRemoveInput {
    /// Which.
    pub id: ID,
    /// The version you looked at.
    pub version: i32,
    /// Why, for its seller: 2 to 500 characters.
    pub reason: String,
}

/// A listing to be looked at.
#[derive(InputObject)]
pub struct ListingReviewClaimInput {
    /// Which.
    pub id: ID,
}

/// A listing to be given back to the queue.
#[derive(InputObject)]
pub struct ListingReviewReleaseInput {
    /// Which.
    pub id: ID,
}

payload_type! {
    /// What `listingReviewClaim` answers.
    ListingReviewClaimPayload {
        /// The listing, yours to look at for 4 hours.
        listing: Listing
    }
}
payload_type! {
    /// What `listingReviewRelease` answers.
    ListingReviewReleasePayload {
        /// The listing.
        listing: Listing
    }
}
payload_type! {
    /// What `listingApprove` answers.
    ListingApprovePayload {
        /// The listing, now on sale.
        listing: Listing
    }
}
payload_type! {
    /// What `listingReject` answers.
    ListingRejectPayload {
        /// The listing, now rejected.
        listing: Listing
    }
}

payload_type! {
    /// What `listingRemove` answers.
    ListingRemovePayload {
        /// The listing, now removed.
        listing: Listing
    }
}

/// Mutations by admins.
#[derive(Default)]
pub struct ModerationMutation;

#[Object]
impl ModerationMutation {
    /// Takes a listing under review for you to look at, and keeps other admins from it. The claim lapses after 4 hours without a decision.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn listing_review_claim(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which listing.")] input: ListingReviewClaimInput,
    ) -> Result<Option<ListingReviewClaimPayload>> {
        payload(ctx, claim(ctx, &input.id).await)
    }

    /// Gives a listing that you claimed back to the queue.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn listing_review_release(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which listing.")] input: ListingReviewReleaseInput,
    ) -> Result<Option<ListingReviewReleasePayload>> {
        payload(ctx, release(ctx, &input.id).await)
    }

    /// Puts a listing on sale as you saw it. Not your own.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn listing_approve(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which listing, as reviewed.")] input: ListingApproveInput,
    ) -> Result<Option<ListingApprovePayload>> {
        payload(ctx, approve(ctx, &input).await)
    }

    /// Refuses a listing. Not your own.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn listing_reject(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which listing, as reviewed, and why it is refused.")] input: ListingRejectInput,
    ) -> Result<Option<ListingRejectPayload>> {
        payload(ctx, reject(ctx, &input).await)
    }

    /// Takes a listing away for good: one in review, on sale, off the shelf or rejected. Not while an order runs, and not your own.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn listing_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which listing, as you saw it, and why it goes.")] input: ListingRemoveInput,
    ) -> Result<Option<ListingRemovePayload>> {
        payload(ctx, remove(ctx, &input).await)
    }
}

async fn claim(ctx: &Context<'_>, id: &ID) -> Result<Listing, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let done = moderation::claim(ctx.env(), admin, id::decode(id)?).await?;
    Listing::find(ctx, done).await
}

async fn release(ctx: &Context<'_>, id: &ID) -> Result<Listing, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let done = moderation::release(ctx.env(), admin, id::decode(id)?).await?;
    Listing::find(ctx, done).await
}

async fn approve(ctx: &Context<'_>, input: &ListingApproveInput) -> Result<Listing, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let done = moderation::approve(ctx.env(), admin, id::decode(&input.id)?, input.version.into()).await?;
    Listing::find(ctx, done).await
}

async fn reject(ctx: &Context<'_>, input: &ListingRejectInput) -> Result<Listing, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let done = moderation::reject(ctx.env(), admin, id::decode(&input.id)?, input.version.into(), &input.reason).await?;
    Listing::find(ctx, done).await
}

async fn remove(ctx: &Context<'_>, input: &ListingRemoveInput) -> Result<Listing, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let done = moderation::remove(ctx.env(), admin, id::decode(&input.id)?, input.version.into(), &input.reason).await?;
    Listing::find(ctx, done).await
}
