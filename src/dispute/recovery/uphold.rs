//! An admin upholds a claim: the seller took the account back.

use entity::{
    case::Model,
    kinds::RulingKind,
    value::{CaseId, Money},
};
use serde::Serialize;

use super::{Decision, RecoveryError, carry, hold, state::Step};
use crate::{
    dispute::ruling::{REASON, Ruling},
    kernel::{
        Claim, Env,
        policy::{Admin, Proven},
        text::clean_text,
    },
};

/// A claim to be upheld.
#[derive(Debug, Clone, Serialize)]
pub struct Uphold {
    /// Which, and why: both parties read the reason.
    #[serde(flatten)]
    pub decision: Decision,
    /// What the platform advances at most, if the seller's wallet is not enough.
    pub advance: Money,
}

/// Upholds a claim that was answered, or has waited 48 hours. Above 20,000.00 it waits up to 72 hours for a second admin. The same key answers the
/// same case.
pub async fn uphold(env: &Env, admin: Proven<Admin>, ask: &Uphold) -> Result<CaseId, RecoveryError> {
    let reason = clean_text(&ask.decision.reason, REASON).map_err(RecoveryError::Reason)?;
    let id = ask.decision.case;
    let tx = env.begin().await?;
    match tx.claim(admin.id(), "caseUphold", ask.decision.key, ask).await? {
        Claim::First(_) => {}
        Claim::Repeat(_) => return Ok(id),
        Claim::UsedForOther => return Err(RecoveryError::KeyReused),
    }
    let case = hold::for_admin(&tx, *admin, id).await?;
    hold::next(&case, Step::Uphold)?;
    let advance = within(&case, ask.advance)?;
    let ruling = Ruling {
        kind: RulingKind::Uphold,
        finding: None,
        share: None,
        advance: Some(advance),
        reason,
        by: admin.id(),
    };
    carry::make(&tx, &case, &ruling).await?;
    tx.commit().await?;
    tracing::info!(case = %id, admin = %admin.id(), %advance, "a claim was ruled to be true");
    Ok(id)
}

/// The rule: an advance is nothing, or up to what is claimed.
pub(super) fn within(case: &Model, advance: Money) -> Result<Money, RecoveryError> {
    if (Money::ZERO..=case.amount).contains(&advance) {
        Ok(advance)
    } else {
        Err(RecoveryError::Advance)
    }
}
