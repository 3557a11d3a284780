//! An admin narrows the freeze of the seller's wallet to what is claimed.

use entity::{kinds::CaseStep, value::CaseId};

use super::{Decision, RecoveryError, care, money, state::Step};
use crate::kernel::{
    Env,
    policy::{Admin, Proven},
};

/// Puts what is claimed into the case's hold, as far as the wallet goes, and frees the rest. The same key answers the same case.
pub async fn narrow(env: &Env, admin: Proven<Admin>, decision: &Decision) -> Result<CaseId, RecoveryError> {
    let Some(held) = care::begin(env, admin, decision, "caseFreezeNarrow", Step::Narrow).await? else {
        return Ok(decision.case);
    };
    money::narrow(&held.tx, &held.case, held.next, Some(held.admin.id())).await?;
    care::end(held, CaseStep::FreezeNarrowed, "case_freeze_narrow").await
}
