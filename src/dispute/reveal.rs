//! The admin who decides a case reads what was handed over and handed back, with a reason. Each reading leaves an audit row before the answer, and
//! both parties are told.

use entity::{
    kinds::{CaseStep, SubjectKind},
    value::CaseId,
};
use serde_json::json;

use super::{
    claim::{self, ClaimError},
    store, timeline,
};
use crate::{
    kernel::{
        Env, Fault,
        policy::{Admin, Proven},
        text::{TextError, clean_text},
    },
    order::{
        self,
        giving_back::reveal::{ReadBack, for_case},
        reveal::{Revealed, all_of},
    },
};

/// What an admin reads.
pub struct CaseCredentials {
    /// The versions that were handed over, the first first. None, once their key is destroyed.
    pub delivered: Vec<Revealed>,
    /// What was handed back. None: no credentials were, or their key is destroyed.
    pub handed_back: Option<ReadBack>,
}

/// Why nothing is shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CaseRevealError {
    /// The admin may not act in the case as things are.
    #[error(transparent)]
    Claim(#[from] ClaimError),
    /// The reason is not taken.
    #[error("reason: {0}")]
    Reason(#[from] TextError),
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Shows the admin who claimed an open case all versions, for a reason of 2 to 500 characters.
pub async fn reveal(env: &Env, admin: Proven<Admin>, id: CaseId, reason: &str) -> Result<CaseCredentials, CaseRevealError> {
    let reason = clean_text(reason, super::ruling::REASON)?;
    let tx = env.begin().await?;
    let seen = store::get(tx.db(), id).await?.ok_or(ClaimError::NotFound)?;
    // No key is destroyed between the look and the reading.
    order::store::lock(&tx, seen.order_id).await?;
    let case = claim::claimed(&tx, id, *admin).await?;
    let shown = CaseCredentials {
        delivered: all_of(&tx, case.order_id).await?,
        handed_back: for_case(&tx, case.order_id).await?,
    };
    let detail = json!({ "order": case.order_id, "reason": reason, "versions": shown.delivered.len() });
    tx.audit(admin.id().0, "case_reveal", (SubjectKind::Case, id.0), &detail).await?;
    timeline::append(&tx, &case, CaseStep::Revealed, Some(admin.id())).await?;
    tx.commit().await?;
    tracing::info!(case = %id, admin = %admin.id(), "credentials revealed to whoever decides");
    Ok(shown)
}
