//! Cases about orders, as their parties and admins see them.

use async_graphql::{Context, ID, InputObject, MergedObject, Object, Result};

mod decide;
mod kinds;
mod party;
mod recovery;
mod refusal;
mod review;
mod ruled;
mod ruling;
mod view;

pub use kinds::{CaseClaimFilter, CaseFinding, CaseKind, CaseRole, CaseState, CaseStepKind};
pub use recovery::{CaseFreezeStage, CaseRecovery};
pub use review::CaseReview;
pub use ruled::CaseRuling;
pub use view::{Case, CaseFilterInput};

use super::{
    auth::{Auth, Need, auth},
    connection::{Connection, ask, connection},
    context::Ask,
    errors::{Failure, payload},
    id,
};
use crate::{
    dispute::{
        self, CaseCard,
        list::{self, Filter},
    },
    kernel::policy,
    payload_type,
};

/// Which cases of the queue.
#[derive(InputObject, Default)]
pub struct CaseQueueFilterInput {
    /// Of this kind only.
    pub kind: Option<CaseKind>,
    /// In this state only. Without it: all that are open.
    pub state: Option<CaseState>,
    /// By who looks at them.
    pub claimed: Option<CaseClaimFilter>,
}

impl From<CaseQueueFilterInput> for Filter {
    fn from(input: CaseQueueFilterInput) -> Self {
        Self {
            kind: input.kind.map(Into::into),
            state: input.state.map(Into::into),
            claimed: input.claimed.map(Into::into),
        }
    }
}

/// A case to be looked at.
#[derive(InputObject)]
pub struct CaseClaimInput {
    /// Which.
    pub id: ID,
}

/// A case to be given back to the queue.
#[derive(InputObject)]
pub struct CaseReleaseInput {
    /// Which.
    pub id: ID,
}

payload_type! {
    /// What `caseClaim` answers.
    CaseClaimPayload {
        /// The case, yours until 4 hours after your last step.
        review: CaseReview
    }
}
payload_type! {
    /// What `caseRelease` answers.
    CaseReleasePayload {
        /// The case.
        review: CaseReview
    }
}

/// Queries about cases.
#[derive(MergedObject, Default)]
pub struct CaseQuery(LookQuery, ruling::RulingQuery, decide::DecideQuery);

/// Mutations of cases.
#[derive(MergedObject, Default)]
pub struct CaseMutation(
    ClaimMutation,
    recovery::ClaimantMutation,
    party::PartyMutation,
    ruling::RulingMutation,
    decide::DecideMutation,
);

/// Queries that find cases.
#[derive(Default)]
pub struct LookQuery;

#[Object]
impl LookQuery {
    /// A case of yours, as buyer or seller, or any if you are an admin; any other is `NOT_FOUND`.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn case(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<Case>> {
        Ok(Some(Case::find(ctx, id::decode(&id)?).await?))
    }

    /// The cases that admins work on, the oldest first.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn case_queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
        #[graphql(desc = "Which of them; without it all that are open.")] filter: Option<CaseQueueFilterInput>,
    ) -> Result<Option<Connection<CaseReview>>> {
        let admin = policy::admin(ctx.actor())?;
        let filter = filter.unwrap_or_default().into();
        let page = list::queue(ctx.env(), admin, filter, &ask(first, after.as_deref())?).await?;
        let places: Vec<_> = page.rows.iter().map(CaseCard::place).collect();
        let reviews = CaseReview::of_page(ctx, page.rows)?;
        let rows = places.into_iter().zip(reviews).collect();
        let page = crate::kernel::page::Page { rows, more: page.more };
        Ok(Some(connection(page, after.is_some(), |(place, _)| *place, |(_, review)| review)))
    }

    /// A case as an admin sees it.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn case_review(&self, ctx: &Context<'_>, #[graphql(desc = "The case's id.")] id: ID) -> Result<Option<CaseReview>> {
        Ok(Some(CaseReview::find(ctx, id::decode(&id)?).await?))
    }
}

/// Mutations by which admins share cases among them.
#[derive(Default)]
pub struct ClaimMutation;

#[Object]
impl ClaimMutation {
    /// Takes an open case for you to look at, and keeps other admins from it. The claim lapses 4 hours after your last step. Not one in which you
    /// have a part.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn case_claim(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which case.")] input: CaseClaimInput,
    ) -> Result<Option<CaseClaimPayload>> {
        payload(ctx, claim(ctx, &input.id).await)
    }

    /// Gives a case that you claimed back to the queue.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn case_release(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which case.")] input: CaseReleaseInput,
    ) -> Result<Option<CaseReleasePayload>> {
        payload(ctx, release(ctx, &input.id).await)
    }
}

async fn claim(ctx: &Context<'_>, id: &ID) -> Result<CaseReview, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let done = dispute::claim(ctx.env(), admin, id::decode(id)?).await?;
    CaseReview::find(ctx, done).await
}

async fn release(ctx: &Context<'_>, id: &ID) -> Result<CaseReview, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let done = dispute::release(ctx.env(), admin, id::decode(id)?).await?;
    CaseReview::find(ctx, done).await
}
