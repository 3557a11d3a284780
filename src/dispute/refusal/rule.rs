//! The final ruling: there was no settlement.

use entity::{
    case::Model,
    kinds::{CaseStep, RulingKind},
    value::{CaseId, UserId},
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    RefusalError, carry, end, hold, place,
    state::{Next, Step, advance},
};
use crate::{
    dispute::{
        ruling::{REASON, Ruling},
        timeline,
    },
    kernel::{
        Claim, Env, Tx,
        policy::{Admin, Proven},
        text::clean_text,
    },
    order::Share,
};

/// How an admin divides the escrow for good.
#[derive(Debug, Clone, Serialize)]
pub struct RuleCase {
    /// In which case.
    pub case: CaseId,
    /// The seller's share in percent, 0 to 100.
    pub share: i32,
    /// Why, for both parties: 2 to 500 characters.
    pub reason: String,
    /// His idempotency key.
    #[serde(skip)]
    pub key: Uuid,
}

/// Rules, within 7 days after a mediation came to nothing. Whoever made the finding does not, nor who seconded it. Above 20,000.00 it waits up to
/// 72 hours for a second admin. The same key answers the same case.
pub async fn rule(env: &Env, admin: Proven<Admin>, ask: &RuleCase) -> Result<CaseId, RefusalError> {
    let reason = clean_text(&ask.reason, REASON).map_err(|why| RefusalError::Text { field: "reason", why })?;
    let share = Share::percent(ask.share).ok_or(RefusalError::Share)?;
    let tx = env.begin().await?;
    match tx.claim(admin.id(), "caseRule", ask.key, ask).await? {
        Claim::First(_) => {}
        Claim::Repeat(_) => return Ok(ask.case),
        Claim::UsedForOther => return Err(RefusalError::KeyReused),
    }
    let case = hold::for_admin(&tx, *admin, ask.case).await?;
    advance(hold::in_time(&tx, &case)?, Step::Rule)?;
    let ruling = Ruling {
        kind: RulingKind::Final,
        finding: None,
        share: Some(share),
        advance: None,
        reason,
        by: admin.id(),
    };
    carry::make(&tx, &case, &ruling).await?;
    tx.commit().await?;
    tracing::info!(case = %case.id, share = share.get(), admin = %admin.id(), "a final ruling");
    Ok(case.id)
}

/// Makes a final ruling true.
pub(super) async fn ruled(tx: &Tx, case: &Model, share: Share, by: (UserId, String)) -> Result<(), RefusalError> {
    match advance(place(case)?, Step::Rule)? {
        Next::End(basis) => {
            timeline::append(tx, case, CaseStep::Ruled, Some(by.0)).await?;
            end::end(tx, case, basis, Some(share), Some(by)).await
        }
        Next::To(_) => Err(RefusalError::WrongState),
    }
}
