//! Figures, for admins.

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use entity::{
    kinds::{self, OrderStepKind as Step},
    value,
};

use super::Queue;
use crate::{
    graphql::{
        auth::{Auth, Need, auth},
        context::Ask,
        errors::Failure,
        order::OrderState,
        scalars::{DateTime, Money},
    },
    kernel::policy,
    staff::{self, figures as domain},
};

/// What the money in an account is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::AccountKind")]
pub enum AccountKind {
    /// Buyers' money while orders run.
    Escrow,
    /// Withdrawals under way.
    WithdrawalHold,
    /// What is held of sellers' wallets while cases run.
    CaseHold,
    /// Proceeds that are not yet available.
    Settling,
    /// Users' money.
    Available,
    /// What the platform keeps to advance what others owe.
    Compensation,
    /// What the platform earned, less what it lost.
    Fees,
    /// What the bank holds for all, below zero.
    BankClearing,
}

/// How many orders are in a state.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct OrderStateFigure {
    /// The state.
    pub state: OrderState,
    /// How many.
    pub count: i32,
}

/// What is in the accounts of a kind.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct AccountFigure {
    /// What kind.
    pub kind: AccountKind,
    /// How much in all.
    pub total: Money,
}

/// What happened to returns in the time.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct DisputeFigures {
    /// How often a return was asked for.
    pub return_requested_count: i32,
    /// How often a seller refused one, which is a dispute.
    pub return_refused_count: i32,
    /// How often the buyer got everything back.
    pub refunded_count: i32,
    /// How often the money was divided.
    pub split_count: i32,
}

/// The users as they are now. Closed accounts do not count.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct UserFigures {
    /// All.
    pub total_count: i32,
    /// Whose real name is verified.
    pub verified_count: i32,
    /// The blacklisted.
    pub blacklisted_count: i32,
    /// The admins.
    pub admin_count: i32,
    /// Whose wallet is frozen.
    pub frozen_count: i32,
}

/// One day of the time: 24 hours, counted from its beginning.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct DayFigures {
    /// When they begin.
    pub from: DateTime,
    /// How many orders were placed.
    pub placed_count: i32,
    /// How many orders were completed.
    pub completed_count: i32,
    /// What the completed ones cost.
    pub volume: Money,
    /// What the platform earned on them.
    pub fees: Money,
    /// How many users signed up.
    pub signed_up_count: i32,
}

/// Figures of a time.
pub struct Figures {
    of: domain::Figures,
    queues: Vec<staff::QueueState>,
}

/// Figures of a time.
#[Object]
impl Figures {
    /// When they were reckoned. For a minute the same are told again.
    async fn at(&self) -> DateTime {
        DateTime(self.of.at)
    }
    /// How many of the orders placed in the time are in each state now. States without any are left out.
    async fn orders(&self) -> Vec<OrderStateFigure> {
        let figure = |(state, count): &(kinds::OrderState, i64)| OrderStateFigure {
            state: (*state).into(),
            count: counted(*count),
        };
        self.of.orders.iter().map(figure).collect()
    }
    /// How many orders were completed in the time.
    async fn completed_count(&self) -> i32 {
        counted(self.of.days.iter().map(|day| day.completed).sum())
    }
    /// What the orders completed in the time cost.
    async fn volume(&self) -> Money {
        total(self.of.days.iter().map(|day| day.volume))
    }
    /// What the platform earned on the orders completed in the time.
    async fn fees(&self) -> Money {
        total(self.of.days.iter().map(|day| day.fees))
    }
    /// What happened to returns in the time.
    async fn disputes(&self) -> DisputeFigures {
        let count = |wanted: Step| {
            let found = self.of.steps.iter().find(|(step, _)| *step == wanted);
            counted(found.map_or(0, |(_, count)| *count))
        };
        DisputeFigures {
            return_requested_count: count(Step::ReturnRequested),
            return_refused_count: count(Step::ReturnRefused),
            refunded_count: count(Step::Refunded),
            split_count: count(Step::Split),
        }
    }
    /// Each 24 hours of the time.
    async fn days(&self) -> Vec<DayFigures> {
        let figures = |day: &domain::Day| DayFigures {
            from: DateTime(day.from),
            placed_count: counted(day.placed),
            completed_count: counted(day.completed),
            volume: day.volume.into(),
            fees: day.fees.into(),
            signed_up_count: counted(day.signed_up),
        };
        self.of.days.iter().map(figures).collect()
    }
    /// The users as they are now.
    async fn users(&self) -> UserFigures {
        let users = self.of.users;
        UserFigures {
            total_count: counted(users.total),
            verified_count: counted(users.verified),
            blacklisted_count: counted(users.blacklisted),
            admin_count: counted(users.admins),
            frozen_count: counted(users.frozen),
        }
    }
    /// What is in the accounts of each kind now, by the ledger. All together is nothing.
    async fn money(&self) -> Vec<AccountFigure> {
        let figure = |(kind, total): &(kinds::AccountKind, value::Money)| AccountFigure {
            kind: (*kind).into(),
            total: (*total).into(),
        };
        self.of.money.iter().map(figure).collect()
    }
    /// How the queues stand now.
    async fn queues(&self) -> Vec<Queue> {
        self.queues.iter().copied().map(Queue).collect()
    }
}

fn counted(count: i64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn total(amounts: impl Iterator<Item = value::Money>) -> Money {
    amounts.fold(value::Money::ZERO, |sum, amount| sum + amount).into()
}

/// Queries about figures.
#[derive(Default)]
pub struct FiguresQuery;

#[Object]
impl FiguresQuery {
    /// Figures of a time of at most 366 days; without one, of the last 30 days.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn figures(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "From when on; without it 30 days before `to`.")] from: Option<DateTime>,
        #[graphql(desc = "Before when; without it now.")] to: Option<DateTime>,
    ) -> Result<Option<Figures>> {
        Ok(Some(read(ctx, from, to).await?))
    }
}

async fn read(ctx: &Context<'_>, from: Option<DateTime>, to: Option<DateTime>) -> Result<Figures, Failure> {
    let admin = policy::admin(ctx.actor())?;
    // The running minute counts.
    let to = to.map_or_else(|| ctx.env().now().plus_minutes(1), |to| to.0);
    let from = from.map_or_else(|| to.plus_days(-30), |from| from.0);
    Ok(Figures {
        of: staff::figures(ctx.env(), admin, from, to).await?,
        queues: staff::queues(ctx.env(), admin).await?,
    })
}
