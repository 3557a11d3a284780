//! An admin narrows the freeze of the seller's wallet to what is claimed.

use entity::{
    kinds::{CaseStep, SubjectKind},
    value::CaseId,
};
use serde_json::json;

use super::{Decision, RecoveryError, hold, money, state::Step};
use crate::{
    dispute::{ruling::REASON, timeline},
    kernel::{
        Claim, Env,
        policy::{Admin, Proven},
        text::clean_text,
    },
};

/// Puts what is claimed into the case's hold, as far as the wallet goes, and frees the rest. The same key answers the same case.
pub async fn narrow(env: &Env, admin: Proven<Admin>, decision: &Decision) -> Result<CaseId, RecoveryError> {
    let reason = clean_text(&decision.reason, REASON).map_err(RecoveryError::Reason)?;
    let id = decision.case;
    let tx = env.begin().await?;
    match tx.claim(admin.id(), "caseFreezeNarrow", decision.key, decision).await? {
        Claim::First(_) => {}
        Claim::Repeat(_) => return Ok(id),
        Claim::UsedForOther => return Err(RecoveryError::KeyReused),
    }
    let case = hold::for_admin(&tx, *admin, id).await?;
    let next = hold::next(&case, Step::Narrow)?;
    money::narrow(&tx, &case, next, Some(admin.id())).await?;
    timeline::append(&tx, &case, CaseStep::FreezeNarrowed, Some(admin.id())).await?;
    tx.audit(
        admin.id().0,
        "case_freeze_narrow",
        (SubjectKind::Case, id.0),
        &json!({ "reason": reason }),
    )
    .await?;
    tx.commit().await?;
    tracing::info!(case = %id, admin = %admin.id(), "a freeze was narrowed");
    Ok(id)
}
