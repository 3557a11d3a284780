//! The ledger: double entry in fen. [`post`] is the only writer of balances.
//!
//! A user's and an order's accounts have a guarded balance, never below zero. The platform's accounts have none and no lock: a row that every
//! purchase wrote would cap the whole site; their balance is the sum of their entries.

use std::collections::BTreeMap;

use entity::{
    kinds::AccountKind,
    ledger_account, ledger_entry, ledger_transfer,
    value::{Money, OrderId, TransferId, UserId},
};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use uuid::Uuid;

use crate::kernel::{Fault, Tx, sql};

mod transfer;
mod verify;

pub use transfer::Transfer;
pub use verify::{Report, verify};

/// An account's name. The order of names is the order in which accounts are locked, the hottest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountKey {
    /// What the money in it is.
    pub kind: AccountKind,
    /// Whose: a user, an order, or nil for the platform.
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
    /// What the platform earned.
    pub const FEES: Self = Self {
        kind: AccountKind::Fees,
        owner: Uuid::nil(),
    };
    /// What the bank holds for us, negated.
    pub const BANK_CLEARING: Self = Self {
        kind: AccountKind::BankClearing,
        owner: Uuid::nil(),
    };

    /// Whether it has a guarded balance.
    const fn is_guarded(self) -> bool {
        match self.kind {
            AccountKind::Escrow | AccountKind::WithdrawalHold | AccountKind::Settling | AccountKind::Available => true,
            AccountKind::Fees | AccountKind::BankClearing => false,
        }
    }
}

/// Why nothing was moved.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
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
/// Business uniqueness is the ledger's own: a cause moves its money once, whatever key the caller came with.
///
/// # Panics
/// When a transfer does not sum to zero, which is a defect of ours that must not reach the books.
pub async fn post(tx: &Tx, transfers: &[Transfer]) -> Result<(), PostError> {
    let mut changes = BTreeMap::<AccountKey, Change>::new();
    for transfer in transfers {
        assert_eq!(transfer.sum(), Money::ZERO, "a transfer sums to zero: {transfer:?}");
        assert!(
            transfer.moves().iter().all(|(_, amount)| *amount != Money::ZERO),
            "each side of a transfer moves something: {transfer:?}"
        );
        let id = write_transfer(tx, transfer).await?;
        for (account, amount) in transfer.moves() {
            changes.entry(*account).or_default().moves.push((id, *amount));
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
    let row = sql::one(
        tx.db(),
        "UPDATE ledger_accounts SET balance = balance + $3, seq = seq + $4 WHERE owner_id = $1 AND kind = $2 AND balance + $5 >= 0 RETURNING balance, seq",
        vec![account.owner.into(), account.kind.as_str().into(), change.net().0.into(), count.into(), change.lowest().0.into()],
    )
    .await?;
    let row = row.ok_or(PostError::Insufficient)?;
    let (balance, seq): (i64, i64) = (
        row.try_get("", "balance").map_err(Fault::from)?,
        row.try_get("", "seq").map_err(Fault::from)?,
    );
    Ok((seq - count, Money(balance) - change.net()))
}

async fn open(tx: &Tx, account: AccountKey) -> Result<(), Fault> {
    let row = ledger_account::ActiveModel {
        owner_id: Set(account.owner),
        kind: Set(account.kind),
        balance: Set(Money::ZERO),
        seq: Set(0),
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

/// A cause and its fact, for tests of the pure parts.
#[cfg(test)]
mod tests {
    use entity::kinds::TransferCause;

    use super::*;

    #[test]
    fn an_account_must_bear_the_lowest_point_on_the_way() {
        let change = |amounts: &[i64]| Change {
            moves: amounts.iter().map(|amount| (TransferId::new(), Money(*amount))).collect(),
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
