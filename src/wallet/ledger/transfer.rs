use entity::{
    kinds::TransferCause,
    value::{CaseId, DebtChangeId, DepositId, Money, MoneyDecisionId, OrderId, UserId, WithdrawalId},
};
use uuid::Uuid;

use super::{AccountKey, Wallet};

/// A movement of money, made by the constructor that says what it is. Its sides sum to zero.
#[derive(Debug, Clone)]
pub struct Transfer {
    cause: TransferCause,
    cause_id: Uuid,
    moves: Vec<(AccountKey, Money)>,
}

impl Transfer {
    fn new(cause: TransferCause, cause_id: Uuid, from: AccountKey, to: AccountKey, amount: Money) -> Self {
        Self {
            cause,
            cause_id,
            moves: vec![(from, -amount), (to, amount)],
        }
    }

    /// A deposit that the bank has received becomes available.
    #[must_use]
    pub fn deposit(deposit: DepositId, user: UserId, amount: Money) -> Self {
        Self::new(
            TransferCause::Deposit,
            deposit.0,
            AccountKey::BANK_CLEARING,
            AccountKey::available(user),
            amount,
        )
    }

    /// The bank takes a credited deposit back, out of what is in the wallet: `from` is not nothing.
    #[must_use]
    pub fn deposit_reversed(deposit: DepositId, user: UserId, from: Wallet) -> Self {
        Self::out_of_wallet(TransferCause::DepositReversed, deposit.0, user, from, AccountKey::BANK_CLEARING)
    }

    /// The bank takes a credited deposit back that was spent: the platform bears it, and the user owes it.
    #[must_use]
    pub fn deposit_shortfall(deposit: DepositId, amount: Money) -> Self {
        Self::new(
            TransferCause::DepositShortfall,
            deposit.0,
            AccountKey::FEES,
            AccountKey::BANK_CLEARING,
            amount,
        )
    }

    /// A debt is paid out of the debtor's wallet: `from` is not nothing.
    #[must_use]
    pub fn debt_paid(change: DebtChangeId, debtor: UserId, from: Wallet, to: AccountKey) -> Self {
        Self::out_of_wallet(TransferCause::DebtPaid, change.0, debtor, from, to)
    }

    /// The platform advances what is owed to a user.
    #[must_use]
    pub fn debt_advanced(change: DebtChangeId, creditor: UserId, amount: Money) -> Self {
        Self::new(
            TransferCause::DebtAdvanced,
            change.0,
            AccountKey::COMPENSATION,
            AccountKey::available(creditor),
            amount,
        )
    }

    /// The platform puts some of its earnings aside for compensation.
    #[must_use]
    pub fn compensation_funded(decision: MoneyDecisionId, amount: Money) -> Self {
        Self::new(
            TransferCause::CompensationFunded,
            decision.0,
            AccountKey::FEES,
            AccountKey::COMPENSATION,
            amount,
        )
    }

    fn out_of_wallet(cause: TransferCause, cause_id: Uuid, user: UserId, from: Wallet, to: AccountKey) -> Self {
        let parts = [
            (AccountKey::available(user), -from.available),
            (AccountKey::settling(user), -from.settling),
            (to, from.available + from.settling),
        ];
        Self {
            cause,
            cause_id,
            moves: parts.into_iter().filter(|(_, amount)| *amount != Money::ZERO).collect(),
        }
    }

    /// A purchase: the buyer's money goes into the order's escrow.
    #[must_use]
    pub fn order_hold(order: OrderId, buyer: UserId, price: Money) -> Self {
        Self::new(
            TransferCause::OrderHold,
            order.0,
            AccountKey::available(buyer),
            AccountKey::escrow(order),
            price,
        )
    }

    /// A cancelled purchase: the escrow goes back to the buyer.
    #[must_use]
    pub fn order_refund(order: OrderId, buyer: UserId, price: Money) -> Self {
        Self::new(
            TransferCause::OrderRefund,
            order.0,
            AccountKey::escrow(order),
            AccountKey::available(buyer),
            price,
        )
    }

    /// A completed order: the escrow goes to the seller's settling, minus the fee.
    #[must_use]
    pub fn order_payout(order: OrderId, seller: UserId, price: Money, fee: Money) -> Self {
        let mut payout = Self::new(
            TransferCause::OrderPayout,
            order.0,
            AccountKey::escrow(order),
            AccountKey::settling(seller),
            price,
        );
        if fee > Money::ZERO {
            payout.moves[1].1 = price - fee;
            payout.moves.push((AccountKey::FEES, fee));
        }
        payout
    }

    /// A returned purchase is divided by a ruling: to the seller and to the buyer, each what he is given. Whoever is given nothing has no side.
    #[must_use]
    pub fn order_split(order: OrderId, seller: (UserId, Money), buyer: (UserId, Money)) -> Self {
        let mut moves = vec![(AccountKey::escrow(order), -(seller.1 + buyer.1))];
        let given = [seller, buyer].into_iter().filter(|(_, amount)| *amount > Money::ZERO);
        moves.extend(given.map(|(user, amount)| (AccountKey::available(user), amount)));
        Self {
            cause: TransferCause::OrderSplit,
            cause_id: order.0,
            moves,
        }
    }

    /// Part of a seller's wallet is held for a case: `from` is not nothing.
    #[must_use]
    pub fn case_held(case: CaseId, seller: UserId, from: Wallet) -> Self {
        Self::out_of_wallet(TransferCause::CaseHeld, case.0, seller, from, AccountKey::case_hold(case))
    }

    /// What was held for a case goes back into the seller's wallet: `to` is not nothing.
    #[must_use]
    pub fn case_hold_returned(case: CaseId, seller: UserId, to: Wallet) -> Self {
        let mut back = Self::out_of_wallet(TransferCause::CaseHoldReturned, case.0, seller, to, AccountKey::case_hold(case));
        for (_, amount) in &mut back.moves {
            *amount = -*amount;
        }
        back
    }

    /// A ruling gives the buyer back what he had paid, out of the case's hold and the seller's wallet: together they are not nothing.
    #[must_use]
    pub fn case_recovered(case: CaseId, seller: UserId, held: Money, from: Wallet, buyer: UserId) -> Self {
        let mut paid = Self::out_of_wallet(TransferCause::CaseRecovered, case.0, seller, from, AccountKey::available(buyer));
        if held > Money::ZERO {
            paid.moves.retain(|(account, _)| *account != AccountKey::available(buyer));
            paid.moves.push((AccountKey::case_hold(case), -held));
            paid.moves
                .push((AccountKey::available(buyer), held + from.available + from.settling));
        }
        paid
    }

    /// Settled proceeds become available.
    #[must_use]
    pub fn settle(order: OrderId, seller: UserId, proceeds: Money) -> Self {
        Self::new(
            TransferCause::Settle,
            order.0,
            AccountKey::settling(seller),
            AccountKey::available(seller),
            proceeds,
        )
    }

    /// A withdrawal is asked for.
    #[must_use]
    pub fn withdrawal_hold(withdrawal: WithdrawalId, user: UserId, amount: Money) -> Self {
        Self::new(
            TransferCause::WithdrawalHold,
            withdrawal.0,
            AccountKey::available(user),
            AccountKey::withdrawal_hold(user),
            amount,
        )
    }

    /// The bank has paid a withdrawal.
    #[must_use]
    pub fn withdrawal_paid(withdrawal: WithdrawalId, user: UserId, amount: Money) -> Self {
        Self::new(
            TransferCause::WithdrawalPaid,
            withdrawal.0,
            AccountKey::withdrawal_hold(user),
            AccountKey::BANK_CLEARING,
            amount,
        )
    }

    /// A withdrawal was taken back, rejected or failed: the hold goes back.
    #[must_use]
    pub fn withdrawal_given_back(withdrawal: WithdrawalId, user: UserId, amount: Money) -> Self {
        Self::new(
            TransferCause::WithdrawalGivenBack,
            withdrawal.0,
            AccountKey::withdrawal_hold(user),
            AccountKey::available(user),
            amount,
        )
    }

    /// A paid withdrawal came back from the bank.
    #[must_use]
    pub fn withdrawal_returned(withdrawal: WithdrawalId, user: UserId, amount: Money) -> Self {
        Self::new(
            TransferCause::WithdrawalReturned,
            withdrawal.0,
            AccountKey::BANK_CLEARING,
            AccountKey::available(user),
            amount,
        )
    }

    /// Whether the owner of the account takes from it by his own will. A frozen wallet refuses that, and lets pass what timers, rulings and
    /// the bank do.
    #[must_use]
    pub const fn is_by_owner(&self) -> bool {
        match self.cause {
            TransferCause::OrderHold | TransferCause::WithdrawalHold => true,
            TransferCause::Deposit
            | TransferCause::DepositReversed
            | TransferCause::OrderRefund
            | TransferCause::OrderPayout
            | TransferCause::OrderFee
            | TransferCause::OrderSplit
            | TransferCause::Settle
            | TransferCause::WithdrawalPaid
            | TransferCause::WithdrawalGivenBack
            | TransferCause::WithdrawalReturned
            | TransferCause::DepositShortfall
            | TransferCause::DebtPaid
            | TransferCause::DebtAdvanced
            | TransferCause::CompensationFunded
            | TransferCause::CaseHeld
            | TransferCause::CaseHoldReturned
            | TransferCause::CaseRecovered => false,
        }
    }

    /// Why money moves.
    #[must_use]
    pub const fn cause(&self) -> TransferCause {
        self.cause
    }

    /// The order, deposit, withdrawal, change of a debt, decision or case behind it.
    #[must_use]
    pub const fn cause_id(&self) -> Uuid {
        self.cause_id
    }

    /// Its sides.
    #[must_use]
    pub fn moves(&self) -> &[(AccountKey, Money)] {
        &self.moves
    }

    /// What its sides sum to: nothing.
    #[must_use]
    pub fn sum(&self) -> Money {
        self.moves.iter().map(|(_, amount)| *amount).sum()
    }
}
