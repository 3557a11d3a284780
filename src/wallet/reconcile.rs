//! Both books, the bank's and ours, held side by side. What differs and does not settle by asking again waits for an admin.

use entity::value::Money;
use uuid::Uuid;

mod agree;
mod ask;
mod book;
mod list;
mod resolve;
mod run;
mod store;

pub use list::{Card, find_all, queue};
pub use resolve::{Outcome, Resolution, ResolveError, ask_again, claim, release, resolve};
pub use run::run;

pub(super) use book::reference;
pub(super) use resolve::{is_owner, settle_by_two};
pub(super) use store::{differs, note};

/// What is known of one deposit or withdrawal on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sides {
    /// How it stands with us, and the amount.
    ours: Option<(Ours, Money)>,
    /// The bank's word, and the amount it names where it names one.
    theirs: Option<(String, Option<Money>)>,
}

/// How something stands in our book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ours {
    Deposit(entity::kinds::DepositState),
    Withdrawal(entity::kinds::WithdrawalState),
}

impl Ours {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Deposit(state) => state.as_str(),
            Self::Withdrawal(state) => state.as_str(),
        }
    }
}

/// A deposit or withdrawal by the id that we and the bank share.
type Subject = Uuid;
