//! An admin lets a large withdrawal go out.

use entity::{
    kinds::{BankEventOutcome, SubjectKind, WithdrawalState},
    value::WithdrawalId,
    withdrawal,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    card::{self, Card},
    hear::take,
    state::{Approval, Step, approval},
    store::{self, Stamp},
};
use crate::{
    account::face,
    kernel::{
        Claim, Env, Fault, Tx,
        policy::{Admin, Proven},
    },
    wallet::{claim::claimer, limits},
};

/// Why nothing was approved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApproveError {
    /// There is no such withdrawal.
    #[error("no such withdrawal")]
    NotFound,
    /// It is the admin's own.
    #[error("the withdrawal is the admin's own")]
    Own,
    /// He approved it before, and a second admin has to.
    #[error("another admin has to approve as well")]
    NeedsAnother,
    /// Another admin looks at it.
    #[error("another admin looks at it")]
    Claimed {
        /// Who.
        by: String,
    },
    /// It does not wait for a decision any more.
    #[error("already decided")]
    AlreadyDecided {
        /// The admin who decided; none: its owner took it back, or it needed nobody.
        by: Option<String>,
    },
    /// The key was used for something else.
    #[error("the key was used for other input")]
    KeyReused,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Lets a withdrawal go out; above 20,000.00 the first approval waits 72 hours for a second admin's. Not one's own.
pub async fn approve(env: &Env, admin: Proven<Admin>, id: WithdrawalId, key: Uuid) -> Result<Card, ApproveError> {
    let tx = env.begin().await?;
    match tx.claim(admin.id(), "withdrawalApprove", key, &id).await? {
        Claim::First(_) => {}
        Claim::Repeat(_) => return Ok(card::get(&tx, id).await?),
        Claim::UsedForOther => return Err(ApproveError::KeyReused),
    }
    let withdrawal = store::lock(&tx, id).await?.ok_or(ApproveError::NotFound)?;
    if withdrawal.user_id == admin.id() {
        return Err(ApproveError::Own);
    }
    if withdrawal.state != WithdrawalState::Requested {
        let by = decider(&tx, &withdrawal, *admin).await?;
        return Err(ApproveError::AlreadyDecided { by });
    }
    if let Some(by) = claimer(&tx, (withdrawal.claimed_by, withdrawal.claimed_at), *admin).await? {
        return Err(ApproveError::Claimed { by });
    }
    let action = match approval(&withdrawal, admin.id(), tx.now(), limits::second_above(env)) {
        Approval::NeedsAnother => return Err(ApproveError::NeedsAnother),
        Approval::First => {
            store::note_first(&tx, id, admin.id()).await?;
            "withdrawal_approve_first"
        }
        Approval::Whole => {
            let stamp = Stamp {
                decided_by: Some(admin.id()),
                ..Stamp::default()
            };
            if take(&tx, &withdrawal, Step::Approve, stamp).await? != BankEventOutcome::Applied {
                return Err(Fault::internal("a locked withdrawal could not be approved").into());
            }
            "withdrawal_approve"
        }
    };
    let detail = json!({ "amount": withdrawal.amount, "quick_turn": withdrawal.quick_turn });
    tx.audit(admin.id().0, action, (SubjectKind::Withdrawal, id.0), &detail).await?;
    let card = card::get(&tx, id).await?;
    tx.commit().await?;
    Ok(card)
}

/// The name of the admin who decided a withdrawal.
pub(super) async fn decider(tx: &Tx, withdrawal: &withdrawal::Model, admin: Admin) -> Result<Option<String>, Fault> {
    let Some(by) = withdrawal.decided_by else { return Ok(None) };
    let face = face::read(tx.db(), by).await?;
    Ok(face.map(|face| face.name(admin)))
}
