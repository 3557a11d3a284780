//! Where users want their money paid: bank accounts in their verified names.

mod add;
mod erase;
mod list;
mod remove;
mod store;

use entity::value::{PayoutAccountId, Time};

use crate::kernel::Secret;

pub use add::{ACCOUNTS, AddError, DIGITS, add};
pub use erase::erase;
pub use list::{list, of_ids};
pub use remove::{RemoveError, remove};

pub(super) use store::{SEALED, destination, is_of};

/// A payout account as its owner sees it. The number stays sealed but for its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayoutAccount {
    /// Which.
    pub id: PayoutAccountId,
    /// The last four digits, to tell it by.
    pub last_four: String,
    /// When it was added.
    pub created_at: Time,
    /// When it was removed; withdrawals that were asked for before still name it.
    pub removed_at: Option<Time>,
}

/// Where a payout goes, opened for the bank alone. It has no `Debug`, so that no log line shows it.
pub(super) struct Destination {
    /// The name on the account.
    pub holder: Secret,
    /// Its number.
    pub number: Secret,
}
