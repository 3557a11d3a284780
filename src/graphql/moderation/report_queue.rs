//! The queue of reports, and what admins do with it.

use async_graphql::{Context, ID, Object, Result};

use super::{
    report::ReportOutcome,
    report_review::{
        ReportDecideInput, ReportDecidePayload, ReportFilterInput, ReportReview, ReportReviewClaimInput, ReportReviewClaimPayload,
        ReportReviewReleaseInput, ReportReviewReleasePayload,
    },
};
use crate::{
    graphql::{
        auth::{Auth, Need, auth},
        connection::Connection,
        context::Ask,
        errors::{Failure, payload},
        id,
    },
    kernel::policy,
    moderation::report::{self as domain, Decision, Verdict},
};

/// Queries about reports, for administrators.
#[derive(Default)]
pub struct ReportQuery;

#[Object]
impl ReportQuery {
    /// What was reported, by users and by the platform, whatever was reported first first.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn report_queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which; without it, those that are open.")] filter: Option<ReportFilterInput>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
    ) -> Result<Option<Connection<ReportReview>>> {
        let admin = policy::admin(ctx.actor())?;
        let filter = filter.unwrap_or_default().parse(ctx).await?;
        Ok(Some(ReportReview::queue(ctx, admin, &filter, first, after.as_deref()).await?))
    }

    /// One thing that was reported.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn report_review(&self, ctx: &Context<'_>, #[graphql(desc = "Which.")] id: ID) -> Result<Option<ReportReview>> {
        Ok(Some(ReportReview::find(ctx, id::decode(&id)?).await?))
    }
}

/// What admins do with reports.
#[derive(Default)]
pub struct ReportReviewMutation;

#[Object]
impl ReportReviewMutation {
    /// Takes a report for you to look at, and keeps other administrators from it. The claim lapses after 4 hours without a decision. Not one about
    /// you, and not your own.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn report_review_claim(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report.")] input: ReportReviewClaimInput,
    ) -> Result<Option<ReportReviewClaimPayload>> {
        payload(ctx, claim(ctx, &input.id).await)
    }

    /// Gives a report that you claimed back to the queue.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn report_review_release(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report.")] input: ReportReviewReleaseInput,
    ) -> Result<Option<ReportReviewReleasePayload>> {
        payload(ctx, release(ctx, &input.id).await)
    }

    /// Decides on a report, with all that follows at once: nothing, a warning, the listing or message taken away, or the blacklist, which needs a
    /// fresh proof. Whoever reported it, and whom it is about, is told. Not one about you, and not your own.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn report_decide(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report, what follows, and why.")] input: ReportDecideInput,
    ) -> Result<Option<ReportDecidePayload>> {
        payload(ctx, decide(ctx, input).await)
    }
}

async fn claim(ctx: &Context<'_>, id: &ID) -> Result<ReportReview, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let done = domain::claim(ctx.env(), admin, id::decode(id)?).await?;
    ReportReview::find(ctx, done).await
}

async fn release(ctx: &Context<'_>, id: &ID) -> Result<ReportReview, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let done = domain::release(ctx.env(), admin, id::decode(id)?).await?;
    ReportReview::find(ctx, done).await
}

async fn decide(ctx: &Context<'_>, input: ReportDecideInput) -> Result<ReportReview, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let verdict = match input.outcome {
        ReportOutcome::Dismissed => Verdict::Dismiss,
        ReportOutcome::Warned => Verdict::Warn,
        ReportOutcome::ContentRemoved => Verdict::Remove,
        ReportOutcome::Blacklisted => Verdict::Blacklist(policy::proven(admin, ctx.env().now())?),
    };
    let decision = Decision {
        report: id::decode(&input.id)?,
        verdict,
        reason: input.reason,
        key: input.idempotency_key.0,
    };
    let done = domain::decide(ctx.env(), admin, &decision).await?;
    ReportReview::find(ctx, done).await
}
