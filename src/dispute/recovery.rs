//! Case A: the buyer of a completed order says that its seller took the account back. The seller's wallet is frozen at once; he answers; an admin
//! upholds or rejects the claim.

pub mod answer;
pub mod bring;
mod care;
mod carry;
mod hold;
pub mod keep;
mod money;
pub mod narrow;
pub mod open;
pub mod preview;
pub mod reject;
pub mod state;
pub mod timers;
pub mod uphold;
pub mod withdraw;

use serde::Serialize;
use uuid::Uuid;

use self::state::IllegalStep;
pub(super) use self::{carry::carry_out, hold::for_ruling as hold_for_ruling};
use super::claim::ClaimError;
use crate::{
    kernel::{Fault, text::TextError},
    order::evidence::EvidenceError,
    wallet::case_hold::RecoverError,
};

/// Why a claim took no step.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryError {
    /// There is no such case, or order, for him.
    #[error("no such case")]
    NotFound,
    /// He was blacklisted meanwhile, and adds nothing more.
    #[error("blacklisted")]
    Blacklisted,
    /// The order did not complete.
    #[error("the order did not complete")]
    NotCompleted,
    /// The warranty is over.
    #[error("the warranty is over")]
    WarrantyOver,
    /// A claim about the order is open, or was upheld.
    #[error("there is a claim already")]
    AlreadyOpen,
    /// The case does not wait for it, or not any more.
    #[error(transparent)]
    WrongState(#[from] IllegalStep),
    /// The party has brought as much as there is room for.
    #[error("enough evidence")]
    TooMuchEvidence,
    /// The admin may not act in it as things are.
    #[error(transparent)]
    Claim(#[from] ClaimError),
    /// A ruling waits for a second admin.
    #[error("a ruling waits for a second admin")]
    Waits,
    /// The seller is an admin, and cannot be blacklisted before he loses the role.
    #[error("the seller is an admin")]
    SellerIsAdmin,
    /// The advance is less than nothing, or more than the claim.
    #[error("the advance is out of range")]
    Advance,
    /// The platform's compensation is less than what is to be advanced.
    #[error("the platform has less")]
    NotEnough {
        /// How much it has.
        there: entity::value::Money,
    },
    /// The reason is not taken.
    #[error("reason: {0}")]
    Reason(TextError),
    /// The evidence is not taken.
    #[error(transparent)]
    Evidence(#[from] EvidenceError),
    /// The key was used for something else.
    #[error("the key was used for other input")]
    KeyReused,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<RecoverError> for RecoveryError {
    fn from(error: RecoverError) -> Self {
        match error {
            RecoverError::NotEnough { there } => Self::NotEnough { there },
            RecoverError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// What somebody says and shows in a case.
#[derive(Debug, Clone, Serialize)]
pub struct Statement {
    /// About which case; of a new claim, about which order.
    pub about: Uuid,
    /// What he says, 2 to 2,000 characters.
    pub text: String,
    /// What he shows, up to 20 images of his own that are not used.
    pub images: Vec<entity::value::ImageId>,
    /// His idempotency key.
    #[serde(skip)]
    pub key: Uuid,
}

/// What an admin decides about a claim, with a reason.
#[derive(Debug, Clone, Serialize)]
pub struct Decision {
    /// Which case.
    pub case: entity::value::CaseId,
    /// Why: 2 to 500 characters.
    pub reason: String,
    /// His idempotency key.
    #[serde(skip)]
    pub key: Uuid,
}
