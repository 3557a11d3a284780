//! A party says that he has brought everything.

use entity::{
    kinds::{CaseState, CaseStep},
    value::CaseId,
};

use super::{
    RefusalError, hold,
    state::{Place, Step, advance},
    store::{self, Change},
    timers,
};
use crate::{
    dispute::timeline,
    kernel::{Env, policy::Trader},
    order::Side,
};

/// Ends one's own time to bring evidence. When both have, an admin examines the account. Saying it again changes nothing.
pub async fn done(env: &Env, party: Trader, id: CaseId) -> Result<CaseId, RefusalError> {
    let tx = env.begin().await?;
    let (case, side) = hold::for_party(&tx, party, id).await?;
    let (mine, other) = match side {
        Side::Bought => (case.buyer_done_at, case.seller_done_at),
        Side::Sold => (case.seller_done_at, case.buyer_done_at),
    };
    if mine.is_some() {
        return Ok(id);
    }
    if hold::in_time(&tx, &case)? != Place::Gathering {
        return Err(RefusalError::WrongState);
    }
    store::mark_done(&tx, &case, side).await?;
    timeline::append(&tx, &case, CaseStep::EvidenceDone, Some(party.id())).await?;
    if other.is_some() {
        advance(Place::Gathering, Step::BothDone)?;
        review(&tx, &case).await?;
    }
    tx.commit().await?;
    tracing::info!(case = %id, party = %party.id(), "nothing more to bring");
    Ok(id)
}

/// From now on an admin examines the account.
pub(super) async fn review(tx: &crate::kernel::Tx, case: &entity::case::Model) -> Result<(), RefusalError> {
    let change = Change {
        due_at: Some(timers::find_by(tx, case)),
        ..Change::default()
    };
    store::advance(tx, case, CaseState::InReview, change).await?;
    timeline::append(tx, case, CaseStep::ReviewBegan, None).await?;
    Ok(())
}
