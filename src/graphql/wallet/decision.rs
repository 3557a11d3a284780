//! Decisions of admins about money.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use entity::{
    kinds,
    value::{BankDifferenceId, DebtId, MoneyDecisionId},
};

use super::{debt::Debt, difference::BankDifference};
use crate::{
    graphql::{
        auth::{Auth, Need, auth},
        connection::{Connection, ask, connection},
        context::Ask,
        errors::{Failure, FieldCode, payload},
        id,
        scalars::{DateTime, Decimal, Money, Uuid},
        user::User,
    },
    kernel::policy::{self, Admin, Proven},
    payload_type,
    wallet::{
        debt as debts,
        decision::{self as domain, Card, Proposal, What},
    },
};

/// What an admin decides about money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::MoneyDecisionKind")]
pub enum MoneyDecisionKind {
    /// To advance what a user is owed.
    Advance,
    /// To write off what the platform is owed.
    WriteOff,
    /// To put earnings aside for compensation.
    Fund,
    /// To book a withdrawal of which the bank says nothing as paid: its hold goes to the bank.
    SettlePaid,
    /// To book a withdrawal of which the bank says nothing as not paid: its hold goes back to its owner.
    SettleFailed,
}

/// Where such a decision stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::MoneyDecisionState")]
pub enum MoneyDecisionState {
    /// Waits up to 72 hours for a second admin.
    Open,
    /// Done.
    Done,
    /// The second admin refused.
    Refused,
    /// No second admin came in time.
    Void,
}

/// What an admin decided about money, or proposed to a second one.
#[derive(Debug, Clone)]
pub struct MoneyDecision(Card);

impl From<Card> for MoneyDecision {
    fn from(card: Card) -> Self {
        Self(card)
    }
}

/// What an admin decided about money, or proposed to a second one.
#[Object(serial)]
impl MoneyDecision {
    /// Its id.
    pub async fn id(&self) -> ID {
        id::encode(self.0.decision.id)
    }
    /// What shall be done, or was.
    async fn kind(&self) -> MoneyDecisionKind {
        self.0.decision.kind.into()
    }
    /// How much.
    async fn amount(&self) -> Money {
        self.0.decision.amount.into()
    }
    /// The debt as it is now. Null where it is about none.
    async fn debt(&self, ctx: &Context<'_>) -> Result<Option<Debt>> {
        let decision = &self.0.decision;
        match decision.kind {
            kinds::MoneyDecisionKind::Advance | kinds::MoneyDecisionKind::WriteOff => {
                let admin = policy::admin(ctx.actor())?;
                Ok(debts::find(ctx.env(), admin, DebtId(decision.subject_id)).await?.map(Debt::from))
            }
            kinds::MoneyDecisionKind::Fund | kinds::MoneyDecisionKind::SettlePaid | kinds::MoneyDecisionKind::SettleFailed => Ok(None),
        }
    }
    /// The difference with the bank that it settles. Null where it settles none.
    async fn difference(&self, ctx: &Context<'_>) -> Result<Option<BankDifference>> {
        let decision = &self.0.decision;
        match decision.kind {
            kinds::MoneyDecisionKind::SettlePaid | kinds::MoneyDecisionKind::SettleFailed => {
                Ok(Some(BankDifference::find(ctx, BankDifferenceId(decision.subject_id)).await?))
            }
            kinds::MoneyDecisionKind::Advance | kinds::MoneyDecisionKind::WriteOff | kinds::MoneyDecisionKind::Fund => Ok(None),
        }
    }
    /// Why.
    async fn reason(&self) -> &str {
        &self.0.decision.reason
    }
    /// Where it stands.
    async fn state(&self) -> MoneyDecisionState {
        self.0.decision.state.into()
    }
    /// Who decided first.
    async fn proposed_by(&self, ctx: &Context<'_>) -> User {
        User::new(ctx, self.0.proposer.clone())
    }
    /// Whether that was you, so that another has to follow.
    async fn proposed_by_you(&self, ctx: &Context<'_>) -> bool {
        ctx.actor().user() == Some(self.0.decision.proposed_by)
    }
    /// When.
    async fn proposed_at(&self) -> DateTime {
        DateTime(self.0.decision.proposed_at)
    }
    /// When it is void without a second admin. Null: it does not wait.
    async fn void_at(&self) -> Option<DateTime> {
        self.0.decision.due_at.map(DateTime)
    }
    /// The second admin, if one decided.
    async fn decided_by(&self, ctx: &Context<'_>) -> Option<User> {
        self.0.decider.clone().map(|decider| User::new(ctx, decider))
    }
    /// When it was done, refused or void. Null: it waits.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decision.decided_at.map(DateTime)
    }
    /// Why the second admin refused.
    async fn refusal(&self) -> Option<&str> {
        self.0.decision.refusal.as_deref()
    }
    /// Who looks at it. A claim counts for 4 hours.
    async fn claimed_by(&self, ctx: &Context<'_>) -> Option<User> {
        self.0.claimer.clone().map(|claimer| User::new(ctx, claimer))
    }
    /// Since when.
    async fn claimed_at(&self) -> Option<DateTime> {
        self.0.decision.claimed_at.map(DateTime)
    }
}

impl MoneyDecision {
    /// A decision, for an admin; to others there is none.
    pub async fn find(ctx: &Context<'_>, id: MoneyDecisionId) -> Result<Self, Failure> {
        let Ok(admin) = policy::admin(ctx.actor()) else {
            return Err(Failure::Field(FieldCode::NotFound));
        };
        let found = domain::find(ctx.env(), admin, id).await?;
        found.map(Self).ok_or(Failure::Field(FieldCode::NotFound))
    }
}

/// What the platform has, by its own books.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct PlatformMoney {
    /// What it earned, less what it lost. It may be below zero.
    pub fees: Money,
    /// What it put aside to advance what others owe.
    pub compensation: Money,
    /// What the bank holds for everybody.
    pub at_bank: Money,
}

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

/// Queries about decisions.
#[derive(Default)]
pub struct DecisionQuery;

#[Object]
impl DecisionQuery {
    /// Decisions about money, newest first.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn money_decisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
        #[graphql(desc = "Only those that wait for a second admin; without it all.", default = false)] waiting: bool,
    ) -> Result<Option<Connection<MoneyDecision>>> {
        let admin = policy::admin(ctx.actor())?;
        let page = domain::all_of(ctx.env(), admin, waiting, &ask(first, after.as_deref())?).await?;
        Ok(Some(connection(page, after.is_some(), Card::place, MoneyDecision)))
    }

    /// What the platform has, by its own books.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn platform_money(&self, ctx: &Context<'_>) -> Result<Option<PlatformMoney>> {
        let admin = policy::admin(ctx.actor())?;
        let has = domain::platform(ctx.env(), admin).await?;
        Ok(Some(PlatformMoney {
            fees: has.fees.into(),
            compensation: has.compensation.into(),
            at_bank: has.at_bank.into(),
        }))
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
    Ok(MoneyDecision(domain::propose(ctx.env(), admin, &proposal).await?))
}

async fn approve(ctx: &Context<'_>, input: &MoneyDecisionApproveInput) -> Result<MoneyDecision, Failure> {
    let admin = proven(ctx)?;
    let id: MoneyDecisionId = id::decode(&input.id)?;
    let done = domain::approve(ctx.env(), admin, id, input.idempotency_key.0).await?;
    Ok(MoneyDecision(done))
}

async fn refuse(ctx: &Context<'_>, input: &MoneyDecisionRefuseInput) -> Result<MoneyDecision, Failure> {
    let admin = proven(ctx)?;
    let id: MoneyDecisionId = id::decode(&input.id)?;
    let done = domain::refuse(ctx.env(), admin, id, &input.reason, input.idempotency_key.0).await?;
    Ok(MoneyDecision(done))
}
