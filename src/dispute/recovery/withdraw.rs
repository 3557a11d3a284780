//! The buyer takes his claim back.

use entity::{kinds::CaseStep, value::CaseId};
use serde::Serialize;
use uuid::Uuid;

use super::{RecoveryError, carry, hold, state::Step};
use crate::{
    dispute::{ruling, timeline},
    kernel::{Claim, Env, policy::Trader},
};

#[derive(Serialize)]
struct Ask {
    case: CaseId,
}

/// Takes an open claim back: nothing is frozen or held for it any more, and he may open another within the warranty. The same key answers the same
/// case.
pub async fn withdraw(env: &Env, buyer: Trader, id: CaseId, key: Uuid) -> Result<CaseId, RecoveryError> {
    let tx = env.begin().await?;
    match tx.claim(buyer.id(), "caseWithdraw", key, &Ask { case: id }).await? {
        Claim::First(_) => {}
        Claim::Repeat(_) => return Ok(id),
        Claim::UsedForOther => return Err(RecoveryError::KeyReused),
    }
    let case = hold::for_party(&tx, buyer, id, |case| case.buyer_id).await?;
    let next = hold::next(&case, Step::Withdraw)?;
    ruling::void(&tx, &case).await?;
    carry::end_without_payment(&tx, &case, next, Some(buyer.id()), |update| update).await?;
    timeline::append(&tx, &case, CaseStep::Withdrawn, Some(buyer.id())).await?;
    tx.commit().await?;
    tracing::info!(case = %id, buyer = %buyer.id(), "a claim was withdrawn");
    Ok(id)
}
