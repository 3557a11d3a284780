//! What admins decide in cases about refused returns, and what they read for it.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use entity::value::CaseId;

use super::{kinds::CaseFinding, review::CaseReview};
use crate::{
    dispute::{
        refusal::{
            find::{FindCase, find},
            preview::{self, Preview},
            rule::{RuleCase, rule},
        },
        reveal,
    },
    graphql::{
        auth::{Auth, Need, auth},
        context::Ask,
        errors::{Failure, payload},
        giving_back::HandBackCredentials,
        id,
        order::{Credentials, OrderSide},
        scalars::{Money, Uuid},
    },
    kernel::policy::{self, Admin, Proven},
    payload_type,
};

/// What a ruling about a refused return would do, before anybody makes it.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct CaseDivisionPreview {
    /// What the seller would get, rounded down to the fen.
    pub to_seller: Money,
    /// What the buyer would get back.
    pub to_buyer: Money,
    /// Whether the money would move at once. Otherwise those whom it concerns may object within 48 hours.
    pub at_once: bool,
    /// Who would be banned. Null: nobody.
    pub bans: Option<OrderSide>,
    /// Whether it would wait up to 72 hours for a second admin.
    pub needs_second: bool,
}

impl From<Preview> for CaseDivisionPreview {
    fn from(preview: Preview) -> Self {
        Self {
            to_seller: preview.to_seller.into(),
            to_buyer: preview.to_buyer.into(),
            at_once: preview.at_once,
            bans: preview.blacklists.map(OrderSide::from),
            needs_second: preview.needs_second,
        }
    }
}

/// What you found.
#[derive(InputObject)]
pub struct CaseFindInput {
    /// In which case.
    pub id: ID,
    /// What.
    pub finding: CaseFinding,
    /// What of the money the seller gets, in whole percent, 1 to 99: of a damaged account, and of no other.
    pub seller_share: Option<i32>,
    /// Why, for both parties: 2 to 500 characters.
    pub reason: String,
    /// Made by you for this one act: sending it again answers the same case.
    pub idempotency_key: Uuid,
}

/// How you rule for good.
#[derive(InputObject)]
pub struct CaseRuleInput {
    /// In which case.
    pub id: ID,
    /// What of the money the seller gets, in whole percent, 0 to 100.
    pub seller_share: i32,
    /// Why, for both parties: 2 to 500 characters.
    pub reason: String,
    /// Made by you for this one act: sending it again answers the same case.
    pub idempotency_key: Uuid,
}

/// What you want to read.
#[derive(InputObject)]
pub struct CaseCredentialsRevealInput {
    /// Of which case.
    pub id: ID,
    /// Why, for the record: 2 to 500 characters.
    pub reason: String,
}

/// What was handed over and handed back in the order of a case. Keep it to yourself.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct CaseCredentials {
    /// The versions that the seller handed over, the first first. Empty, once their key is destroyed.
    pub delivered: Vec<Credentials>,
    /// What the buyer handed back. Null: no credentials were, or their key is destroyed.
    pub handed_back: Option<HandBackCredentials>,
}

payload_type! {
    /// What `caseFind` answers.
    CaseFindPayload {
        /// The case; unchanged, if a second admin has to agree.
        review: CaseReview
    }
}
payload_type! {
    /// What `caseRule` answers.
    CaseRulePayload {
        /// The case, closed; unchanged, if a second admin has to agree.
        review: CaseReview
    }
}
payload_type! {
    /// What `caseCredentialsReveal` answers.
    CaseCredentialsRevealPayload {
        /// What was handed over and handed back.
        credentials: CaseCredentials
    }
}

/// Queries of those who decide.
#[derive(Default)]
pub struct DecideQuery;

#[Object]
impl DecideQuery {
    /// What a finding, or without one a final ruling, would do in a case about a refused return as it stands.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn case_division_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case's id.")] case_id: ID,
        #[graphql(desc = "What would be found. Without it a final ruling is meant.")] finding: Option<CaseFinding>,
        #[graphql(desc = "What the seller would get, in whole percent: of a damaged account 1 to 99, by a final ruling 0 to 100.")]
        seller_share: Option<i32>,
    ) -> Result<Option<CaseDivisionPreview>> {
        Ok(Some(preview_of(ctx, &case_id, finding, seller_share).await?))
    }
}

/// Mutations of those who decide.
#[derive(Default)]
pub struct DecideMutation;

#[Object]
impl DecideMutation {
    /// Says what you found when you examined a returned account, in a case that you claimed. Damaged or intact, those whom it concerns may object
    /// within 48 hours; otherwise the money moves at once. Above 20,000.00 a second admin has to agree. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn case_find(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case, what you found, and why you say so.")] input: CaseFindInput,
    ) -> Result<Option<CaseFindPayload>> {
        payload(ctx, find_(ctx, &input).await)
    }

    /// Rules for good, in a case that you claimed and in which no settlement was found. Not after your own finding. Above 20,000.00 a second admin
    /// has to agree. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn case_rule(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case, the seller's share, and why.")] input: CaseRuleInput,
    ) -> Result<Option<CaseRulePayload>> {
        payload(ctx, rule_(ctx, &input).await)
    }

    /// Reads what was handed over and handed back, in a case that you claimed. Both parties are told, and each reading is recorded. Needs a fresh
    /// proof.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn case_credentials_reveal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case, and why.")] input: CaseCredentialsRevealInput,
    ) -> Result<Option<CaseCredentialsRevealPayload>> {
        payload(ctx, reveal_(ctx, &input).await)
    }
}

fn proven(ctx: &Context<'_>) -> Result<Proven<Admin>, Failure> {
    Ok(policy::proven(policy::admin(ctx.actor())?, ctx.env().now())?)
}

async fn preview_of(ctx: &Context<'_>, id: &ID, finding: Option<CaseFinding>, share: Option<i32>) -> Result<CaseDivisionPreview, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let case: CaseId = id::decode(id)?;
    let preview = preview::preview(ctx.env(), admin, case, finding.map(Into::into), share).await?;
    Ok(preview.into())
}

async fn find_(ctx: &Context<'_>, input: &CaseFindInput) -> Result<CaseReview, Failure> {
    let admin = proven(ctx)?;
    let ask = FindCase {
        case: id::decode(&input.id)?,
        finding: input.finding.into(),
        share: input.seller_share,
        reason: input.reason.clone(),
        key: input.idempotency_key.0,
    };
    let case = find(ctx.env(), admin, &ask).await?;
    CaseReview::find(ctx, case).await
}

async fn rule_(ctx: &Context<'_>, input: &CaseRuleInput) -> Result<CaseReview, Failure> {
    let admin = proven(ctx)?;
    let ask = RuleCase {
        case: id::decode(&input.id)?,
        share: input.seller_share,
        reason: input.reason.clone(),
        key: input.idempotency_key.0,
    };
    let case = rule(ctx.env(), admin, &ask).await?;
    CaseReview::find(ctx, case).await
}

async fn reveal_(ctx: &Context<'_>, input: &CaseCredentialsRevealInput) -> Result<CaseCredentials, Failure> {
    let admin = proven(ctx)?;
    let shown = reveal::reveal(ctx.env(), admin, id::decode(&input.id)?, &input.reason).await?;
    Ok(CaseCredentials {
        delivered: shown.delivered.into_iter().map(Credentials::from).collect(),
        handed_back: shown.handed_back.map(HandBackCredentials::from),
    })
}
