//! The wallet, as its owner sees it.

use std::collections::HashMap;

use async_graphql::{Context, Enum, InputObject, Object, Result, SimpleObject, Union};
use entity::{
    deposit,
    kinds::{self, AccountKind},
    value::{DebtChangeId, DepositId, OrderId, WithdrawalId},
};

use super::{
    auth::{Auth, Need, auth},
    connection::{Connection, ask, connection},
    context::Ask,
    deposit::Deposit,
    errors::Failure,
    order::Order,
    scalars::{DateTime, Money},
    withdrawal::Withdrawal,
};
pub mod claim;
pub mod debt;
pub mod decision;
pub mod difference;
pub mod freeze;

use debt::Debt;
use difference::QuarantinedWebhook;
use freeze::WalletFreeze;

use crate::{
    kernel::policy::{self, Member},
    wallet::{self, Filter, Line, Overview, deposit as deposits, overview::Settling, quarantine, withdrawal},
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
}

/// Proceeds of one sale that are not yet available.
#[derive(Debug, Clone, SimpleObject)]
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

/// What a line of the statement is about.
#[derive(Union)]
pub enum WalletSubject {
    /// A deposit.
    Deposit(Deposit),
    /// A withdrawal.
    Withdrawal(Box<Withdrawal>),
    /// An order.
    Order(Box<Order>),
    /// A debt.
    Debt(Box<Debt>),
}

/// One line of the statement.
#[derive(SimpleObject)]
pub struct WalletLine {
    /// When.
    pub at: DateTime,
    /// Why.
    pub cause: WalletCause,
    /// What it added; negative: took.
    pub amount: Money,
    /// What this part of your wallet held after it.
    pub balance: Money,
    /// What it is about. Null for orders if you are blacklisted.
    pub subject: Option<WalletSubject>,
}

/// The deposits, withdrawals and orders behind a page of lines.
#[derive(Default)]
struct Subjects {
    deposits: HashMap<DepositId, deposit::Model>,
    withdrawals: HashMap<WithdrawalId, withdrawal::Card>,
    orders: HashMap<OrderId, Order>,
    debts: HashMap<DebtChangeId, Debt>,
}

/// What kind of thing a cause's id names.
enum Kind {
    Deposit,
    Withdrawal,
    Order,
    Debt,
    /// Of the platform, in nobody's wallet.
    Platform,
}

const fn kind(cause: kinds::TransferCause) -> Kind {
    use kinds::TransferCause as Cause;
    match cause {
        Cause::Deposit | Cause::DepositReversed | Cause::DepositShortfall => Kind::Deposit,
        Cause::DebtPaid | Cause::DebtAdvanced => Kind::Debt,
        Cause::CompensationFunded => Kind::Platform,
        Cause::WithdrawalHold | Cause::WithdrawalPaid | Cause::WithdrawalGivenBack | Cause::WithdrawalReturned => Kind::Withdrawal,
        Cause::OrderHold | Cause::OrderRefund | Cause::OrderPayout | Cause::OrderFee | Cause::OrderSplit | Cause::Settle => Kind::Order,
    }
}

async fn subjects(ctx: &Context<'_>, member: Member, lines: &[Line]) -> Result<Subjects, Failure> {
    let wanted = ctx.look_ahead();
    if !wanted.field("nodes").field("subject").exists() && !wanted.field("edges").field("node").field("subject").exists() {
        return Ok(Subjects::default());
    }
    let of = |wanted: fn(Kind) -> bool| lines.iter().filter(move |line| wanted(kind(line.cause))).map(|line| line.cause_id);
    let deposit_ids: Vec<DepositId> = of(|kind| matches!(kind, Kind::Deposit)).map(DepositId).collect();
    let withdrawal_ids: Vec<WithdrawalId> = of(|kind| matches!(kind, Kind::Withdrawal)).map(WithdrawalId).collect();
    let order_ids: Vec<OrderId> = of(|kind| matches!(kind, Kind::Order)).map(OrderId).collect();
    let change_ids: Vec<DebtChangeId> = of(|kind| matches!(kind, Kind::Debt)).map(DebtChangeId).collect();
    Ok(Subjects {
        debts: Debt::of_changes(ctx, member, &change_ids).await?,
        orders: orders(ctx, &order_ids).await?,
        deposits: deposits::of_ids(ctx.env(), member, &deposit_ids).await?,
        withdrawals: withdrawal::of_ids(ctx.env(), member, &withdrawal_ids).await?,
    })
}

impl Subjects {
    fn line(&self, line: &Line) -> WalletLine {
        let subject = match kind(line.cause) {
            Kind::Deposit => self
                .deposits
                .get(&DepositId(line.cause_id))
                .map(|deposit| WalletSubject::Deposit(deposit.clone().into())),
            Kind::Withdrawal => self
                .withdrawals
                .get(&WithdrawalId(line.cause_id))
                .map(|card| WalletSubject::Withdrawal(Box::new(card.clone().into()))),
            Kind::Order => self
                .orders
                .get(&OrderId(line.cause_id))
                .map(|order| WalletSubject::Order(Box::new(order.clone()))),
            Kind::Debt => self
                .debts
                .get(&DebtChangeId(line.cause_id))
                .map(|debt| WalletSubject::Debt(Box::new(debt.clone()))),
            Kind::Platform => None,
        };
        WalletLine {
            at: DateTime(line.at),
            cause: line.cause.into(),
            amount: line.amount.into(),
            balance: line.balance.into(),
            subject,
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
