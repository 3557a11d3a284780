//! Why an admin does not get, or keep, something that waits and is about money.

use entity::value::{Time, UserId};

use crate::{
    account::face,
    kernel::{Fault, Tx, claim::other, policy::Admin},
};

/// Why nothing was claimed or given back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClaimError {
    /// There is no such thing.
    #[error("no such thing")]
    NotFound,
    /// It is the admin's own matter.
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
        /// Who decided; none: no admin did.
        by: Option<String>,
    },
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The name of the other admin who looks at a thing now, if one does.
pub(super) async fn claimer(tx: &Tx, claimed: (Option<UserId>, Option<Time>), admin: Admin) -> Result<Option<String>, Fault> {
    match other(claimed, admin.id(), tx.now()) {
        None => Ok(None),
        Some(other) => {
            let face = face::read(tx.db(), other).await?;
            Ok(Some(face.map(|face| face.name(admin)).unwrap_or_default()))
        }
    }
}
