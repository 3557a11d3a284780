//! How admins share withdrawals and decisions that wait for them.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::value::{MoneyDecisionId, WithdrawalId};

use super::decision::MoneyDecision;
use crate::{
    graphql::{
        auth::{Auth, Need, auth},
        connection::{Connection, ask, connection},
        context::Ask,
        errors::{Failure, payload},
        id,
        staff::{QueueFilterInput, claimed},
        withdrawal::WithdrawalReview,
    },
    kernel::policy,
    payload_type,
    wallet::{
        decision::{self, Card},
        withdrawal,
    },
};

/// A withdrawal that you want to look at.
#[derive(InputObject)]
pub struct WithdrawalClaimInput {
    /// Which.
    pub id: ID,
}

/// A withdrawal that you give back.
#[derive(InputObject)]
pub struct WithdrawalReleaseInput {
    /// Which.
    pub id: ID,
}

/// A decision that you want to look at.
#[derive(InputObject)]
pub struct MoneyDecisionClaimInput {
    /// Which.
    pub id: ID,
}

/// A decision that you give back.
#[derive(InputObject)]
pub struct MoneyDecisionReleaseInput {
    /// Which.
    pub id: ID,
}

payload_type! {
    /// What `withdrawalClaim` answers.
    WithdrawalClaimPayload {
        /// The withdrawal, now yours to look at.
        review: WithdrawalReview
    }
}
payload_type! {
    /// What `withdrawalRelease` answers.
    WithdrawalReleasePayload {
        /// The withdrawal.
        review: WithdrawalReview
    }
}
payload_type! {
    /// What `moneyDecisionClaim` answers.
    MoneyDecisionClaimPayload {
        /// The decision, now yours to look at.
        decision: MoneyDecision
    }
}
payload_type! {
    /// What `moneyDecisionRelease` answers.
    MoneyDecisionReleasePayload {
        /// The decision.
        decision: MoneyDecision
    }
}

/// Queries about decisions that wait.
#[derive(Default)]
pub struct ClaimQuery;

#[Object]
impl ClaimQuery {
    /// Decisions about money that wait for a second admin, the longest waiting first.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn money_decision_queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
        #[graphql(desc = "Which; all unless said.")] filter: Option<QueueFilterInput>,
    ) -> Result<Option<Connection<MoneyDecision>>> {
        let admin = policy::admin(ctx.actor())?;
        let page = decision::queue(ctx.env(), admin, claimed(filter), &ask(first, after.as_deref())?).await?;
        let shown = MoneyDecision::of_page(&page.rows);
        Ok(Some(connection(page, after.is_some(), Card::place, shown)))
    }
}

/// Mutations by which admins share what waits.
#[derive(Default)]
pub struct MoneyClaimMutation;

#[Object]
impl MoneyClaimMutation {
    /// Takes a withdrawal for 4 hours, so that no two admins look at it. Not your own.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn withdrawal_claim(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which withdrawal.")] input: WithdrawalClaimInput,
    ) -> Result<Option<WithdrawalClaimPayload>> {
        payload(ctx, claim_withdrawal(ctx, &input.id).await)
    }

    /// Gives a withdrawal that you claimed back to the queue.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn withdrawal_release(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which withdrawal.")] input: WithdrawalReleaseInput,
    ) -> Result<Option<WithdrawalReleasePayload>> {
        payload(ctx, release_withdrawal(ctx, &input.id).await)
    }

    /// Takes what another admin proposed for 4 hours, so that no two look at it. Not what you proposed or have a part in.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn money_decision_claim(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which decision.")] input: MoneyDecisionClaimInput,
    ) -> Result<Option<MoneyDecisionClaimPayload>> {
        payload(ctx, claim_decision(ctx, &input.id).await)
    }

    /// Gives a decision that you claimed back to the queue.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn money_decision_release(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which decision.")] input: MoneyDecisionReleaseInput,
    ) -> Result<Option<MoneyDecisionReleasePayload>> {
        payload(ctx, release_decision(ctx, &input.id).await)
    }
}

async fn claim_withdrawal(ctx: &Context<'_>, id: &ID) -> Result<WithdrawalReview, Failure> {
    let (admin, id) = (policy::admin(ctx.actor())?, id::decode::<WithdrawalId>(id)?);
    Ok(withdrawal::claim(ctx.env(), admin, id).await?.into())
}

async fn release_withdrawal(ctx: &Context<'_>, id: &ID) -> Result<WithdrawalReview, Failure> {
    let (admin, id) = (policy::admin(ctx.actor())?, id::decode::<WithdrawalId>(id)?);
    Ok(withdrawal::release(ctx.env(), admin, id).await?.into())
}

async fn claim_decision(ctx: &Context<'_>, id: &ID) -> Result<MoneyDecision, Failure> {
    let (admin, id) = (policy::admin(ctx.actor())?, id::decode::<MoneyDecisionId>(id)?);
    Ok(decision::claim(ctx.env(), admin, id).await?.into())
}

async fn release_decision(ctx: &Context<'_>, id: &ID) -> Result<MoneyDecision, Failure> {
    let (admin, id) = (policy::admin(ctx.actor())?, id::decode::<MoneyDecisionId>(id)?);
    Ok(decision::release(ctx.env(), admin, id).await?.into())
}
