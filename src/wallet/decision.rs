//! What admins decide about money: to advance what a user is owed, to write off what the platform is owed, to put earnings aside for
//! compensation, to say where a withdrawal's money is of which the bank says nothing. Above a sum, and always for compensation, a second admin has
//! to agree; he may only approve or refuse.

mod claim;
mod decide;
mod lapse;
mod list;
mod perform;
mod propose;
mod settle;

pub use claim::{claim, release};
pub use decide::{approve, refuse};
pub use lapse::lapse;
pub use list::{Card, Platform, all_of, find, platform, queue};
pub(super) use perform::advance;
pub use propose::{Proposal, What, propose};
pub(super) use settle::{Settlement, settle};

use entity::{kinds::QueueKind, value::Money};

use crate::kernel::{Event, Fault, text::TextError};

/// What waits for a second admin is not what it was.
pub(super) const DECISIONS_MOVED: Event = Event::queue_moved(QueueKind::MoneyDecisions);

/// The most that is put aside at once.
pub const FUND_AT_MOST: Money = Money::yuan(10_000_000);
/// How many hours a decision waits for the second admin; then it is void.
pub const WAITS_HOURS: i64 = 72;

/// Why nothing was decided.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecideError {
    /// The reason is not taken.
    #[error("reason: {0}")]
    Reason(#[from] TextError),
    /// The amount is nothing, or too much.
    #[error("the amount is out of range")]
    Amount,
    /// There is no such debt or decision.
    #[error("there is no such thing")]
    NotFound,
    /// Only what a user is owed can be advanced.
    #[error("it is owed to the platform")]
    OwedToPlatform,
    /// Only what the platform is owed can be written off.
    #[error("it is owed to a user")]
    OwedToUser,
    /// Less is left of the debt.
    #[error("less is left of the debt")]
    MoreThanLeft {
        /// How much.
        left: Money,
    },
    /// The platform's compensation, or what it earned, is less.
    #[error("the platform has less")]
    NotEnough {
        /// How much it has.
        there: Money,
    },
    /// The bank has answered meanwhile, or another has resolved it: nothing is left to settle.
    #[error("nothing is left to settle")]
    Settled,
    /// The same waits for a second admin already.
    #[error("the same waits for a second admin")]
    Waits,
    /// The admin has a part in it, or proposed it himself.
    #[error("the admin's own matter")]
    Own,
    /// Another admin looks at it.
    #[error("another admin looks at it")]
    Claimed {
        /// Who.
        by: String,
    },
    /// It does not wait any more.
    #[error("already decided")]
    AlreadyDecided {
        /// Who decided; none: it is void, since nobody did in time.
        by: Option<String>,
    },
    /// The key was used for something else.
    #[error("the key was used for other input")]
    KeyReused,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}
