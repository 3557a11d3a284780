//! The second admin approves or refuses a ruling.

use entity::{
    case::Model as Case,
    case_ruling::{Entity, Model},
    kinds::{CaseKind, CaseStep, RulingKind, RulingState, SubjectKind},
    value::{CaseId, CaseRulingId, UserId},
};
use sea_orm::EntityTrait;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{REASON, Ruling, end};
use crate::{
    dispute::{
        claim::{self, is_party, name},
        recovery::{self, RecoveryError},
        refusal::{self, RefusalError},
        store, timeline,
    },
    kernel::{
        Claim, Env, Fault, Tx,
        policy::{Admin, Proven},
        text::{TextError, clean_text},
    },
};

/// Why a ruling was neither approved nor refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecideError {
    /// There is no such ruling.
    #[error("no such ruling")]
    NotFound,
    /// The admin ruled so himself, is a party, or made the finding that a final ruling is about.
    #[error("the admin's own matter")]
    Own,
    /// It does not wait any more.
    #[error("already decided")]
    AlreadyDecided {
        /// Who decided; none: it is void.
        by: Option<String>,
    },
    /// The reason is not taken.
    #[error("reason: {0}")]
    Reason(#[from] TextError),
    /// It cannot be carried out as things are.
    #[error(transparent)]
    Refusal(#[from] RefusalError),
    /// The same, of a claim.
    #[error(transparent)]
    Recovery(#[from] RecoveryError),
    /// The key was used for something else.
    #[error("the key was used for other input")]
    KeyReused,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// What a second admin says of a ruling.
#[derive(Debug, Clone, Serialize)]
pub struct DecideRuling {
    /// Which ruling.
    pub ruling: CaseRulingId,
    /// Why not, 2 to 500 characters, for the other admin and the record. None: he approves.
    pub refusal: Option<String>,
    /// His idempotency key.
    #[serde(skip)]
    pub key: Uuid,
}

/// Carries a ruling out that another admin made within the last 72 hours, or refuses it: then it is void, and the case open to others. Answers the
/// case. The same key answers it again.
pub async fn decide(env: &Env, admin: Proven<Admin>, ask: &DecideRuling) -> Result<CaseId, DecideError> {
    let refusal = ask.refusal.as_deref().map(|reason| clean_text(reason, REASON)).transpose()?;
    let tx = env.begin().await?;
    match tx.claim(admin.id(), "caseRulingDecide", ask.key, ask).await? {
        Claim::First(_) => {}
        Claim::Repeat(_) => return Ok(read(&tx, ask.ruling).await?.case_id),
        Claim::UsedForOther => return Err(DecideError::KeyReused),
    }
    let row = read(&tx, ask.ruling).await?;
    let case = hold(&tx, row.case_id).await?;
    // What was read before the case was held may be old.
    let row = read(&tx, ask.ruling).await?;
    if row.ruled_by == admin.id() || is_party(&case, admin.id()) || is_finder(&row, &case, admin.id()) {
        return Err(DecideError::Own);
    }
    if row.state != RulingState::Pending || row.due_at.is_none_or(|due| due <= tx.now()) {
        let by = name(&tx, row.decided_by, *admin).await?;
        return Err(DecideError::AlreadyDecided { by });
    }
    match &refusal {
        None => approve(&tx, &case, &row, admin.id()).await?,
        Some(reason) => refuse(&tx, &case, &row, admin.id(), reason).await?,
    }
    tx.commit().await?;
    tracing::info!(case = %case.id, ruling = %row.id, approved = refusal.is_none(), admin = %admin.id(), "a second admin decided");
    Ok(case.id)
}

/// The case, held as its kind asks for.
async fn hold(tx: &Tx, id: CaseId) -> Result<Case, DecideError> {
    let seen = store::get(tx.db(), id).await?.ok_or(DecideError::NotFound)?;
    match seen.kind {
        CaseKind::Recovery => Ok(recovery::hold_for_ruling(tx, id).await?),
        CaseKind::Return => Ok(refusal::hold_for_ruling(tx, id).await?),
    }
}

/// Does what a ruling says, as its kind of case asks for.
async fn carry_out(tx: &Tx, case: &Case, ruling: &Ruling) -> Result<(), DecideError> {
    match case.kind {
        CaseKind::Recovery => Ok(recovery::carry_out(tx, case, ruling).await?),
        CaseKind::Return => Ok(refusal::carry_out(tx, case, ruling).await?),
    }
}

async fn read(tx: &Tx, id: CaseRulingId) -> Result<Model, DecideError> {
    let row = Entity::find_by_id(id).one(tx.db()).await.map_err(Fault::from)?;
    row.ok_or(DecideError::NotFound)
}

/// Whoever made the finding that was refused has no part in the final ruling. Its second admin does not give that ruling, but may be its second
/// again: he wrote neither.
fn is_finder(ruling: &Model, case: &Case, admin: UserId) -> bool {
    ruling.kind == RulingKind::Final && case.found_by == Some(admin)
}

async fn approve(tx: &Tx, case: &Case, row: &Model, admin: UserId) -> Result<(), DecideError> {
    end(tx, row.id, RulingState::Approved, Some(admin), None).await?;
    carry_out(tx, case, &Ruling::try_from(row)?).await?;
    let detail = json!({ "ruling": row.id, "kind": row.kind, "ruled_by": row.ruled_by });
    Ok(tx
        .audit(admin.0, "case_ruling_approve", (SubjectKind::Case, case.id.0), &detail)
        .await?)
}

async fn refuse(tx: &Tx, case: &Case, row: &Model, admin: UserId, reason: &str) -> Result<(), DecideError> {
    end(tx, row.id, RulingState::Refused, Some(admin), Some(reason)).await?;
    claim::free(tx, case).await?;
    timeline::append(tx, case, CaseStep::RulingRefused, Some(admin)).await?;
    let detail = json!({ "ruling": row.id, "kind": row.kind, "ruled_by": row.ruled_by, "refusal": reason });
    Ok(tx
        .audit(admin.0, "case_ruling_refuse", (SubjectKind::Case, case.id.0), &detail)
        .await?)
}
