//! An admin takes a report to look at, or gives it back.

use entity::{kinds::SubjectKind, report, value::ReportId};
use serde_json::json;

use super::{
    decide::{DecideError, hold, is_own_matter},
    store,
};
use crate::kernel::{Env, Tx, policy::Admin};

/// Takes a report for oneself to look at. The claim lapses after 4 hours without a decision; claiming again begins anew. Not one about oneself,
/// and not one's own.
pub async fn claim(env: &Env, admin: Admin, id: ReportId) -> Result<ReportId, DecideError> {
    let tx = env.begin().await?;
    let report = store::get(tx.db(), id).await?.ok_or(DecideError::NotFound)?;
    if is_own_matter(&tx, &report, admin).await? {
        return Err(DecideError::Own);
    }
    let report = hold(&tx, id, admin).await?;
    store::claim(&tx, id, admin.id()).await?;
    written(tx, admin, "report.claim", &report).await
}

/// Gives a claimed report back. What is not one's own claim stays as it is.
pub async fn release(env: &Env, admin: Admin, id: ReportId) -> Result<ReportId, DecideError> {
    let tx = env.begin().await?;
    let report = store::get(tx.db(), id).await?.ok_or(DecideError::NotFound)?;
    if store::release(&tx, id, admin.id()).await? {
        return written(tx, admin, "report.release", &report).await;
    }
    Ok(id)
}

async fn written(tx: Tx, admin: Admin, act: &str, report: &report::Model) -> Result<ReportId, DecideError> {
    tx.audit(admin.id().0, act, (SubjectKind::Report, report.id.0), &json!({})).await?;
    tx.emit(store::REPORTS_MOVED);
    tx.commit().await?;
    Ok(report.id)
}
