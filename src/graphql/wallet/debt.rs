//! Debts, as both sides and admins see them.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use entity::{
    debt_change, kinds,
    value::{DebtChangeId, DebtId, UserId},
};

use crate::{
    account::face,
    graphql::{
        auth::{Auth, Need, auth},
        batch::Batch,
        connection::{Connection, ask, connection},
        context::Ask,
        errors::{Failure, FieldCode, payload},
        id,
        scalars::{DateTime, Money, Uuid},
        user::User,
    },
    kernel::policy::{self, Member},
    payload_type,
    wallet::debt::{self as domain, Card, Filter, Side},
};

/// What a debt comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::DebtCause")]
pub enum DebtCause {
    /// The bank took a deposit back that was spent already.
    DepositReversed,
    /// An account that was sold was recovered by its seller.
    Recovery,
    /// The platform advanced what was owed to another.
    Advance,
}

/// What made a debt smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::DebtChangeKind")]
pub enum DebtChangeKind {
    /// It was paid out of the debtor's wallet.
    Paid,
    /// The platform advanced it and is owed it now.
    Advanced,
    /// The creditor waived it.
    Waived,
    /// The platform wrote it off.
    WrittenOff,
}

/// A step by which a debt became smaller.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct DebtChange {
    /// How.
    pub kind: DebtChangeKind,
    /// By how much.
    pub amount: Money,
    /// When.
    pub at: DateTime,
}

impl From<debt_change::Model> for DebtChange {
    fn from(row: debt_change::Model) -> Self {
        Self {
            kind: row.kind.into(),
            amount: row.amount.into(),
            at: DateTime(row.at),
        }
    }
}

type Changes = Batch<DebtId, Vec<debt_change::Model>>;

/// What one owes another, or the platform. Whatever comes into the debtor's wallet pays it: users first, then the platform, oldest first.
#[derive(Debug, Clone)]
pub struct Debt {
    card: Card,
    changes: Arc<Changes>,
}

/// What one owes another, or the platform. Whatever comes into the debtor's wallet pays it: users first, then the platform, oldest first.
#[Object(serial)]
impl Debt {
    /// Its id.
    pub async fn id(&self) -> ID {
        id::encode(self.card.debt.id)
    }
    /// Who owes.
    async fn debtor(&self, ctx: &Context<'_>) -> User {
        User::new(ctx, self.card.debtor.clone())
    }
    /// To whom. Null: to the platform.
    async fn creditor(&self, ctx: &Context<'_>) -> Option<User> {
        self.card.creditor.clone().map(|creditor| User::new(ctx, creditor))
    }
    /// What it comes from.
    async fn cause(&self) -> DebtCause {
        self.card.debt.cause.into()
    }
    /// How much it was.
    async fn amount(&self) -> Money {
        self.card.debt.amount.into()
    }
    /// How much of it is left.
    async fn remaining(&self) -> Money {
        self.card.debt.remaining.into()
    }
    /// Since when.
    async fn created_at(&self) -> DateTime {
        DateTime(self.card.debt.created_at)
    }
    /// When nothing was left of it. Null: something is.
    async fn ended_at(&self) -> Option<DateTime> {
        self.card.debt.ended_at.map(DateTime)
    }
    /// What made it smaller, oldest first.
    async fn changes(&self, ctx: &Context<'_>) -> Result<Vec<DebtChange>> {
        let load = async |ids: Vec<DebtId>| domain::changes(ctx.env(), &ids).await;
        let rows = self.changes.get(self.card.debt.id, load).await?;
        Ok(rows.unwrap_or_default().into_iter().map(DebtChange::from).collect())
    }
}

impl From<Card> for Debt {
    fn from(card: Card) -> Self {
        let changes = Arc::new(Batch::new([card.debt.id]));
        Self { card, changes }
    }
}

impl Debt {
    /// The debts of a page, which fetch together what belongs to each.
    fn of_page(cards: &[Card]) -> impl Fn(Card) -> Self + use<> {
        Self::of_ids(cards.iter().map(|card| card.debt.id).collect())
    }

    fn of_ids(ids: Vec<DebtId>) -> impl Fn(Card) -> Self {
        let changes = Arc::new(Batch::new(ids));
        move |card| Self {
            card,
            changes: Arc::clone(&changes),
        }
    }

    /// The caller's debts that these changes made smaller.
    pub async fn of_changes(ctx: &Context<'_>, member: Member, ids: &[DebtChangeId]) -> Result<HashMap<DebtChangeId, Self>, Failure> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let cards = domain::of_changes(ctx.env(), member, ids).await?;
        let shown = Self::of_ids(cards.values().map(|card| card.debt.id).collect());
        Ok(cards.into_iter().map(|(id, card)| (id, shown(card))).collect())
    }

    /// Debts that fetch together what belongs to each.
    pub(super) fn all(cards: HashMap<DebtId, Card>) -> HashMap<DebtId, Self> {
        let shown = Self::of_ids(cards.values().map(|card| card.debt.id).collect());
        cards.into_iter().map(|(id, card)| (id, shown(card))).collect()
    }

    /// Those of some debts that the caller may see: his own, and for an admin all.
    pub async fn find_all(ctx: &Context<'_>, ids: &[DebtId]) -> Result<HashMap<DebtId, Self>, Failure> {
        let cards = if let Ok(admin) = policy::admin(ctx.actor()) {
            domain::find_all(ctx.env(), admin, ids).await?
        } else if let Ok(member) = policy::member(ctx.actor()) {
            domain::of_ids(ctx.env(), member, ids).await?
        } else {
            HashMap::new()
        };
        Ok(Self::all(cards))
    }
}

/// On which side of a debt you are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum DebtSide {
    /// You owe.
    Debtor,
    /// You are owed.
    Creditor,
}

impl From<DebtSide> for Side {
    fn from(side: DebtSide) -> Self {
        match side {
            DebtSide::Debtor => Self::Debtor,
            DebtSide::Creditor => Self::Creditor,
        }
    }
}

/// Which debts of all.
#[derive(InputObject, Default)]
pub struct DebtFilter {
    /// Of this debtor.
    pub debtor_id: Option<ID>,
    /// Owed to this user.
    pub creditor_id: Option<ID>,
    /// Owed to the platform (true) or to users (false); without it both.
    pub to_platform: Option<bool>,
    /// Of which something is left (true) or nothing (false); without it both.
    pub open: Option<bool>,
    /// That come from this; without it from anything.
    pub cause: Option<DebtCause>,
}

impl DebtFilter {
    async fn filter(&self, ctx: &Context<'_>) -> Result<Filter, Failure> {
        Ok(Filter {
            debtor: user(ctx, self.debtor_id.as_ref()).await?,
            creditor: user(ctx, self.creditor_id.as_ref()).await?,
            to_platform: self.to_platform,
            open: self.open,
            cause: self.cause.map(Into::into),
        })
    }
}

/// A user who is there, if one is named.
async fn user(ctx: &Context<'_>, named: Option<&ID>) -> Result<Option<UserId>, Failure> {
    let Some(named) = named else { return Ok(None) };
    let user: UserId = id::decode(named)?;
    let found = face::read(ctx.env().db(), user).await?;
    found.map(|_| Some(user)).ok_or(Failure::Field(FieldCode::NotFound))
}

/// What you are owed, to be waived.
#[derive(InputObject)]
pub struct DebtWaiveInput {
    /// Which debt.
    pub debt_id: ID,
    /// Made by you for this one act: sending it again answers the same debt.
    pub idempotency_key: Uuid,
}

payload_type! {
    /// What `debtWaive` answers.
    DebtWaivePayload {
        /// The debt, of which nothing is left.
        debt: Debt
    }
}

/// Mutations of debts by those who are owed.
#[derive(Default)]
pub struct DebtMutation;

#[Object]
impl DebtMutation {
    /// Gives up what is left of what somebody owes you. It cannot be undone. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn debt_waive(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which debt.")] input: DebtWaiveInput,
    ) -> Result<Option<DebtWaivePayload>> {
        payload(ctx, waive(ctx, &input).await)
    }
}

async fn waive(ctx: &Context<'_>, input: &DebtWaiveInput) -> Result<Debt, Failure> {
    let member = policy::proven(policy::member(ctx.actor())?, ctx.env().now())?;
    let done = domain::waive(ctx.env(), member, id::decode(&input.debt_id)?, input.idempotency_key.0).await?;
    Ok(done.into())
}

/// Queries about debts.
#[derive(Default)]
pub struct DebtQuery;

#[Object]
impl DebtQuery {
    /// What you owe, or are owed; newest first.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn my_debts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On which side you are.")] side: DebtSide,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
    ) -> Result<Option<Connection<Debt>>> {
        let member = policy::member(ctx.actor())?;
        let page = domain::list(ctx.env(), member, side.into(), &ask(first, after.as_deref())?).await?;
        let node = Debt::of_page(&page.rows);
        Ok(Some(connection(page, after.is_some(), Card::place, node)))
    }

    /// What anybody owes; newest first.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn debts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
        #[graphql(desc = "Which debts; without it all.")] filter: Option<DebtFilter>,
    ) -> Result<Option<Connection<Debt>>> {
        let admin = policy::admin(ctx.actor())?;
        let filter = filter.unwrap_or_default().filter(ctx).await?;
        let page = domain::queue(ctx.env(), admin, &filter, &ask(first, after.as_deref())?).await?;
        let node = Debt::of_page(&page.rows);
        Ok(Some(connection(page, after.is_some(), Card::place, node)))
    }
}
