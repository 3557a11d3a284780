//! An admin keeps the seller's whole wallet frozen.

use entity::{
    case::Column,
    kinds::{CaseStep, SubjectKind},
    value::CaseId,
};
use sea_orm::sea_query::Expr;
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

/// Keeps the whole wallet frozen up to day 14, within the first 72 hours and with a reason that the seller is told. The same key answers the same case.
pub async fn keep(env: &Env, admin: Proven<Admin>, decision: &Decision) -> Result<CaseId, RecoveryError> {
    let reason = clean_text(&decision.reason, REASON).map_err(RecoveryError::Reason)?;
    let id = decision.case;
    let tx = env.begin().await?;
    match tx.claim(admin.id(), "caseFreezeKeep", decision.key, decision).await? {
        Claim::First(_) => {}
        Claim::Repeat(_) => return Ok(id),
        Claim::UsedForOther => return Err(RecoveryError::KeyReused),
    }
    let case = hold::for_admin(&tx, *admin, id).await?;
    let next = hold::next(&case, Step::Keep)?;
    money::write(&tx, &case, next, |update| {
        update.col_expr(Column::KeptReason, Expr::value(Some(reason.clone())))
    })
    .await?;
    timeline::append(&tx, &case, CaseStep::FreezeKept, Some(admin.id())).await?;
    tx.audit(
        admin.id().0,
        "case_freeze_keep",
        (SubjectKind::Case, id.0),
        &json!({ "reason": reason }),
    )
    .await?;
    tx.commit().await?;
    tracing::info!(case = %id, admin = %admin.id(), "a wallet is kept frozen");
    Ok(id)
}
