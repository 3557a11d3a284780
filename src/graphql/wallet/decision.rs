//! Decisions of admins about money.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use entity::{
    kinds, money_decision,
    value::{BankDifferenceId, DebtId, MoneyDecisionId},
};

use super::{debt::Debt, difference::BankDifference};
use crate::{
    graphql::{
        auth::{Auth, Need, auth},
        batch::Batch,
        connection::{Connection, ask, connection},
        context::Ask,
        errors::{Failure, FieldCode},
        id,
        scalars::{DateTime, Money},
        user::User,
    },
    kernel::policy,
    wallet::{
        debt as debts,
        decision::{self as domain, Card},
        reconcile,
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
pub struct MoneyDecision {
    card: Card,
    page: Arc<About>,
}

/// What the decisions of a page are about, fetched for all of them together.
#[derive(Debug)]
struct About {
    debts: Batch<DebtId, Debt>,
    differences: Batch<BankDifferenceId, BankDifference>,
}

/// The debt that a decision is about.
fn debt_of(decision: &money_decision::Model) -> Option<DebtId> {
    use kinds::MoneyDecisionKind::{Advance, WriteOff};
    matches!(decision.kind, Advance | WriteOff).then_some(DebtId(decision.subject_id))
}

/// The difference with the bank that a decision is about.
fn difference_of(decision: &money_decision::Model) -> Option<BankDifferenceId> {
    use kinds::MoneyDecisionKind::{SettleFailed, SettlePaid};
    matches!(decision.kind, SettlePaid | SettleFailed).then_some(BankDifferenceId(decision.subject_id))
}

impl From<Card> for MoneyDecision {
    fn from(card: Card) -> Self {
        Self::of_page(std::slice::from_ref(&card))(card)
    }
}

impl MoneyDecision {
    /// The decisions of a page, which fetch together what they are about.
    pub(super) fn of_page(cards: &[Card]) -> impl Fn(Card) -> Self + use<> {
        let decisions = || cards.iter().map(|card| &card.decision);
        let page = Arc::new(About {
            debts: Batch::new(decisions().filter_map(debt_of)),
            differences: Batch::new(decisions().filter_map(difference_of)),
        });
        move |card| Self {
            card,
            page: Arc::clone(&page),
        }
    }
}

/// What an admin decided about money, or proposed to a second one.
#[Object(serial)]
impl MoneyDecision {
    /// Its id.
    pub async fn id(&self) -> ID {
        id::encode(self.card.decision.id)
    }
    /// What shall be done, or was.
    async fn kind(&self) -> MoneyDecisionKind {
        self.card.decision.kind.into()
    }
    /// How much.
    async fn amount(&self) -> Money {
        self.card.decision.amount.into()
    }
    /// The debt as it is now. Null where it is about none.
    async fn debt(&self, ctx: &Context<'_>) -> Result<Option<Debt>> {
        let Some(id) = debt_of(&self.card.decision) else { return Ok(None) };
        let admin = policy::admin(ctx.actor())?;
        let load = async |ids: Vec<DebtId>| Ok(Debt::all(debts::find_all(ctx.env(), admin, &ids).await?));
        Ok(self.page.debts.get(id, load).await?)
    }
    /// The difference with the bank that it settles. Null where it settles none.
    async fn difference(&self, ctx: &Context<'_>) -> Result<Option<BankDifference>> {
        let Some(id) = difference_of(&self.card.decision) else {
            return Ok(None);
        };
        let admin = policy::admin(ctx.actor())?;
        let load = async |ids: Vec<BankDifferenceId>| {
            let found = reconcile::find_all(ctx.env(), admin, &ids).await?;
            Ok(found.into_iter().map(|(id, card)| (id, card.into())).collect())
        };
        Ok(self.page.differences.get(id, load).await?)
    }
    /// Why.
    async fn reason(&self) -> &str {
        &self.card.decision.reason
    }
    /// Where it stands.
    async fn state(&self) -> MoneyDecisionState {
        self.card.decision.state.into()
    }
    /// Who decided first.
    async fn proposed_by(&self, ctx: &Context<'_>) -> User {
        User::new(ctx, self.card.proposer.clone())
    }
    /// Whether that was you, so that another has to follow.
    async fn proposed_by_you(&self, ctx: &Context<'_>) -> bool {
        ctx.actor().user() == Some(self.card.decision.proposed_by)
    }
    /// When.
    async fn proposed_at(&self) -> DateTime {
        DateTime(self.card.decision.proposed_at)
    }
    /// When it is void without a second admin. Null: it does not wait.
    async fn void_at(&self) -> Option<DateTime> {
        self.card.decision.due_at.map(DateTime)
    }
    /// The second admin, if one decided.
    async fn decided_by(&self, ctx: &Context<'_>) -> Option<User> {
        self.card.decider.clone().map(|decider| User::new(ctx, decider))
    }
    /// When it was done, refused or void. Null: it waits.
    async fn decided_at(&self) -> Option<DateTime> {
        self.card.decision.decided_at.map(DateTime)
    }
    /// Why the second admin refused.
    async fn refusal(&self) -> Option<&str> {
        self.card.decision.refusal.as_deref()
    }
    /// Who looks at it. A claim counts for 4 hours.
    async fn claimed_by(&self, ctx: &Context<'_>) -> Option<User> {
        self.card.claimer.clone().map(|claimer| User::new(ctx, claimer))
    }
    /// Since when.
    async fn claimed_at(&self) -> Option<DateTime> {
        self.card.decision.claimed_at.map(DateTime)
    }
}

impl MoneyDecision {
    /// A decision, for an admin; to others there is none.
    pub async fn find(ctx: &Context<'_>, id: MoneyDecisionId) -> Result<Self, Failure> {
        let Ok(admin) = policy::admin(ctx.actor()) else {
            return Err(Failure::Field(FieldCode::NotFound));
        };
        let found = domain::find(ctx.env(), admin, id).await?;
        found.map(Self::from).ok_or(Failure::Field(FieldCode::NotFound))
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
        let shown = MoneyDecision::of_page(&page.rows);
        Ok(Some(connection(page, after.is_some(), Card::place, shown)))
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
