//! An admin rejects a claim: it is not proven.

use entity::{kinds::RulingKind, value::CaseId};

use super::{Decision, RecoveryError, carry, hold, state::Step};
use crate::{
    dispute::ruling::{REASON, Ruling},
    kernel::{
        Claim, Env,
        policy::{Admin, Proven},
        text::clean_text,
    },
};

/// Rejects a claim that was answered, or has waited 48 hours. Above 20,000.00 it waits up to 72 hours for a second admin. The same key answers the
/// same case.
pub async fn reject(env: &Env, admin: Proven<Admin>, decision: &Decision) -> Result<CaseId, RecoveryError> {
    let reason = clean_text(&decision.reason, REASON).map_err(RecoveryError::Reason)?;
    let id = decision.case;
    let tx = env.begin().await?;
    match tx.claim(admin.id(), "caseReject", decision.key, decision).await? {
        Claim::First(_) => {}
        Claim::Repeat(_) => return Ok(id),
        Claim::UsedForOther => return Err(RecoveryError::KeyReused),
    }
    let case = hold::for_admin(&tx, *admin, id).await?;
    hold::next(&case, Step::Reject)?;
    let ruling = Ruling {
        kind: RulingKind::Reject,
        finding: None,
        share: None,
        advance: None,
        reason,
        by: admin.id(),
    };
    carry::make(&tx, &case, &ruling).await?;
    tx.commit().await?;
    tracing::info!(case = %id, admin = %admin.id(), "a claim was ruled not to be proven");
    Ok(id)
}
