//! An admin takes a case for himself, and gives it back.

use entity::{
    case::{Column, Model},
    kinds::{CaseState, QueueKind, SubjectKind},
    value::{CaseId, Time, UserId},
};
use sea_orm::sea_query::Expr;
use serde_json::json;

use super::{ruling, store};
use crate::{
    account::face,
    kernel::{Env, Event, Fault, Tx, claim::lapsed, policy::Admin},
};

/// Why an admin may do nothing with a case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClaimError {
    /// There is no such case.
    #[error("no such case")]
    NotFound,
    /// He is a party of it, or made the finding that is to be ruled on.
    #[error("the admin's own matter")]
    Own,
    /// Another admin looks at it.
    #[error("another admin looks at it")]
    Claimed {
        /// Who.
        by: String,
    },
    /// The final ruling is due, and the admin made the finding that was refused, or seconded it: another rules.
    #[error("the admin made the finding")]
    OwnFinding,
    /// He has not taken it, or his claim has lapsed.
    #[error("not claimed")]
    NotClaimed,
    /// It has ended.
    #[error("already decided")]
    AlreadyDecided {
        /// Whose ruling ended it; none: it ended without one.
        by: Option<String>,
    },
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Takes an open case for oneself. The claim lapses after 4 hours without a step; claiming again begins anew.
pub async fn claim(env: &Env, admin: Admin, id: CaseId) -> Result<CaseId, ClaimError> {
    let tx = env.begin().await?;
    let case = open(&tx, id, admin).await?;
    renew(&tx, &case, admin).await?;
    tx.emit(CASES_MOVED);
    let detail = json!({ "order": case.order_id });
    tx.audit(admin.id().0, "case_claim", (SubjectKind::Case, id.0), &detail).await?;
    tx.commit().await?;
    Ok(id)
}

/// Gives a claimed case back to the queue. What is not one's own claim stays as it is.
pub async fn release(env: &Env, admin: Admin, id: CaseId) -> Result<CaseId, ClaimError> {
    let tx = env.begin().await?;
    let case = store::lock(&tx, id).await?.ok_or(ClaimError::NotFound)?;
    if case.closed_at.is_none() && case.claimed_by == Some(admin.id()) {
        free(&tx, &case).await?;
        tx.emit(CASES_MOVED);
        tx.audit(admin.id().0, "case_release", (SubjectKind::Case, id.0), &json!({}))
            .await?;
        tx.commit().await?;
    }
    Ok(id)
}

/// What waits of cases for admins is not what it was. The steps of cases say so themselves.
const CASES_MOVED: Event = Event::queue_moved(QueueKind::Cases);

/// Lets a case go, whoever has it: it is open to others.
pub(super) async fn free(tx: &Tx, case: &Model) -> Result<(), Fault> {
    let update = store::still(case)
        .col_expr(Column::ClaimedBy, Expr::value(None::<UserId>))
        .col_expr(Column::ClaimedAt, Expr::value(None::<Time>));
    store::apply(tx, update).await.map(drop)
}

/// The case, locked, if this admin has taken it and it is open. His claim begins anew.
pub(super) async fn claimed(tx: &Tx, id: CaseId, admin: Admin) -> Result<Model, ClaimError> {
    let case = open(tx, id, admin).await?;
    if holder(&case, tx.now()) != Some(admin.id()) {
        return Err(ClaimError::NotClaimed);
    }
    renew(tx, &case, admin).await?;
    Ok(case)
}

/// The case, locked, if it is open, no other admin looks at it, and it is not this one's own matter. Whoever made or seconded the finding is out of
/// the final ruling whole: he takes no such case, and if he had it when its time came, his claim is not renewed and lapses.
async fn open(tx: &Tx, id: CaseId, admin: Admin) -> Result<Model, ClaimError> {
    let case = store::lock(tx, id).await?.ok_or(ClaimError::NotFound)?;
    if is_party(&case, admin.id()) {
        return Err(ClaimError::Own);
    }
    if case.closed_at.is_some() {
        let by = name(tx, case.ruled_by, admin).await?;
        return Err(ClaimError::AlreadyDecided { by });
    }
    if case.state == CaseState::FinalRuling && ruling::made_finding(tx, &case, admin.id()).await? {
        return Err(ClaimError::OwnFinding);
    }
    match holder(&case, tx.now()).filter(|holder| *holder != admin.id()) {
        None => Ok(case),
        Some(other) => {
            let by = name(tx, Some(other), admin).await?.unwrap_or_default();
            Err(ClaimError::Claimed { by })
        }
    }
}

async fn renew(tx: &Tx, case: &Model, admin: Admin) -> Result<(), Fault> {
    let update = store::still(case)
        .col_expr(Column::ClaimedBy, Expr::value(admin.id()))
        .col_expr(Column::ClaimedAt, Expr::value(tx.now()));
    store::apply(tx, update).await.map(drop)
}

/// The rule: who has a case at present. A claim lapses.
#[must_use]
pub fn holder(case: &Model, now: Time) -> Option<UserId> {
    let (by, at) = case.claimed_by.zip(case.claimed_at)?;
    (at > lapsed(now)).then_some(by)
}

/// Whether somebody bought or sold what a case is about: nobody acts in his own matter.
#[must_use]
pub fn is_party(case: &Model, user: UserId) -> bool {
    case.buyer_id == user || case.seller_id == user
}

/// What an admin is called, for another.
pub(super) async fn name(tx: &Tx, whose: Option<UserId>, admin: Admin) -> Result<Option<String>, Fault> {
    let Some(whose) = whose else { return Ok(None) };
    Ok(face::read(tx.db(), whose).await?.map(|face| face.name(admin)))
}
