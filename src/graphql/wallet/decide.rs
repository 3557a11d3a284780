//! What admins do about money.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::value::MoneyDecisionId;

use super::decision::MoneyDecision;
use crate::{
    graphql::{
        auth::{Auth, Need, auth},
        context::Ask,
        errors::{Failure, payload},
        id,
        scalars::{Decimal, Uuid},
    },
    kernel::policy::{self, Admin, Proven},
    payload_type,
    wallet::decision::{self as domain, Proposal, What},
};

/// What a user is owed, to be advanced.
#[derive(InputObject)]
pub struct DebtAdvanceInput {
    /// Which debt.
    pub debt_id: ID,
    /// How much of it: no more than is left.
    pub amount: Decimal,
    /// Why, for the record: 2 to 500 characters.
    pub reason: String,
    /// Made by you for this one act: sending it again answers the same decision.
    pub idempotency_key: Uuid,
}

/// A debt to the platform, to be written off.
#[derive(InputObject)]
pub struct DebtWriteOffInput {
    /// Which debt.
    pub debt_id: ID,
    /// Why, for the record: 2 to 500 characters.
    pub reason: String,
    /// Made by you for this one act: sending it again answers the same decision.
    pub idempotency_key: Uuid,
}

/// Earnings to be put aside.
#[derive(InputObject)]
pub struct CompensationFundInput {
    /// How much: no more than was earned, and at most 10,000,000.00.
    pub amount: Decimal,
    /// Why, for the record: 2 to 500 characters.
    pub reason: String,
    /// Made by you for this one act: sending it again answers the same decision.
    pub idempotency_key: Uuid,
}

/// What another admin proposed, to be done.
#[derive(InputObject)]
pub struct MoneyDecisionApproveInput {
    /// Which.
    pub id: ID,
    /// Made by you for this one act: sending it again answers the same decision.
    pub idempotency_key: Uuid,
}

/// What another admin proposed, to be refused.
#[derive(InputObject)]
pub struct MoneyDecisionRefuseInput {
    /// Which.
    pub id: ID,
    /// Why, for the other admin and the record: 2 to 500 characters.
    pub reason: String,
    /// Made by you for this one act: sending it again answers the same decision.
    pub idempotency_key: Uuid,
}

payload_type! {
    /// What `debtAdvance` answers.
    DebtAdvancePayload {
        /// The decision: done, or waiting for a second admin.
        decision: MoneyDecision
    }
}
payload_type! {
    /// What `debtWriteOff` answers.
    DebtWriteOffPayload {
        /// The decision: done, or waiting for a second admin.
        decision: MoneyDecision
    }
}
payload_type! {
    /// What `compensationFund` answers.
    CompensationFundPayload {
        /// The decision, waiting for a second admin.
        decision: MoneyDecision
    }
}
payload_type! {
    /// What `moneyDecisionApprove` answers.
    MoneyDecisionApprovePayload {
        /// The decision, now done.
        decision: MoneyDecision
    }
}
payload_type! {
    /// What `moneyDecisionRefuse` answers.
    MoneyDecisionRefusePayload {
        /// The decision, now refused.
        decision: MoneyDecision
    }
}

/// Mutations that decide about money.
#[derive(Default)]
pub struct DecisionMutation;

#[Object]
impl DecisionMutation {
    /// Advances what a user is owed, out of the platform's compensation; the debtor owes it to the platform then. Above 20,000.00 a second
    /// admin has to agree. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn debt_advance(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which debt, how much of it, and why.")] input: DebtAdvanceInput,
    ) -> Result<Option<DebtAdvancePayload>> {
        let what = id::decode(&input.debt_id).map(|debt| What::Advance(debt, input.amount.0));
        payload(ctx, propose(ctx, what, input.reason, input.idempotency_key).await)
    }

    /// Writes off what is left of a debt to the platform. Above 20,000.00 a second admin has to agree. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn debt_write_off(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which debt, and why.")] input: DebtWriteOffInput,
    ) -> Result<Option<DebtWriteOffPayload>> {
        let what = id::decode(&input.debt_id).map(What::WriteOff);
        payload(ctx, propose(ctx, what, input.reason, input.idempotency_key).await)
    }

    /// Puts some of the platform's earnings aside for compensation. A second admin has to agree within 72 hours. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn compensation_fund(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How much, and why.")] input: CompensationFundInput,
    ) -> Result<Option<CompensationFundPayload>> {
        let what = Ok(What::Fund(input.amount.0));
        payload(ctx, propose(ctx, what, input.reason, input.idempotency_key).await)
    }

    /// Does what another admin proposed within the last 72 hours. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn money_decision_approve(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which decision.")] input: MoneyDecisionApproveInput,
    ) -> Result<Option<MoneyDecisionApprovePayload>> {
        payload(ctx, approve(ctx, &input).await)
    }

    /// Refuses what another admin proposed. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn money_decision_refuse(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which decision, and why not.")] input: MoneyDecisionRefuseInput,
    ) -> Result<Option<MoneyDecisionRefusePayload>> {
        payload(ctx, refuse(ctx, &input).await)
    }
}

fn proven(ctx: &Context<'_>) -> Result<Proven<Admin>, Failure> {
    Ok(policy::proven(policy::admin(ctx.actor())?, ctx.env().now())?)
}

async fn propose(ctx: &Context<'_>, what: Result<What, Failure>, reason: String, key: Uuid) -> Result<MoneyDecision, Failure> {
    let admin = proven(ctx)?;
    let what = what?;
    let proposal = Proposal { what, reason, key: key.0 };
    Ok(domain::propose(ctx.env(), admin, &proposal).await?.into())
}

async fn approve(ctx: &Context<'_>, input: &MoneyDecisionApproveInput) -> Result<MoneyDecision, Failure> {
    let admin = proven(ctx)?;
    let id: MoneyDecisionId = id::decode(&input.id)?;
    let done = domain::approve(ctx.env(), admin, id, input.idempotency_key.0).await?;
    Ok(done.into())
}

async fn refuse(ctx: &Context<'_>, input: &MoneyDecisionRefuseInput) -> Result<MoneyDecision, Failure> {
    let admin = proven(ctx)?;
    let id: MoneyDecisionId = id::decode(&input.id)?;
    let done = domain::refuse(ctx.env(), admin, id, &input.reason, input.idempotency_key.0).await?;
    Ok(done.into())
}
