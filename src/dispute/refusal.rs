//! Case B: the buyer gave the account back, the seller refused the return with evidence, and the platform finds out. The escrow stays where it is
//! until the case ends.

pub mod accept;
pub mod answer;
pub mod bring;
mod carry;
pub mod done;
mod end;
pub mod find;
mod hold;
pub mod open;
pub mod preview;
pub mod proposals;
pub mod propose;
pub mod room;
pub mod rule;
pub mod state;
mod store;
pub mod timers;

use entity::{
    case::Model,
    kinds::{CaseState, Finding},
};

pub(super) use self::carry::{carry_out, hold_for_ruling};
use self::state::{IllegalStep, Place};
use super::claim::ClaimError;
use crate::{
    kernel::{Fault, text::TextError},
    order::evidence::EvidenceError,
};

/// Why a case about a refused return took no step.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefusalError {
    /// There is no such case for him.
    #[error("no such case")]
    NotFound,
    /// He was blacklisted meanwhile, and adds nothing more.
    #[error("blacklisted")]
    Blacklisted,
    /// The case does not wait for it, or not any more.
    #[error("not possible now")]
    WrongState,
    /// The admin may not act in it as things are.
    #[error(transparent)]
    Claim(#[from] ClaimError),
    /// Somebody was first: it was found or ruled already.
    #[error("already decided")]
    AlreadyDecided {
        /// Who.
        by: Option<String>,
    },
    /// Whoever would be blacklisted is an admin, and cannot be before he loses the role.
    #[error("the cheat is an admin")]
    CheatIsAdmin,
    /// A ruling waits for a second admin.
    #[error("a ruling waits for a second admin")]
    Waits,
    /// The share is out of range, or given where none is weighed.
    #[error("the share is out of range")]
    Share,
    /// Another version of the settlement is open by now.
    #[error("another version is open")]
    OtherVersion,
    /// So many proposals, messages or pieces of evidence are the most.
    #[error("{0} are the most")]
    TooMany(usize),
    /// A text is too long, empty, or has forbidden characters.
    #[error("{field}: {why}")]
    Text {
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        why: TextError,
    },
    /// The evidence is not taken.
    #[error(transparent)]
    Evidence(#[from] EvidenceError),
    /// The key was used for something else.
    #[error("the key was used for other input")]
    KeyReused,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<IllegalStep> for RefusalError {
    fn from(_: IllegalStep) -> Self {
        Self::WrongState
    }
}

/// Where a case stands, by its row.
fn place(case: &Model) -> Result<Place, Fault> {
    let strange = || {
        let (state, finding) = (case.state, case.finding);
        Fault::internal(format!("a refused return cannot stand like this: {state:?} {finding:?}"))
    };
    Ok(match case.state {
        CaseState::Gathering => Place::Gathering,
        CaseState::InReview => Place::InReview,
        CaseState::AwaitingConsent => match case.finding {
            Some(Finding::Damaged) => Place::Damaged,
            Some(Finding::Intact) => Place::Intact,
            Some(Finding::Worthless | Finding::TakenBack) | None => return Err(strange()),
        },
        CaseState::Mediation => Place::Mediation,
        CaseState::FinalRuling => Place::FinalRuling,
        CaseState::Closed => Place::Closed,
        CaseState::AwaitingAnswer | CaseState::Upheld | CaseState::Rejected | CaseState::Withdrawn => return Err(strange()),
    })
}

/// The state of the row that stands there.
const fn state_of(place: Place) -> CaseState {
    match place {
        Place::Gathering => CaseState::Gathering,
        Place::InReview => CaseState::InReview,
        Place::Damaged | Place::Intact => CaseState::AwaitingConsent,
        Place::Mediation => CaseState::Mediation,
        Place::FinalRuling => CaseState::FinalRuling,
        Place::Closed => CaseState::Closed,
    }
}
