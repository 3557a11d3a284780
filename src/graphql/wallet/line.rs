//! Lines of the statement, and what they are about.

use std::collections::HashMap;

use async_graphql::{Context, SimpleObject, Union};
use entity::{
    deposit, kinds,
    value::{CaseId, DebtChangeId, DepositId, OrderId, WithdrawalId},
};

use super::{WalletCause, debt::Debt, orders};
use crate::{
    graphql::{
        case::Case,
        context::Ask,
        deposit::Deposit,
        errors::Failure,
        order::Order,
        scalars::{DateTime, Money},
        withdrawal::Withdrawal,
    },
    kernel::policy::{self, Member},
    wallet::{Line, deposit as deposits, withdrawal},
};

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
    /// A case.
    Case(Box<Case>),
}

/// One line of the statement.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct WalletLine {
    /// When.
    pub at: DateTime,
    /// Why.
    pub cause: WalletCause,
    /// What it added; negative: took.
    pub amount: Money,
    /// What this part of your wallet held after it.
    pub balance: Money,
    /// What it is about. Null for orders and cases if you are blacklisted.
    pub subject: Option<WalletSubject>,
}

/// The deposits, withdrawals, orders, debts and cases behind a page of lines.
#[derive(Default)]
pub(super) struct Subjects {
    deposits: HashMap<DepositId, deposit::Model>,
    withdrawals: HashMap<WithdrawalId, withdrawal::Card>,
    orders: HashMap<OrderId, Order>,
    debts: HashMap<DebtChangeId, Debt>,
    cases: HashMap<CaseId, Case>,
}

/// What kind of thing a cause's id names.
enum Kind {
    Deposit,
    Withdrawal,
    Order,
    Debt,
    Case,
    /// Of the platform, in nobody's wallet.
    Platform,
}

const fn kind(cause: kinds::TransferCause) -> Kind {
    use kinds::TransferCause as Cause;
    match cause {
        Cause::Deposit | Cause::DepositReversed | Cause::DepositShortfall => Kind::Deposit,
        Cause::DebtPaid | Cause::DebtAdvanced => Kind::Debt,
        Cause::CaseHeld | Cause::CaseHoldReturned | Cause::CaseRecovered => Kind::Case,
        Cause::CompensationFunded => Kind::Platform,
        Cause::WithdrawalHold | Cause::WithdrawalPaid | Cause::WithdrawalGivenBack | Cause::WithdrawalReturned => Kind::Withdrawal,
        Cause::OrderHold | Cause::OrderRefund | Cause::OrderPayout | Cause::OrderFee | Cause::OrderSplit | Cause::Settle => Kind::Order,
    }
}

pub(super) async fn subjects(ctx: &Context<'_>, member: Member, lines: &[Line]) -> Result<Subjects, Failure> {
    let wanted = ctx.look_ahead();
    if !wanted.field("nodes").field("subject").exists() && !wanted.field("edges").field("node").field("subject").exists() {
        return Ok(Subjects::default());
    }
    let of = |wanted: fn(Kind) -> bool| lines.iter().filter(move |line| wanted(kind(line.cause))).map(|line| line.cause_id);
    let deposit_ids: Vec<DepositId> = of(|kind| matches!(kind, Kind::Deposit)).map(DepositId).collect();
    let withdrawal_ids: Vec<WithdrawalId> = of(|kind| matches!(kind, Kind::Withdrawal)).map(WithdrawalId).collect();
    let order_ids: Vec<OrderId> = of(|kind| matches!(kind, Kind::Order)).map(OrderId).collect();
    let change_ids: Vec<DebtChangeId> = of(|kind| matches!(kind, Kind::Debt)).map(DebtChangeId).collect();
    let case_ids: Vec<CaseId> = of(|kind| matches!(kind, Kind::Case)).map(CaseId).collect();
    Ok(Subjects {
        debts: Debt::of_changes(ctx, member, &change_ids).await?,
        orders: orders(ctx, &order_ids).await?,
        cases: cases(ctx, &case_ids).await?,
        deposits: deposits::of_ids(ctx.env(), member, &deposit_ids).await?,
        withdrawals: withdrawal::of_ids(ctx.env(), member, &withdrawal_ids).await?,
    })
}

impl Subjects {
    /// A line with what it is about.
    pub(super) fn line(&self, line: &Line) -> WalletLine {
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
            Kind::Case => self
                .cases
                .get(&CaseId(line.cause_id))
                .map(|case| WalletSubject::Case(Box::new(case.clone()))),
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

/// The cases behind some lines. A blacklisted user sees none.
async fn cases(ctx: &Context<'_>, ids: &[CaseId]) -> Result<HashMap<CaseId, Case>, Failure> {
    if policy::trader(ctx.actor()).is_err() {
        return Ok(HashMap::new());
    }
    Case::find_all(ctx, ids).await
}
