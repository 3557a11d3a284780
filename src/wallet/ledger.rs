//! The ledger: double entry in fen. [`post`] is the only writer of balances.
//!
//! A user's and an order's accounts, and the platform's compensation, have a guarded balance, never below zero. The platform's fees and bank
//! clearing have none and no lock: a row that every purchase wrote would cap the whole site; their balance is the sum of their entries, which
//! [`roll_up`] adds up for each day that is over.

use std::collections::{BTreeMap, BTreeSet};

use entity::{
    kinds::AccountKind,
    ledger_account, ledger_entry, ledger_transfer,
    value::{CaseId, Money, OrderId, TransferId, UserId},
};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use uuid::Uuid;

use crate::kernel::{Fault, Tx, sql};

mod balances;
mod rollup;
mod set_off;
mod transfer;
mod verify;

pub(super) use balances::{Wallet, add_freeze, fees, lock_compensation, lock_wallet, platform};
pub use balances::{by_kind, settle};
pub use rollup::roll_up;
pub(super) use set_off::{line_up, owe, reduce, set_off, take_turn};
pub use transfer::Transfer;
pub use verify::{Report, verify};

/// An account's name. The order of names is the order in which accounts are locked, the hottest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountKey {
    /// What the money in it is.
    pub kind: AccountKind,
    /// Whose: a user, an order, a case, or nil for the platform.
    pub owner: Uuid,
}

impl AccountKey {
    /// A user's money.
    #[must_use]
    pub const fn available(user: UserId) -> Self {
        Self {
            kind: AccountKind::Available,
            owner: user.0,
        }
    }
    /// A user's proceeds that are not yet available.
    #[must_use]
    pub const fn settling(user: UserId) -> Self {
        Self {
            kind: AccountKind::Settling,
            owner: user.0,
        }
    }
    /// A user's withdrawals under way.
    #[must_use]
    pub const fn withdrawal_hold(user: UserId) -> Self {
        Self {
            kind: AccountKind::WithdrawalHold,
            owner: user.0,
        }
    }
    /// An order's escrow.
    #[must_use]
    pub const fn escrow(order: OrderId) -> Self {
        Self {
            kind: AccountKind::Escrow,
            owner: order.0,
        }
    }
    /// What is held of a seller's wallet for a case.
    #[must_use]
    pub const fn case_hold(case: CaseId) -> Self {
        Self {
            kind: AccountKind::CaseHold,
            owner: case.0,
        }
    }
    /// What the platform keeps to advance what others owe.
    pub const COMPENSATION: Self = Self {
        kind: AccountKind::Compensation,
        owner: Uuid::nil(),
    };
    /// What the platform earned, less what it lost.
    pub const FEES: Self = Self {
        kind: AccountKind::Fees,
        owner: Uuid::nil(),
    };
    /// What the bank holds for us, negated.
    pub const BANK_CLEARING: Self = Self {
        kind: AccountKind::BankClearing,
        owner: Uuid::nil(),
    };

    /// The user whose wallet it is in, if what comes in there pays his debts.
    const fn debtor(self) -> Option<UserId> {
        match self.kind {
            AccountKind::Settling | AccountKind::Available => Some(UserId(self.owner)),
            AccountKind::Escrow
            | AccountKind::CaseHold
            | AccountKind::WithdrawalHold
            | AccountKind::Compensation
            | AccountKind::Fees
            | AccountKind::BankClearing => None,
        }
    }

    /// Whether it has a guarded balance.
    const fn is_guarded(self) -> bool {
        match self.kind {
            AccountKind::Escrow
            | AccountKind::CaseHold
            | AccountKind::WithdrawalHold
            | AccountKind::Settling
            | AccountKind::Available
            | AccountKind::Compensation => true,
            AccountKind::Fees | AccountKind::BankClearing => false,
        }
    }
}

/// Why nothing was moved.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// The wallet is frozen, and its owner would take from it.
    #[error("the wallet is frozen")]
    Frozen,
    /// Its owner owes something, and would take from the wallet.
    #[error("a debt is open")]
    InDebt,
    /// An account would fall below zero.
    #[error("the balance is too low")]
    Insufficient,
    /// This cause has moved its money already.
    #[error("this was posted before")]
    AlreadyPosted,
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// What one transaction does to one account: each amount, in order.
#[derive(Default)]
struct Change {
    moves: Vec<(TransferId, Money)>,
    /// Whether its owner takes from it by his own will, rather than a timer, a ruling or the bank.
    by_owner: bool,
}

impl Change {
    fn net(&self) -> Money {
        self.moves.iter().map(|(_, amount)| *amount).sum()
    }

    /// The lowest point on the way, at most zero: the balance before must bear it.
    fn lowest(&self) -> Money {
        let mut running = Money::ZERO;
        self.moves
            .iter()
            .map(|(_, amount)| {
                running = running + *amount;
                running
            })
            .min()
            .unwrap_or_default()
            .min(Money::ZERO)
    }
}

/// Posts all transfers of a transaction. Either all move or the transaction must be dropped.
///
/// Business uniqueness is the ledger's own: a cause moves its money once, whatever key the caller came with. What comes into the wallet of
/// somebody who owes is set against his debts at once, each payment a transfer of its own. What belongs together is posted in one call: whoever
/// holds accounts already should not wait for the turn in which debts are paid.
///
/// # Panics
/// When a transfer does not sum to zero, which is a defect of ours that must not reach the books.
pub async fn post(tx: &Tx, transfers: &[Transfer]) -> Result<(), PostError> {
    let credited = credited(transfers);
    let owing = balances::owing(tx, &credited).await?;
    if !owing.is_empty() {
        let touched = transfers
            .iter()
            .flat_map(|transfer| transfer.moves().iter().map(|(account, _)| *account));
        line_up(tx, &owing, touched.collect()).await?;
    }
    book(tx, transfers).await?;
    // Asked again: a debt that was opened meanwhile has let us wait at the account, and is there now.
    for debtor in balances::owing(tx, &credited).await? {
        if owing.contains(&debtor) || set_off::try_turn(tx).await? {
            set_off(tx, debtor).await?;
        }
    }
    Ok(())
}

/// The users into whose wallets these transfers bring something.
fn credited(transfers: &[Transfer]) -> BTreeSet<UserId> {
    let moves = transfers.iter().flat_map(Transfer::moves);
    let into_wallets = moves.filter(|(_, amount)| *amount > Money::ZERO);
    into_wallets.filter_map(|(account, _)| account.debtor()).collect()
}

/// Writes transfers and changes balances, accounts in their order.
async fn book(tx: &Tx, transfers: &[Transfer]) -> Result<(), PostError> {
    let mut changes = BTreeMap::<AccountKey, Change>::new();
    for transfer in transfers {
        assert_eq!(transfer.sum(), Money::ZERO, "a transfer sums to zero: {transfer:?}");
        assert!(
            transfer.moves().iter().all(|(_, amount)| *amount != Money::ZERO),
            "each side of a transfer moves something: {transfer:?}"
        );
        let id = write_transfer(tx, transfer).await?;
        for (account, amount) in transfer.moves() {
            let change = changes.entry(*account).or_default();
            change.moves.push((id, *amount));
            change.by_owner |= *amount < Money::ZERO && transfer.is_by_owner();
        }
    }
    let mut entries = Vec::new();
    for (account, change) in &changes {
        let start = if account.is_guarded() {
            Some(apply(tx, *account, change).await?)
        } else {
            None
        };
        entries.extend(entries_of(*account, change, start));
    }
    ledger_entry::Entity::insert_many(entries)
        .exec_without_returning(tx.db())
        .await
        .map_err(Fault::from)?;
    Ok(())
}

async fn write_transfer(tx: &Tx, transfer: &Transfer) -> Result<TransferId, PostError> {
    let id = TransferId::new();
    let row = ledger_transfer::ActiveModel {
        id: Set(id),
        cause: Set(transfer.cause()),
        cause_id: Set(transfer.cause_id()),
        at: Set(tx.now()),
    };
    let once = OnConflict::columns([ledger_transfer::Column::Cause, ledger_transfer::Column::CauseId])
        .do_nothing()
        .to_owned();
    let written = ledger_transfer::Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(tx.db())
        .await
        .map_err(Fault::from)?;
    if written == 1 { Ok(id) } else { Err(PostError::AlreadyPosted) }
}

/// Changes a guarded account in one statement, and answers its number of entries and balance before.
async fn apply(tx: &Tx, account: AccountKey, change: &Change) -> Result<(i64, Money), PostError> {
    let count = i64::try_from(change.moves.len()).map_err(Fault::internal)?;
    open(tx, account).await?;
    // What an owner takes himself must find his wallet open and without debts, in the very statement that takes it.
    let at_will = if change.by_owner { " AND frozen = 0 AND owed = 0" } else { "" };
    let update = format!(
        "UPDATE ledger_accounts SET balance = balance + $3, seq = seq + $4 \
         WHERE owner_id = $1 AND kind = $2 AND balance + $5 >= 0{at_will} RETURNING balance, seq"
    );
    let values = vec![
        account.owner.into(),
        account.kind.as_str().into(),
        change.net().0.into(),
        count.into(),
        change.lowest().0.into(),
    ];
    let Some(row) = sql::one(tx.db(), &update, values).await? else {
        return Err(why_not(tx, account, change).await?);
    };
    let (balance, seq): (i64, i64) = (
        row.try_get("", "balance").map_err(Fault::from)?,
        row.try_get("", "seq").map_err(Fault::from)?,
    );
    Ok((seq - count, Money(balance) - change.net()))
}

/// Why an account was not changed.
async fn why_not(tx: &Tx, account: AccountKey, change: &Change) -> Result<PostError, Fault> {
    let row = ledger_account::Entity::find_by_id((account.owner, account.kind))
        .one(tx.db())
        .await?;
    Ok(match row {
        Some(row) if change.by_owner && row.frozen > 0 => PostError::Frozen,
        Some(row) if change.by_owner && row.owed > Money::ZERO => PostError::InDebt,
        _ => PostError::Insufficient,
    })
}

async fn open(tx: &Tx, account: AccountKey) -> Result<(), Fault> {
    let row = ledger_account::ActiveModel {
        owner_id: Set(account.owner),
        kind: Set(account.kind),
        balance: Set(Money::ZERO),
        seq: Set(0),
        frozen: Set(0),
        owed: Set(Money::ZERO),
    };
    ledger_account::Entity::insert(row)
        .on_conflict_do_nothing()
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

fn entries_of(account: AccountKey, change: &Change, start: Option<(i64, Money)>) -> Vec<ledger_entry::ActiveModel> {
    let mut place = start;
    let mut entries = Vec::with_capacity(change.moves.len());
    for (transfer, amount) in &change.moves {
        place = place.map(|(seq, balance)| (seq + 1, balance + *amount));
        entries.push(ledger_entry::ActiveModel {
            transfer_id: Set(*transfer),
            kind: Set(account.kind),
            owner_id: Set(account.owner),
            amount: Set(*amount),
            seq: Set(place.map(|(seq, _)| seq)),
            balance: Set(place.map(|(_, balance)| balance)),
        });
    }
    entries
}

#[cfg(test)]
mod tests {
    use entity::kinds::TransferCause;

    use super::*;

    #[test]
    fn an_account_must_bear_the_lowest_point_on_the_way() {
        let change = |amounts: &[i64]| Change {
            moves: amounts.iter().map(|amount| (TransferId::new(), Money(*amount))).collect(),
            by_owner: false,
        };
        for (amounts, net, lowest) in [(&[5, -3][..], 2, 0), (&[-3, 5], 2, -3), (&[-1, -1], -2, -2), (&[4], 4, 0)] {
            assert_eq!(
                (change(amounts).net(), change(amounts).lowest()),
                (Money(net), Money(lowest)),
                "{amounts:?}"
            );
        }
    }

    #[test]
    fn a_cause_names_each_way_that_money_moves() {
        let order = OrderId::new();
        let payout = Transfer::order_payout(order, UserId::new(), Money(1_999), Money(99));
        assert_eq!(payout.sum(), Money::ZERO);
        assert_eq!((payout.cause(), payout.cause_id()), (TransferCause::OrderPayout, order.0));
    }
}
