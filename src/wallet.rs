//! Users' money: the ledger, deposits, withdrawals, and what a user sees of them.

use crate::kernel::rewrap::SealedColumn;

mod answer;
pub mod case_hold;
pub mod claim;
pub mod debt;
pub mod decision;
pub mod deposit;
pub mod freeze;
mod hold_owner;
pub mod ledger;
pub mod limits;
pub mod overview;
pub mod payout_account;
pub mod quarantine;
pub mod reconcile;
pub mod statement;
pub mod webhook;
pub mod withdrawal;

/// The columns of the wallet whose values are sealed under the server's keys.
#[must_use]
pub fn sealed() -> Vec<SealedColumn> {
    payout_account::SEALED.to_vec()
}

pub use overview::{Overview, overview};
pub use statement::{Direction, Filter, Line, statement};
