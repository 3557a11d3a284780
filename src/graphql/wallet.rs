//! The wallet, as its owner sees it.

use std::collections::HashMap;

use async_graphql::{Context, Enum, InputObject, Object, Result, SimpleObject};
use entity::{
    kinds::{self, AccountKind},
    value::OrderId,
};

use super::{
    auth::{Auth, Need, auth},
    connection::{Connection, ask, connection},
    context::Ask,
    errors::Failure,
    order::Order,
    scalars::{DateTime, Money},
    withdrawal::Withdrawal,
};
pub mod claim;
pub mod debt;
pub mod decide;
pub mod decision;
pub mod difference;
pub mod freeze;
mod line;

use difference::QuarantinedWebhook;
use freeze::WalletFreeze;
use line::{WalletLine, subjects};

use crate::{
    kernel::policy::{self, Member},
    wallet::{self, Filter, Line, Overview, limits, overview::Settling, quarantine, withdrawal},
};

/// Your money.
#[derive(Debug, Clone)]
pub struct Wallet {
    member: Member,
    overview: Overview,
}

/// Your money.
#[Object]
impl Wallet {
    /// What you can spend or take out.
    async fn available(&self) -> Money {
        self.overview.available.into()
    }
    /// Proceeds of your sales that are not yet available.
    async fn settling(&self) -> Money {
        self.overview.settling.into()
    }
    /// What settles when, soonest first; at most 100.
    async fn settling_entries(&self, ctx: &Context<'_>) -> Result<Vec<SettlingEntry>> {
        let entries = wallet::overview::settling(ctx.env(), self.member).await?;
        let ids: Vec<OrderId> = entries.iter().map(|entry| entry.order_id).collect();
        let orders = if ctx.look_ahead().field("order").exists() {
            orders(ctx, &ids).await?
        } else {
            HashMap::new()
        };
        let entry = |entry: Settling| SettlingEntry {
            order: orders.get(&entry.order_id).cloned(),
            amount: entry.amount.into(),
            settles_at: DateTime(entry.settles_at),
        };
        Ok(entries.into_iter().map(entry).collect())
    }
    /// What you owe in all. Until it is paid you can neither buy nor withdraw.
    async fn owed(&self) -> Money {
        self.overview.owed.into()
    }
    /// What is held for withdrawals under way.
    async fn held(&self) -> Money {
        self.overview.held.into()
    }
    /// Your withdrawals under way, newest first; at most 5.
    async fn open_withdrawals(&self, ctx: &Context<'_>) -> Result<Vec<Withdrawal>> {
        let open = withdrawal::open(ctx.env(), self.member).await?;
        Ok(open.into_iter().map(Withdrawal::from).collect())
    }
    /// Until when your withdrawals wait, after a new payout account, a changed address or a reset password. Null: they do not.
    async fn withdrawals_wait_until_at(&self) -> Option<DateTime> {
        self.overview.withdraw_after.map(DateTime)
    }
    /// Since when your wallet is frozen: money comes in, and you can neither buy nor withdraw. Null: it is not.
    async fn frozen_since_at(&self) -> Option<DateTime> {
        freeze::since(&self.overview.freezes).map(DateTime)
    }
    /// Why your wallet is frozen, oldest first. Empty: it is not.
    async fn freezes(&self) -> Vec<WalletFreeze> {
        WalletFreeze::all(&self.overview.freezes)
    }
    /// What may be paid in and out at once and in a day.
    async fn limits(&self, ctx: &Context<'_>) -> WalletLimits {
        let (deposit, withdrawal) = (limits::deposit(ctx.env()), limits::withdrawal(ctx.env()));
        WalletLimits {
            deposit_least: (*deposit.start()).into(),
            deposit_most: (*deposit.end()).into(),
            withdrawal_least: (*withdrawal.start()).into(),
            withdrawal_day: (*withdrawal.end()).into(),
            review_above: limits::review_above(ctx.env()).into(),
        }
    }
}

/// The limits of deposits and withdrawals, which the operator sets.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct WalletLimits {
    /// The least that may be paid in at once.
    pub deposit_least: Money,
    /// The most that may be paid in at once.
    pub deposit_most: Money,
    /// The least that may be taken out at once.
    pub withdrawal_least: Money,
    /// The most that may be taken out in 24 hours.
    pub withdrawal_day: Money,
    /// Above it an admin decides about a withdrawal.
    pub review_above: Money,
}

/// Proceeds of one sale that are not yet available.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct SettlingEntry {
    /// Of which order. Null if you are blacklisted.
    pub order: Option<Order>,
    /// How much.
    pub amount: Money,
    /// When it becomes available.
    pub settles_at: DateTime,
}

/// Those of some orders that the caller may see: none if he is blacklisted.
async fn orders(ctx: &Context<'_>, ids: &[OrderId]) -> Result<HashMap<OrderId, Order>, Failure> {
    if ids.is_empty() || policy::trader(ctx.actor()).is_err() {
        return Ok(HashMap::new());
    }
    Order::find_all(ctx, ids).await
}

/// A part of your wallet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum WalletPart {
    /// What you can spend.
    Available,
    /// Proceeds that are not yet available.
    Settling,
    /// What is held for withdrawals.
    Held,
}

impl From<WalletPart> for AccountKind {
    fn from(part: WalletPart) -> Self {
        match part {
            WalletPart::Available => Self::Available,
            WalletPart::Settling => Self::Settling,
            WalletPart::Held => Self::WithdrawalHold,
        }
    }
}

/// Why money moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::TransferCause")]
pub enum WalletCause {
    /// A deposit was credited.
    Deposit,
    /// The bank took a deposit back.
    DepositReversed,
    /// You bought; the price waits in escrow.
    OrderHold,
    /// A purchase was cancelled; you got the price back.
    OrderRefund,
    /// You sold; the proceeds settle.
    OrderPayout,
    /// The platform's fee on a sale.
    OrderFee,
    /// An order was divided by a ruling; this is your part.
    OrderSplit,
    /// Proceeds became available.
    Settle,
    /// You asked for a withdrawal; its amount is held.
    WithdrawalHold,
    /// The bank paid a withdrawal.
    WithdrawalPaid,
    /// A withdrawal was taken back, rejected or failed.
    WithdrawalGivenBack,
    /// A paid withdrawal came back from the bank.
    WithdrawalReturned,
    /// The bank took a deposit back that was spent; the platform bore it.
    DepositShortfall,
    /// A debt was paid: yours to another, or another's to you.
    DebtPaid,
    /// The platform advanced what you are owed.
    DebtAdvanced,
    /// The platform put some of its earnings aside.
    CompensationFunded,
    /// Part of your wallet is held for a case.
    CaseHeld,
    /// What was held for a case came back.
    CaseHoldReturned,
    /// By a ruling, for an account that its seller took back: what you had paid, or what you gave back.
    CaseRecovered,
}

/// Which lines of the statement.
#[derive(InputObject)]
pub struct WalletStatementFilter {
    /// Of which part of your wallet.
    #[graphql(default_with = "WalletPart::Available")]
    pub part: WalletPart,
    /// From this moment on.
    pub from: Option<DateTime>,
    /// Before this moment.
    pub before: Option<DateTime>,
    /// Of these causes only; empty: of all.
    #[graphql(default)]
    pub causes: Vec<WalletCause>,
    /// Only what came in, or what went out; without it both.
    pub direction: Option<WalletDirection>,
}

/// Which way money moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "wallet::Direction")]
pub enum WalletDirection {
    /// In.
    In,
    /// Out.
    Out,
}

/// A file that you can fetch for some minutes.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct WalletStatementFile {
    /// Where it is, relative to this server. It is for you alone: fetch it with your token or your session's cookie.
    pub url: String,
    /// Until when the address is good.
    pub expires_at: DateTime,
}

impl WalletStatementFilter {
    fn filter(given: Option<Self>) -> Filter {
        let given = given.unwrap_or(Self {
            part: WalletPart::Available,
            from: None,
            before: None,
            causes: Vec::new(),
            direction: None,
        });
        Filter {
            account: given.part.into(),
            from: given.from.map(|at| at.0),
            before: given.before.map(|at| at.0),
            causes: given.causes.into_iter().map(Into::into).collect(),
            direction: given.direction.map(Into::into),
        }
    }
}

/// Queries about the wallet.
#[derive(Default)]
pub struct WalletQuery;

#[Object]
impl WalletQuery {
    /// Your wallet.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn wallet(&self, ctx: &Context<'_>) -> Result<Option<Wallet>> {
        let member = policy::member(ctx.actor())?;
        let overview = wallet::overview(ctx.env(), member).await?;
        Ok(Some(Wallet { member, overview }))
    }

    /// What moved your money, newest first, with the balance after each line.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn wallet_statement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
        #[graphql(desc = "Which lines; without it all of what you can spend.")] filter: Option<WalletStatementFilter>,
    ) -> Result<Option<Connection<WalletLine>>> {
        let member = policy::member(ctx.actor())?;
        let filter = WalletStatementFilter::filter(filter);
        let page = wallet::statement(ctx.env(), member, &filter, &ask(first, after.as_deref())?).await?;
        let subjects = subjects(ctx, member, &page.rows).await?;
        Ok(Some(connection(page, after.is_some(), Line::place, |line| subjects.line(&line))))
    }

    /// Your statement as a file of comma-separated values (UTF-8) for a spreadsheet, newest first: at most 50,000 lines.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn wallet_statement_csv(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which lines; without it all of what you can spend.")] filter: Option<WalletStatementFilter>,
    ) -> Result<Option<WalletStatementFile>> {
        let member = policy::member(ctx.actor())?;
        let filter = WalletStatementFilter::filter(filter);
        let (ticket, until) = wallet::statement::link::sign(ctx.env(), member, &filter, ctx.locale())?;
        Ok(Some(WalletStatementFile {
            url: format!("/graphql/statement/{ticket}"),
            expires_at: DateTime(until),
        }))
    }

    /// The newest webhooks of the bank that do not fit our record; at most 100.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn bank_quarantine(&self, ctx: &Context<'_>) -> Result<Option<Vec<QuarantinedWebhook>>> {
        let admin = policy::admin(ctx.actor())?;
        let rows = quarantine::quarantine(ctx.env(), admin).await?;
        Ok(Some(rows.into_iter().map(QuarantinedWebhook::from).collect()))
    }
}
