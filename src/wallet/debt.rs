//! What users owe: claims that are paid out of whatever comes into the debtor's wallet, before he can take anything from it himself.

use entity::{
    debt::{ActiveModel, Entity},
    kinds::DebtCause,
    value::{DebtId, Money, UserId},
};
use sea_orm::{ActiveValue::Set, EntityTrait};
use uuid::Uuid;

use super::ledger;
use crate::kernel::{Event, Fault, Tx};

mod card;
mod list;
mod pass_on;
mod waive;

pub use card::Card;
pub use list::{Filter, Side, changes, find_all, list, of_changes, of_ids, queue};
pub use pass_on::pass_on;
pub use waive::{WaiveError, waive};

/// A debt to be written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewDebt {
    /// Who owes.
    pub debtor: UserId,
    /// To whom; none: to the platform.
    pub creditor: Option<UserId>,
    /// What it comes from.
    pub cause: DebtCause,
    /// The deposit, order or change of another debt that it comes from. A cause makes one debt.
    pub cause_id: Uuid,
    /// How much: more than nothing.
    pub amount: Money,
}

/// Takes the turn in which debts change. A use-case that posts something before it writes a debt down takes it before it posts.
pub async fn take_turn(tx: &Tx) -> Result<(), Fault> {
    ledger::take_turn(tx).await
}

/// Writes a debt down, and pays at once what the debtor's wallet can. It touches ledger accounts, so it comes late in a transaction.
pub async fn open(tx: &Tx, new: &NewDebt) -> Result<DebtId, Fault> {
    let id = DebtId::new();
    let row = ActiveModel {
        id: Set(id),
        debtor_id: Set(new.debtor),
        creditor_id: Set(new.creditor),
        cause: Set(new.cause),
        cause_id: Set(new.cause_id),
        amount: Set(new.amount),
        remaining: Set(new.amount),
        created_at: Set(tx.now()),
        ended_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(tx.db()).await?;
    tx.emit(Event::DebtOpened {
        debt: id,
        debtor: new.debtor,
        creditor: new.creditor,
    });
    ledger::owe(tx, new.debtor, new.amount).await?;
    tracing::info!(debt = %id, debtor = %new.debtor, amount = %new.amount, cause = ?new.cause, "a debt was written down");
    Ok(id)
}
