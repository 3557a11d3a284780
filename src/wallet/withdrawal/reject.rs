//! An admin refuses a withdrawal.

use entity::{
    kinds::{BankEventOutcome, SubjectKind, WithdrawalState},
    value::WithdrawalId,
};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{
    approve::decider,
    card::{self, Card},
    hear::take,
    state::Step,
    store::{self, Stamp},
};
use crate::{
    kernel::{
        Claim, Env, Fault,
        policy::{Admin, Proven},
        text::{TextError, clean_text},
    },
    wallet::claim::claimer,
};

/// Characters of a reason.
pub const REASON: std::ops::RangeInclusive<usize> = 2..=500;

/// Why nothing was rejected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RejectError {
    /// The reason is not taken.
    #[error("reason: {0}")]
    Reason(TextError),
    /// There is no such withdrawal.
    #[error("no such withdrawal")]
    NotFound,
    /// It is the admin's own.
    #[error("the withdrawal is the admin's own")]
    Own,
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

#[derive(Serialize)]
struct Ask<'a> {
    id: WithdrawalId,
    reason: &'a str,
}

/// Refuses a withdrawal with a reason for its owner of 2 to 500 characters, and gives the money back. Not one's own.
pub async fn reject(env: &Env, admin: Proven<Admin>, id: WithdrawalId, reason: &str, key: Uuid) -> Result<Card, RejectError> {
    let reason = clean_text(reason, REASON).map_err(RejectError::Reason)?;
    let tx = env.begin().await?;
    match tx.claim(admin.id(), "withdrawalReject", key, &Ask { id, reason: &reason }).await? {
        Claim::First(_) => {}
        Claim::Repeat(_) => return Ok(card::get(&tx, id).await?),
        Claim::UsedForOther => return Err(RejectError::KeyReused),
    }
    let withdrawal = store::lock(&tx, id).await?.ok_or(RejectError::NotFound)?;
    if withdrawal.user_id == admin.id() {
        return Err(RejectError::Own);
    }
    let claimed = (withdrawal.claimed_by, withdrawal.claimed_at);
    if withdrawal.state == WithdrawalState::Requested
        && let Some(by) = claimer(&tx, claimed, *admin).await?
    {
        return Err(RejectError::Claimed { by });
    }
    let detail = json!({ "amount": withdrawal.amount, "reason": reason });
    let stamp = Stamp {
        decided_by: Some(admin.id()),
        reason: Some(reason),
        ..Stamp::default()
    };
    if take(&tx, &withdrawal, Step::Reject, stamp).await? != BankEventOutcome::Applied {
        let by = decider(&tx, &withdrawal, *admin).await?;
        return Err(RejectError::AlreadyDecided { by });
    }
    tx.audit(admin.id().0, "withdrawal_reject", (SubjectKind::Withdrawal, id.0), &detail)
        .await?;
    let card = card::get(&tx, id).await?;
    tx.commit().await?;
    Ok(card)
}
