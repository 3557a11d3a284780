//! An admin keeps the seller's whole wallet frozen.

use entity::{case::Column, kinds::CaseStep, value::CaseId};
use sea_orm::sea_query::Expr;

use super::{Decision, RecoveryError, care, money, state::Step};
use crate::kernel::{
    Env,
    policy::{Admin, Proven},
};

/// Keeps the whole wallet frozen up to day 14, within the first 72 hours and with a reason that the seller is told. The same key answers the same case.
pub async fn keep(env: &Env, admin: Proven<Admin>, decision: &Decision) -> Result<CaseId, RecoveryError> {
    let Some(held) = care::begin(env, admin, decision, "caseFreezeKeep", Step::Keep).await? else {
        return Ok(decision.case);
    };
    let reason = held.reason.clone();
    money::write(&held.tx, &held.case, held.next, |update| {
        update.col_expr(Column::KeptReason, Expr::value(Some(reason)))
    })
    .await?;
    care::end(held, CaseStep::FreezeKept, "case_freeze_keep").await
}
