//! What an admin does about the freeze of a claim's seller, with a reason: how both begin and end.

use entity::{
    case::Model,
    kinds::{CaseStep, SubjectKind},
    value::CaseId,
};
use serde_json::json;

use super::{
    Decision, RecoveryError, hold,
    state::{Place, Step},
};
use crate::{
    dispute::{ruling::REASON, timeline},
    kernel::{
        Claim, Env, Tx,
        policy::{Admin, Proven},
        text::clean_text,
    },
};

/// A case that is held for an admin's decision about its freeze.
pub(super) struct Held {
    /// The transaction that holds it.
    pub tx: Tx,
    /// The admin, who has taken it.
    pub admin: Admin,
    /// The case.
    pub case: Model,
    /// Where the decision leads.
    pub next: Place,
    /// Why.
    pub reason: String,
}

/// Claims the key and holds the case. None: the same was done before.
pub(super) async fn begin(
    env: &Env,
    admin: Proven<Admin>,
    decision: &Decision,
    operation: &'static str,
    step: Step,
) -> Result<Option<Held>, RecoveryError> {
    let reason = clean_text(&decision.reason, REASON).map_err(RecoveryError::Reason)?;
    let tx = env.begin().await?;
    match tx.claim(admin.id(), operation, decision.key, decision).await? {
        Claim::First(_) => {}
        Claim::Repeat(_) => return Ok(None),
        Claim::UsedForOther => return Err(RecoveryError::KeyReused),
    }
    let case = hold::for_admin(&tx, *admin, decision.case).await?;
    let next = hold::next(&case, step)?;
    Ok(Some(Held {
        tx,
        admin: *admin,
        case,
        next,
        reason,
    }))
}

/// Leaves it on record, and makes it true.
pub(super) async fn end(held: Held, told: CaseStep, act: &str) -> Result<CaseId, RecoveryError> {
    let Held {
        tx, admin, case, reason, ..
    } = held;
    timeline::append(&tx, &case, told, Some(admin.id())).await?;
    let subject = (SubjectKind::Case, case.id.0);
    tx.audit(admin.id().0, act, subject, &json!({ "reason": reason })).await?;
    tx.commit().await?;
    tracing::info!(case = %case.id, admin = %admin.id(), act, "a freeze was decided on");
    Ok(case.id)
}
