//! Withdrawals, as their owners and admins see them.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use entity::kinds;

use super::{
    auth::{Auth, Need, auth},
    connection::{Connection, ask, connection},
    context::Ask,
    errors::{Failure, FieldCode, payload},
    id,
    payout_account::PayoutAccount,
    scalars::{DateTime, Decimal, Money, Uuid},
    staff::{QueueFilterInput, claimed},
    user::User,
};
use crate::{
    kernel::policy,
    payload_type,
    wallet::{
        limits,
        withdrawal::{self as domain, Card, RequestWithdrawal},
    },
};

/// Where a withdrawal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::WithdrawalState")]
pub enum WithdrawalState {
    /// Above 5,000.00, or what `Wallet.limits` says: waits for an admin.
    Requested,
    /// Will be sent, after your wait if there is one.
    Approved,
    /// Handed to the bank. It cannot be taken back any more.
    Sent,
    /// The bank says that it arrived.
    Paid,
    /// An admin refused it; the money is back in your wallet.
    Rejected,
    /// You took it back; the money is back in your wallet.
    TakenBack,
    /// The bank refused it; the money is back in your wallet.
    Failed,
    /// It came back from the bank; the money is back in your wallet.
    Returned,
}

/// Money that you take out.
#[derive(Debug, Clone)]
pub struct Withdrawal(Card);

/// Money that you take out.
#[Object(serial)]
impl Withdrawal {
    /// Its id.
    pub async fn id(&self) -> ID {
        id::encode(self.0.withdrawal.id)
    }
    /// How much.
    async fn amount(&self) -> Money {
        self.0.withdrawal.amount.into()
    }
    /// Where it stands.
    async fn state(&self) -> WithdrawalState {
        self.0.withdrawal.state.into()
    }
    /// Where it goes.
    async fn payout_account(&self) -> PayoutAccount {
        self.0.account.clone().into()
    }
    /// Why an admin refused it.
    async fn reject_reason(&self) -> Option<&str> {
        self.0.withdrawal.reason.as_deref()
    }
    /// When you asked for it.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.withdrawal.created_at)
    }
    /// When it is sent at the earliest. Null unless it is approved and not sent.
    async fn sends_at(&self) -> Option<DateTime> {
        let row = &self.0.withdrawal;
        let waits = row.state == kinds::WithdrawalState::Approved;
        row.due_at.filter(|_| waits).map(DateTime)
    }
    /// When it was handed to the bank.
    async fn sent_at(&self) -> Option<DateTime> {
        self.0.withdrawal.sent_at.map(DateTime)
    }
    /// When it was paid, or given back.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.withdrawal.ended_at.map(DateTime)
    }
}

impl From<Card> for Withdrawal {
    fn from(card: Card) -> Self {
        Self(card)
    }
}

/// A withdrawal that waits for an admin, with what he should know.
#[derive(Debug, Clone)]
pub struct WithdrawalReview(Card);

impl From<Card> for WithdrawalReview {
    fn from(card: Card) -> Self {
        Self(card)
    }
}

/// A withdrawal that waits for an admin, with what he should know.
#[Object(serial)]
impl WithdrawalReview {
    /// The withdrawal.
    async fn withdrawal(&self) -> Withdrawal {
        self.0.clone().into()
    }
    /// Whose.
    async fn owner(&self, ctx: &Context<'_>) -> User {
        User::new(ctx, self.0.owner.clone())
    }
    /// Whether it takes out money that was paid in within 24 hours before.
    async fn quick_turn(&self) -> bool {
        self.0.withdrawal.quick_turn
    }
    /// Whether two admins must approve it: above 20,000.00, unless the operator sets another sum.
    async fn needs_two(&self, ctx: &Context<'_>) -> bool {
        self.0.withdrawal.amount > limits::second_above(ctx.env())
    }
    /// When the first of two admins approved. It counts for 72 hours.
    async fn first_approved_at(&self) -> Option<DateTime> {
        self.0.withdrawal.first_approved_at.map(DateTime)
    }
    /// Whether that first admin was you, so that another has to follow.
    async fn first_approved_by_you(&self, ctx: &Context<'_>) -> bool {
        let first = self.0.withdrawal.first_approved_by;
        first.is_some() && first == ctx.actor().user()
    }
    /// Who looks at it. A claim counts for 4 hours.
    async fn claimed_by(&self, ctx: &Context<'_>) -> Option<User> {
        self.0.claimer.clone().map(|claimer| User::new(ctx, claimer))
    }
    /// Since when.
    async fn claimed_at(&self) -> Option<DateTime> {
        self.0.withdrawal.claimed_at.map(DateTime)
    }
}

/// What to take out, and where to.
#[derive(InputObject)]
pub struct WithdrawalRequestInput {
    /// How much, in CNY: from 10.00, and at most 50,000.00 in 24 hours, unless `Wallet.limits` says otherwise.
    pub amount: Decimal,
    /// One of your payout accounts.
    pub payout_account_id: ID,
    /// Made by you for this one withdrawal: sending it again answers the same withdrawal.
    pub idempotency_key: Uuid,
}

/// A withdrawal that its owner wants back.
#[derive(InputObject)]
pub struct WithdrawalTakeBackInput {
    /// Which.
    pub id: ID,
    /// Made by you for this one act: sending it again answers the same withdrawal.
    pub idempotency_key: Uuid,
}

/// A withdrawal that may go out.
#[derive(InputObject)]
pub struct WithdrawalApproveInput {
    /// Which.
    pub id: ID,
    /// Made by you for this one act: sending it again answers the same withdrawal.
    pub idempotency_key: Uuid,
}

/// A withdrawal to be refused.
#[derive(InputObject)]
pub struct WithdrawalRejectInput {
    /// Which.
    pub id: ID,
    /// Why, for its owner: 2 to 500 characters.
    pub reason: String,
    /// Made by you for this one act: sending it again answers the same withdrawal.
    pub idempotency_key: Uuid,
}

payload_type! {
    /// What `withdrawalRequest` answers.
    WithdrawalRequestPayload {
        /// The withdrawal; its amount is held.
        withdrawal: Withdrawal
    }
}
payload_type! {
    /// What `withdrawalTakeBack` answers.
    WithdrawalTakeBackPayload {
        /// The withdrawal, now taken back.
        withdrawal: Withdrawal
    }
}
payload_type! {
    /// What `withdrawalApprove` answers.
    WithdrawalApprovePayload {
        /// The withdrawal as it stands now.
        review: WithdrawalReview
    }
}
payload_type! {
    /// What `withdrawalReject` answers.
    WithdrawalRejectPayload {
        /// The withdrawal, now rejected.
        review: WithdrawalReview
    }
}

/// Queries about withdrawals.
#[derive(Default)]
pub struct WithdrawalQuery;

#[Object]
impl WithdrawalQuery {
    /// One of your withdrawals.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn withdrawal(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<Withdrawal>> {
        let member = policy::member(ctx.actor())?;
        let found = domain::find(ctx.env(), member, id::decode(&id)?).await?;
        Ok(Some(found.ok_or(Failure::Field(FieldCode::NotFound))?.into()))
    }

    /// Your withdrawals, newest first.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn withdrawals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
    ) -> Result<Option<Connection<Withdrawal>>> {
        let member = policy::member(ctx.actor())?;
        let page = domain::list(ctx.env(), member, &ask(first, after.as_deref())?).await?;
        Ok(Some(connection(page, after.is_some(), Card::place, Withdrawal::from)))
    }

    /// Withdrawals that wait for an admin, the longest waiting first.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn withdrawal_queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
        #[graphql(desc = "Which; all unless said.")] filter: Option<QueueFilterInput>,
    ) -> Result<Option<Connection<WithdrawalReview>>> {
        let admin = policy::admin(ctx.actor())?;
        let page = domain::queue(ctx.env(), admin, claimed(filter), &ask(first, after.as_deref())?).await?;
        Ok(Some(connection(page, after.is_some(), Card::place, WithdrawalReview)))
    }
}

/// Mutations of withdrawals.
#[derive(Default)]
pub struct WithdrawalMutation;

#[Object]
impl WithdrawalMutation {
    /// Takes money out of your wallet; it is held at once. Up to 5,000.00 it goes out by itself, above that an admin looks first. At most 5
    /// may be under way. Needs a verified name and a fresh proof.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn withdrawal_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to take out, and where to.")] input: WithdrawalRequestInput,
    ) -> Result<Option<WithdrawalRequestPayload>> {
        payload(ctx, request(ctx, &input).await)
    }

    /// Takes one of your withdrawals back before it is sent.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn withdrawal_take_back(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which withdrawal.")] input: WithdrawalTakeBackInput,
    ) -> Result<Option<WithdrawalTakeBackPayload>> {
        payload(ctx, take_back(ctx, &input).await)
    }

    /// Lets a withdrawal go out. Above 20,000.00 it waits up to 72 hours for a second admin. Not your own. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn withdrawal_approve(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which withdrawal.")] input: WithdrawalApproveInput,
    ) -> Result<Option<WithdrawalApprovePayload>> {
        payload(ctx, approve(ctx, &input).await)
    }

    /// Refuses a withdrawal and gives the money back. Not your own. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn withdrawal_reject(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which withdrawal, and why it is refused.")] input: WithdrawalRejectInput,
    ) -> Result<Option<WithdrawalRejectPayload>> {
        payload(ctx, reject(ctx, &input).await)
    }
}

async fn request(ctx: &Context<'_>, input: &WithdrawalRequestInput) -> Result<Withdrawal, Failure> {
    let payee = policy::proven(policy::payee(ctx.actor())?, ctx.env().now())?;
    let ask = RequestWithdrawal {
        amount: input.amount.0,
        payout_account: id::decode(&input.payout_account_id)?,
        key: input.idempotency_key.0,
    };
    Ok(domain::request(ctx.env(), payee, &ask).await?.into())
}

async fn take_back(ctx: &Context<'_>, input: &WithdrawalTakeBackInput) -> Result<Withdrawal, Failure> {
    let payee = policy::payee(ctx.actor())?;
    let done = domain::take_back(ctx.env(), payee, id::decode(&input.id)?, input.idempotency_key.0).await?;
    Ok(done.into())
}

async fn approve(ctx: &Context<'_>, input: &WithdrawalApproveInput) -> Result<WithdrawalReview, Failure> {
    let admin = policy::proven(policy::admin(ctx.actor())?, ctx.env().now())?;
    let done = domain::approve(ctx.env(), admin, id::decode(&input.id)?, input.idempotency_key.0).await?;
    Ok(WithdrawalReview(done))
}

async fn reject(ctx: &Context<'_>, input: &WithdrawalRejectInput) -> Result<WithdrawalReview, Failure> {
    let admin = policy::proven(policy::admin(ctx.actor())?, ctx.env().now())?;
    let id = id::decode(&input.id)?;
    let done = domain::reject(ctx.env(), admin, id, &input.reason, input.idempotency_key.0).await?;
    Ok(WithdrawalReview(done))
}
