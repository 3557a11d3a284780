//! Real names that wait for an administrator.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

use super::identity::IdentityState;
use crate::{
    account::{
        identity_queue::{self, Opened, Review},
        review_identity as domain,
    },
    graphql::{
        auth::{Auth, Need, auth},
        connection::{Connection, ask, connection},
        context::Ask,
        errors::{Failure, FieldCode, payload},
        id,
        media::Image,
        scalars::DateTime,
        staff::{QueueFilterInput, claimed},
        user::User,
    },
    kernel::policy,
    payload_type,
};

/// A real-name verification, as an administrator sees it.
#[derive(Debug, Clone)]
pub struct IdentityReview(Review);

/// A real-name verification, as an administrator sees it.
#[Object(serial)]
impl IdentityReview {
    /// Whose.
    async fn user(&self, ctx: &Context<'_>) -> User {
        User::new(ctx, self.0.owner.clone())
    }
    /// Where it stands.
    async fn state(&self) -> IdentityState {
        self.0.row.state.into()
    }
    /// When it was handed in.
    async fn submitted_at(&self) -> DateTime {
        DateTime(self.0.row.submitted_at)
    }
    /// When it is given up undecided. Null: it does not wait.
    async fn lapses_at(&self) -> Option<DateTime> {
        self.0.row.lapses_at.map(DateTime)
    }
    /// The administrator who looks at it at present. Null: nobody does, or his claim has lapsed.
    async fn claimed_by(&self, ctx: &Context<'_>) -> Option<User> {
        self.0.claimer.clone().map(|claimer| User::new(ctx, claimer))
    }
    /// What to decide by. Null unless you have claimed it.
    async fn details(&self, ctx: &Context<'_>) -> Result<Option<IdentityDetails>> {
        let admin = policy::admin(ctx.actor())?;
        let opened = identity_queue::opened(ctx.env(), admin, &self.0).await?;
        Ok(opened.map(|opened| IdentityDetails::new(ctx, opened)))
    }
}

/// Name, number and photographs of a verification that you have claimed.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct IdentityDetails {
    /// The whole name.
    pub name: String,
    /// The whole number.
    pub number: String,
    /// Where the photograph of the card is, relative to this server. Good for 10 to 20 minutes and for you alone; each look is on record.
    pub card_url: String,
    /// Where the photograph of the person with the card is, under the rules of `cardUrl`.
    pub person_url: String,
    /// Other accounts that brought the same number.
    pub same_number: Vec<IdentityClaim>,
}

/// Another account that brought the same number.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct IdentityClaim {
    /// Whose.
    pub user: User,
    /// Where that verification stands. With an approved one this one cannot be approved as well.
    pub state: IdentityState,
}

impl IdentityDetails {
    fn new(ctx: &Context<'_>, opened: Opened) -> Self {
        let claim = |(user, state)| IdentityClaim {
            user: User::new(ctx, user),
            state: IdentityState::from(state),
        };
        Self {
            name: opened.name.expose().to_owned(),
            number: opened.number.expose().to_owned(),
            card_url: Image::for_caller(ctx, opened.card).url,
            person_url: Image::for_caller(ctx, opened.person).url,
            same_number: opened.others.into_iter().map(claim).collect(),
        }
    }
}

/// A verification to be looked at.
#[derive(InputObject)]
pub struct IdentityReviewClaimInput {
    /// Whose.
    pub user_id: ID,
}

/// A verification to be given back to the queue.
#[derive(InputObject)]
pub struct IdentityReviewReleaseInput {
    /// Whose.
    pub user_id: ID,
}

/// A verification to be approved.
#[derive(InputObject)]
pub struct IdentityApproveInput {
    /// Whose.
    pub user_id: ID,
}

/// A verification to be rejected.
#[derive(InputObject)]
pub struct IdentityRejectInput {
    /// Whose.
    pub user_id: ID,
    /// Why, for its owner: 2 to 500 characters.
    pub reason: String,
}

payload_type! {
    /// What `identityReviewClaim` answers.
    IdentityReviewClaimPayload {
        /// The verification, yours to look at for 4 hours.
        review: IdentityReview
    }
}
payload_type! {
    /// What `identityReviewRelease` answers.
    IdentityReviewReleasePayload {
        /// The verification.
        review: IdentityReview
    }
}
payload_type! {
    /// What `identityApprove` answers.
    IdentityApprovePayload {
        /// The verification, approved; its photographs are destroyed.
        review: IdentityReview
    }
}
payload_type! {
    /// What `identityReject` answers.
    IdentityRejectPayload {
        /// The verification, rejected; its photographs are destroyed.
        review: IdentityReview
    }
}

/// Queries about real names that wait.
#[derive(Default)]
pub struct IdentityReviewQuery;

#[Object]
impl IdentityReviewQuery {
    /// Real-name verifications that wait for an administrator, the longest waiting first.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn identity_queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
        #[graphql(desc = "Which; all unless said.")] filter: Option<QueueFilterInput>,
    ) -> Result<Option<Connection<IdentityReview>>> {
        let admin = policy::admin(ctx.actor())?;
        let page = identity_queue::queue(ctx.env(), admin, claimed(filter), &ask(first, after.as_deref())?).await?;
        Ok(Some(connection(page, after.is_some(), Review::place, IdentityReview)))
    }
}

/// Decisions about real names.
#[derive(Default)]
pub struct IdentityReviewMutation;

#[Object]
impl IdentityReviewMutation {
    /// Takes a real-name verification for you to look at, and keeps other administrators from it. The claim lapses after 4 hours without a
    /// decision. Not your own.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn identity_review_claim(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which verification.")] input: IdentityReviewClaimInput,
    ) -> Result<Option<IdentityReviewClaimPayload>> {
        payload(ctx, claim(ctx, &input.user_id).await)
    }

    /// Gives a verification that you claimed back to the queue.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn identity_review_release(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which verification.")] input: IdentityReviewReleaseInput,
    ) -> Result<Option<IdentityReviewReleasePayload>> {
        payload(ctx, release(ctx, &input.user_id).await)
    }

    /// Approves a verification that you have claimed: its owner may trade from now on.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn identity_approve(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which verification.")] input: IdentityApproveInput,
    ) -> Result<Option<IdentityApprovePayload>> {
        payload(ctx, approve(ctx, &input.user_id).await)
    }

    /// Rejects a verification that you have claimed. Its owner is told why and may try again.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn identity_reject(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which verification, and why it is rejected.")] input: IdentityRejectInput,
    ) -> Result<Option<IdentityRejectPayload>> {
        payload(ctx, reject(ctx, &input).await)
    }
}

async fn claim(ctx: &Context<'_>, user: &ID) -> Result<IdentityReview, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let user = domain::claim(ctx.env(), admin, id::decode(user)?).await?;
    find(ctx, user).await
}

async fn release(ctx: &Context<'_>, user: &ID) -> Result<IdentityReview, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let user = domain::release(ctx.env(), admin, id::decode(user)?).await?;
    find(ctx, user).await
}

async fn approve(ctx: &Context<'_>, user: &ID) -> Result<IdentityReview, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let user = domain::approve(ctx.env(), admin, id::decode(user)?).await?;
    find(ctx, user).await
}

async fn reject(ctx: &Context<'_>, input: &IdentityRejectInput) -> Result<IdentityReview, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let user = domain::reject(ctx.env(), admin, id::decode(&input.user_id)?, &input.reason).await?;
    find(ctx, user).await
}

async fn find(ctx: &Context<'_>, user: entity::value::UserId) -> Result<IdentityReview, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let review = identity_queue::review(ctx.env(), admin, user).await?;
    review.map(IdentityReview).ok_or(Failure::Field(FieldCode::NotFound))
}
