//! What admins decide in cases, and what it would do.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use entity::value::{self, CaseId};

use super::review::CaseReview;
use crate::{
    dispute::{
        recovery::{self as domain, Decision, preview::Preview, uphold::Uphold},
        ruling::{self, DecideRuling},
    },
    graphql::{
        auth::{Auth, Need, auth},
        context::Ask,
        errors::{Failure, Refusal, UserErrorCode, payload},
        id,
        scalars::{Decimal, Money, Uuid},
    },
    kernel::policy::{self, Admin, Proven},
    payload_type,
};

/// What a ruling would do, as things are now.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct CasePreview {
    /// What the seller's wallet and the case's hold have, with what comes back to him from orders that his blacklisting undoes.
    pub wallet: Money,
    /// What of that the buyer would get.
    pub to_buyer: Money,
    /// What the seller would owe the buyer, before an advance.
    pub rest: Money,
    /// What the platform would advance of that.
    pub advance: Money,
    /// What the platform could advance at most.
    pub compensation: Money,
    /// How many orders would be cancelled because the seller is blacklisted.
    pub cancelled_orders: i32,
    /// Whether the ruling would wait for a second admin.
    pub needs_second: bool,
}

impl From<Preview> for CasePreview {
    fn from(preview: Preview) -> Self {
        Self {
            wallet: preview.wallet.into(),
            to_buyer: preview.to_buyer.into(),
            rest: preview.rest.into(),
            advance: preview.advance.into(),
            compensation: preview.compensation.into(),
            cancelled_orders: i32::try_from(preview.cancelled).unwrap_or(i32::MAX),
            needs_second: preview.needs_second,
        }
    }
}

/// A freeze to be kept.
#[derive(InputObject)]
pub struct CaseFreezeKeepInput {
    /// Of which case.
    pub id: ID,
    /// Why, for the seller: 2 to 500 characters.
    pub reason: String,
    /// Made by you for this one act: sending it again answers the same case.
    pub idempotency_key: Uuid,
}

/// A freeze to be narrowed.
#[derive(InputObject)]
pub struct CaseFreezeNarrowInput {
    /// Of which case.
    pub id: ID,
    /// Why, for the record: 2 to 500 characters.
    pub reason: String,
    /// Made by you for this one act: sending it again answers the same case.
    pub idempotency_key: Uuid,
}

/// A claim to be upheld.
#[derive(InputObject)]
pub struct CaseUpholdInput {
    /// Which case.
    pub id: ID,
    /// Why, for both parties: 2 to 500 characters.
    pub reason: String,
    /// What the platform advances at most of what the seller's wallet does not have. Nothing unless said.
    pub advance: Option<Decimal>,
    /// Made by you for this one act: sending it again answers the same case.
    pub idempotency_key: Uuid,
}

/// A claim to be rejected.
#[derive(InputObject)]
pub struct CaseRejectInput {
    /// Which case.
    pub id: ID,
    /// Why, for both parties: 2 to 500 characters.
    pub reason: String,
    /// Made by you for this one act: sending it again answers the same case.
    pub idempotency_key: Uuid,
}

/// What you say of another admin's ruling.
#[derive(InputObject)]
pub struct CaseRulingDecideInput {
    /// Which ruling.
    pub ruling_id: ID,
    /// Whether you approve.
    pub approve: bool,
    /// Why not, for the other admin and the record: 2 to 500 characters. Needed to refuse, and not kept otherwise.
    pub refusal: Option<String>,
    /// Made by you for this one act: sending it again answers the same case.
    pub idempotency_key: Uuid,
}

payload_type! {
    /// What `caseFreezeKeep` answers.
    CaseFreezeKeepPayload {
        /// The case.
        review: CaseReview
    }
}
payload_type! {
    /// What `caseFreezeNarrow` answers.
    CaseFreezeNarrowPayload {
        /// The case.
        review: CaseReview
    }
}
payload_type! {
    /// What `caseUphold` answers.
    CaseUpholdPayload {
        /// The case: upheld, or waiting for a second admin.
        review: CaseReview
    }
}
payload_type! {
    /// What `caseReject` answers.
    CaseRejectPayload {
        /// The case: rejected, or waiting for a second admin.
        review: CaseReview
    }
}
payload_type! {
    /// What `caseRulingDecide` answers.
    CaseRulingDecidePayload {
        /// The case.
        review: CaseReview
    }
}

/// Queries about rulings.
#[derive(Default)]
pub struct RulingQuery;

#[Object]
impl RulingQuery {
    /// What upholding a claim would do to the money, as things are now. Not in your own matter.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn case_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case's id.")] case_id: ID,
        #[graphql(desc = "What the platform would advance at most; nothing unless said.")] advance: Option<Decimal>,
    ) -> Result<Option<CasePreview>> {
        Ok(Some(preview(ctx, &case_id, advance).await?))
    }
}

/// Mutations of cases by admins.
#[derive(Default)]
pub struct RulingMutation;

#[Object]
impl RulingMutation {
    /// Keeps the whole wallet of a seller frozen up to day 14, within the first 72 hours of a claim that you have claimed. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn case_freeze_keep(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case, and why.")] input: CaseFreezeKeepInput,
    ) -> Result<Option<CaseFreezeKeepPayload>> {
        let decision = decision(&input.id, input.reason, input.idempotency_key);
        payload(ctx, keep(ctx, decision).await)
    }

    /// Narrows the freeze of a seller's wallet to what is claimed, in a case that you have claimed. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn case_freeze_narrow(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case, and why.")] input: CaseFreezeNarrowInput,
    ) -> Result<Option<CaseFreezeNarrowPayload>> {
        let decision = decision(&input.id, input.reason, input.idempotency_key);
        payload(ctx, narrow(ctx, decision).await)
    }

    /// Upholds a claim that you have claimed, after the seller's answer or his 48 hours: the buyer gets what he paid out of the seller's wallet, the
    /// seller owes what is not there and is blacklisted. Above 20,000.00 a second admin has to agree within 72 hours. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn case_uphold(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case, why, and what the platform advances.")] input: CaseUpholdInput,
    ) -> Result<Option<CaseUpholdPayload>> {
        payload(ctx, uphold(ctx, input).await)
    }

    /// Rejects a claim that you have claimed, after the seller's answer or his 48 hours: nothing of his is frozen or held for it any more. Above
    /// 20,000.00 a second admin has to agree within 72 hours. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn case_reject(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case, and why.")] input: CaseRejectInput,
    ) -> Result<Option<CaseRejectPayload>> {
        let decision = decision(&input.id, input.reason, input.idempotency_key);
        payload(ctx, reject(ctx, decision).await)
    }

    /// Approves or refuses what another admin ruled within the last 72 hours: it is carried out as things are now, or it is void and the case open
    /// to others. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn case_ruling_decide(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ruling, and what you say of it.")] input: CaseRulingDecideInput,
    ) -> Result<Option<CaseRulingDecidePayload>> {
        payload(ctx, decide(ctx, input).await)
    }
}

fn proven(ctx: &Context<'_>) -> Result<Proven<Admin>, Failure> {
    Ok(policy::proven(policy::admin(ctx.actor())?, ctx.env().now())?)
}

fn decision(case: &ID, reason: String, key: Uuid) -> Result<Decision, Failure> {
    Ok(Decision {
        case: id::decode(case)?,
        reason,
        key: key.0,
    })
}

async fn preview(ctx: &Context<'_>, case: &ID, advance: Option<Decimal>) -> Result<CasePreview, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let case: CaseId = id::decode(case)?;
    let advance = advance.map_or(value::Money::ZERO, |advance| advance.0);
    Ok(domain::preview::preview(ctx.env(), admin, case, advance).await?.into())
}

async fn keep(ctx: &Context<'_>, decision: Result<Decision, Failure>) -> Result<CaseReview, Failure> {
    let admin = proven(ctx)?;
    let case = domain::keep::keep(ctx.env(), admin, &decision?).await?;
    CaseReview::find(ctx, case).await
}

async fn narrow(ctx: &Context<'_>, decision: Result<Decision, Failure>) -> Result<CaseReview, Failure> {
    let admin = proven(ctx)?;
    let case = domain::narrow::narrow(ctx.env(), admin, &decision?).await?;
    CaseReview::find(ctx, case).await
}

async fn uphold(ctx: &Context<'_>, input: CaseUpholdInput) -> Result<CaseReview, Failure> {
    let admin = proven(ctx)?;
    let ask = Uphold {
        decision: decision(&input.id, input.reason, input.idempotency_key)?,
        advance: input.advance.map_or(value::Money::ZERO, |advance| advance.0),
    };
    let case = domain::uphold::uphold(ctx.env(), admin, &ask).await?;
    CaseReview::find(ctx, case).await
}

async fn reject(ctx: &Context<'_>, decision: Result<Decision, Failure>) -> Result<CaseReview, Failure> {
    let admin = proven(ctx)?;
    let case = domain::reject::reject(ctx.env(), admin, &decision?).await?;
    CaseReview::find(ctx, case).await
}

async fn decide(ctx: &Context<'_>, input: CaseRulingDecideInput) -> Result<CaseReview, Failure> {
    let admin = proven(ctx)?;
    let refusal = match (input.approve, input.refusal) {
        (true, None) => None,
        (true, Some(_)) => {
            return Err(Failure::User(
                Refusal::new(UserErrorCode::InvalidInput, "error-case-refusal").at(&["refusal"]),
            ));
        }
        // Whoever refuses gives a reason: an empty one is not taken.
        (false, reason) => Some(reason.unwrap_or_default()),
    };
    let ask = DecideRuling {
        ruling: id::decode(&input.ruling_id)?,
        refusal,
        key: input.idempotency_key.0,
    };
    let case = ruling::decide(ctx.env(), admin, &ask).await?;
    CaseReview::find(ctx, case).await
}
