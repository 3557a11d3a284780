//! Where the bank's book and ours differ, for admins.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use entity::{bank_event, kinds, value::BankDifferenceId};

use crate::{
    graphql::{
        auth::{Auth, Need, auth},
        connection::{Connection, ask, connection},
        context::Ask,
        errors::{Failure, FieldCode, payload},
        id,
        scalars::{DateTime, Money, Uuid},
        staff::{QueueFilterInput, claimed},
        user::User,
    },
    kernel::policy,
    payload_type,
    wallet::reconcile::{self as domain, Card, Outcome, Resolution},
};

/// What is the matter between the bank's book and ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::BankDifferenceKind")]
pub enum BankDifferenceKind {
    /// A signed webhook does not fit our record; it moved nothing.
    Webhook,
    /// Both know it and say different things.
    Mismatch,
    /// The bank does not know it.
    UnknownToBank,
    /// We do not know it.
    UnknownToUs,
    /// The bank says nothing of a withdrawal that it was handed; it is not asked by itself any more.
    Silence,
}

/// What an admin found out about a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum BankDifferenceOutcome {
    /// It is explained; no money moves.
    Noted,
    /// The bank has said by another road that the silent withdrawal was paid: the hold goes to the bank.
    Paid,
    /// The bank has said by another road that the silent withdrawal was not paid: the hold goes back to its owner.
    Failed,
}

impl From<BankDifferenceOutcome> for Outcome {
    fn from(outcome: BankDifferenceOutcome) -> Self {
        match outcome {
            BankDifferenceOutcome::Noted => Self::Noted,
            BankDifferenceOutcome::Paid => Self::Paid,
            BankDifferenceOutcome::Failed => Self::Failed,
        }
    }
}

/// Something in which the bank's book and ours differ.
#[derive(Debug, Clone)]
pub struct BankDifference(Card);

/// Something in which the bank's book and ours differ.
#[Object(serial)]
impl BankDifference {
    /// Its id.
    pub async fn id(&self) -> ID {
        id::encode(self.0.difference.id)
    }
    /// What is the matter.
    async fn kind(&self) -> BankDifferenceKind {
        self.0.difference.kind.into()
    }
    /// The bare id of the deposit or withdrawal, which the bank uses as well.
    async fn subject(&self) -> Uuid {
        Uuid(self.0.difference.subject_id)
    }
    /// The quarantined webhook's own id. Null: there is none.
    async fn webhook_id(&self) -> Option<&str> {
        Some(self.0.difference.webhook_id.as_str()).filter(|id| !id.is_empty())
    }
    /// How it stood in our book when it was found. Null: not at all.
    async fn ours(&self) -> Option<&str> {
        self.0.difference.ours.as_deref()
    }
    /// The amount in our book.
    async fn our_amount(&self) -> Option<Money> {
        self.0.difference.our_amount.map(Into::into)
    }
    /// What the bank said, in its own word. Null: nothing.
    async fn theirs(&self) -> Option<&str> {
        self.0.difference.theirs.as_deref()
    }
    /// The amount that the bank named.
    async fn their_amount(&self) -> Option<Money> {
        self.0.difference.their_amount.map(Into::into)
    }
    /// When it was found.
    async fn found_at(&self) -> DateTime {
        DateTime(self.0.difference.found_at)
    }
    /// Who looks at it. A claim counts for 4 hours.
    async fn claimed_by(&self, ctx: &Context<'_>) -> Option<User> {
        self.0.claimer.clone().map(|claimer| User::new(ctx, claimer))
    }
    /// Since when.
    async fn claimed_at(&self) -> Option<DateTime> {
        self.0.difference.claimed_at.map(DateTime)
    }
    /// When it was resolved. Null: it is open.
    async fn resolved_at(&self) -> Option<DateTime> {
        self.0.difference.resolved_at.map(DateTime)
    }
    /// What came of it, in an admin's words. Null: it is open, or settled by itself when the bank was asked again.
    async fn resolution(&self) -> Option<&str> {
        self.0.difference.resolution.as_deref()
    }
}

impl From<Card> for BankDifference {
    fn from(card: Card) -> Self {
        Self(card)
    }
}

impl BankDifference {
    /// A difference, for an admin; to others there is none.
    pub async fn find(ctx: &Context<'_>, id: BankDifferenceId) -> Result<Self, Failure> {
        let Ok(admin) = policy::admin(ctx.actor()) else {
            return Err(Failure::Field(FieldCode::NotFound));
        };
        let mut found = domain::find_all(ctx.env(), admin, &[id]).await?;
        found.remove(&id).map(Self).ok_or(Failure::Field(FieldCode::NotFound))
    }
}

/// A signed webhook of the bank that does not fit our record. It moved nothing and waits for a person.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct QuarantinedWebhook {
    /// The webhook's own id.
    pub webhook_id: String,
    /// The bare id of the deposit or withdrawal it names.
    pub subject: Uuid,
    /// What it says, in the bank's word.
    pub told: String,
    /// The amount it names.
    pub amount: Money,
    /// When it came.
    pub at: DateTime,
}

impl From<bank_event::Model> for QuarantinedWebhook {
    fn from(row: bank_event::Model) -> Self {
        Self {
            webhook_id: row.id,
            subject: Uuid(row.subject_id),
            told: row.kind,
            amount: row.amount.into(),
            at: DateTime(row.at),
        }
    }
}

/// A difference that you want to look at.
#[derive(InputObject)]
pub struct BankDifferenceClaimInput {
    /// Which.
    pub id: ID,
}

/// A difference that you give back.
#[derive(InputObject)]
pub struct BankDifferenceReleaseInput {
    /// Which.
    pub id: ID,
}

/// A difference about which the bank shall be asked.
#[derive(InputObject)]
pub struct BankDifferenceAskInput {
    /// Which.
    pub id: ID,
}

/// A difference to be resolved.
#[derive(InputObject)]
pub struct BankDifferenceResolveInput {
    /// Which.
    pub id: ID,
    /// What you found out.
    pub outcome: BankDifferenceOutcome,
    /// What it was, for the record: 2 to 500 characters.
    pub reason: String,
    /// Made by you for this one act: sending it again answers the same difference.
    pub idempotency_key: Uuid,
}

payload_type! {
    /// What `bankDifferenceClaim` answers.
    BankDifferenceClaimPayload {
        /// The difference, now yours to look at.
        difference: BankDifference
    }
}
payload_type! {
    /// What `bankDifferenceRelease` answers.
    BankDifferenceReleasePayload {
        /// The difference.
        difference: BankDifference
    }
}
payload_type! {
    /// What `bankDifferenceAsk` answers.
    BankDifferenceAskPayload {
        /// The difference, resolved if both books agree now.
        difference: BankDifference
    }
}
payload_type! {
    /// What `bankDifferenceResolve` answers.
    BankDifferenceResolvePayload {
        /// The difference: resolved, or open as long as a second admin has to agree.
        difference: BankDifference
    }
}

/// Queries about differences.
#[derive(Default)]
pub struct DifferenceQuery;

#[Object]
impl DifferenceQuery {
    /// Where the bank's book and ours differ, the longest open first.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn bank_differences(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
        #[graphql(desc = "Those that were resolved instead.", default = false)] resolved: bool,
        #[graphql(desc = "Which; all unless said.")] filter: Option<QueueFilterInput>,
    ) -> Result<Option<Connection<BankDifference>>> {
        let admin = policy::admin(ctx.actor())?;
        let page = domain::queue(ctx.env(), admin, resolved, claimed(filter), &ask(first, after.as_deref())?).await?;
        Ok(Some(connection(page, after.is_some(), Card::place, BankDifference)))
    }
}

/// Mutations of differences.
#[derive(Default)]
pub struct DifferenceMutation;

#[Object]
impl DifferenceMutation {
    /// Takes a difference for 4 hours, so that no two admins look at it. Not about your own money.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn bank_difference_claim(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which difference.")] input: BankDifferenceClaimInput,
    ) -> Result<Option<BankDifferenceClaimPayload>> {
        payload(ctx, claim(ctx, &input).await)
    }

    /// Gives a difference that you claimed back to the queue.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn bank_difference_release(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which difference.")] input: BankDifferenceReleaseInput,
    ) -> Result<Option<BankDifferenceReleasePayload>> {
        payload(ctx, release(ctx, &input).await)
    }

    /// Asks the bank about it now. What both books agree on then is resolved.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn bank_difference_ask(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which difference.")] input: BankDifferenceAskInput,
    ) -> Result<Option<BankDifferenceAskPayload>> {
        payload(ctx, ask_again(ctx, &input).await)
    }

    /// Resolves a difference. Not about your own money. To say where a withdrawal of more than 20,000.00 is takes a second admin: it waits up to 72
    /// hours among `moneyDecisionQueue`. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn bank_difference_resolve(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which difference, and what it was.")] input: BankDifferenceResolveInput,
    ) -> Result<Option<BankDifferenceResolvePayload>> {
        payload(ctx, resolve(ctx, input).await)
    }
}

async fn claim(ctx: &Context<'_>, input: &BankDifferenceClaimInput) -> Result<BankDifference, Failure> {
    let admin = policy::admin(ctx.actor())?;
    Ok(BankDifference(domain::claim(ctx.env(), admin, id::decode(&input.id)?).await?))
}

async fn release(ctx: &Context<'_>, input: &BankDifferenceReleaseInput) -> Result<BankDifference, Failure> {
    let admin = policy::admin(ctx.actor())?;
    Ok(BankDifference(domain::release(ctx.env(), admin, id::decode(&input.id)?).await?))
}

async fn ask_again(ctx: &Context<'_>, input: &BankDifferenceAskInput) -> Result<BankDifference, Failure> {
    let admin = policy::admin(ctx.actor())?;
    Ok(BankDifference(domain::ask_again(ctx.env(), admin, id::decode(&input.id)?).await?))
}

async fn resolve(ctx: &Context<'_>, input: BankDifferenceResolveInput) -> Result<BankDifference, Failure> {
    let admin = policy::proven(policy::admin(ctx.actor())?, ctx.env().now())?;
    let resolution = Resolution {
        id: id::decode(&input.id)?,
        outcome: input.outcome.into(),
        reason: input.reason,
        key: input.idempotency_key.0,
    };
    Ok(BankDifference(domain::resolve(ctx.env(), admin, &resolution).await?))
}
