//! Returns: the buyer asks, hands the account back, the seller agrees or refuses with evidence.

pub mod agree;
pub mod hand_back;
pub mod refuse;
pub mod request;
pub mod reveal;
pub mod withdraw;

use entity::{kinds::ReturnStep, order};

use super::{evidence::EvidenceError, state::IllegalStep};
use crate::kernel::{Event, Fault, Tx, text::TextError};

/// Why a return took no step.
#[derive(Debug, thiserror::Error)]
pub enum ReturnError {
    /// There is no such order for him on this side.
    #[error("no such order")]
    NotFound,
    /// The order does not wait for it.
    #[error(transparent)]
    WrongState(#[from] IllegalStep),
    /// A return was asked for before: once an order.
    #[error("a return was asked for before")]
    AlreadyAsked,
    /// A text is too long, empty, or has forbidden characters.
    #[error("{field}: {why}")]
    Text {
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        why: TextError,
    },
    /// Credentials are there with a statement, or missing without one.
    #[error("either credentials or a statement")]
    EitherOr,
    /// Too many images.
    #[error("too many images")]
    ImageCount,
    /// An image is named twice, not his, for something else, or in use.
    #[error("an image cannot be used")]
    ImageNotUsable,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<EvidenceError> for ReturnError {
    fn from(error: EvidenceError) -> Self {
        match error {
            EvidenceError::Text(why) => Self::Text { field: "text", why },
            EvidenceError::ImageCount => Self::ImageCount,
            EvidenceError::NoSuchImage => Self::NotFound,
            EvidenceError::ImageNotUsable => Self::ImageNotUsable,
            EvidenceError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Tells both parties of a step.
pub(super) fn tell(tx: &Tx, order: &order::Model, step: ReturnStep) {
    tx.emit(Event::ReturnMoved {
        order: order.id,
        buyer: order.buyer_id,
        seller: order.seller_id,
        step,
    });
}
