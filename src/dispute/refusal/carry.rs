//! What a ruling about a refused return does: at once, or when a second admin has agreed.

use entity::{case::Model, kinds::RulingKind, value::CaseId};

use super::{
    RefusalError, end, find, hold, place, rule,
    state::{Next, advance},
};
use crate::{
    dispute::ruling::{self, Ruling},
    kernel::{Fault, Tx},
};

/// Carries a ruling out, or lets it wait for a second admin.
pub(super) async fn make(tx: &Tx, case: &Model, ruling: &Ruling) -> Result<(), RefusalError> {
    if ruling::needs_two(case.amount) {
        not_of_an_admin(tx, case, ruling).await?;
        return match ruling::propose(tx, case, ruling).await? {
            true => Ok(()),
            false => Err(RefusalError::Waits),
        };
    }
    carry_out(tx, case, ruling).await?;
    Ok(ruling::on_record(tx, case, ruling).await?)
}

/// Nobody seconds what cannot be carried out: whoever would be blacklisted by it must not be an admin.
async fn not_of_an_admin(tx: &Tx, case: &Model, ruling: &Ruling) -> Result<(), RefusalError> {
    let Some(finding) = ruling.finding else { return Ok(()) };
    match advance(place(case)?, find::step(finding))? {
        Next::End(basis) => match end::cheat(basis, case) {
            Some((cheat, _)) => end::not_of_an_admin(tx, cheat).await,
            None => Ok(()),
        },
        Next::To(_) => Ok(()),
    }
}

/// The case that a ruling is about, held, if its time is not over.
pub(in crate::dispute) async fn hold_for_ruling(tx: &Tx, id: CaseId) -> Result<Model, RefusalError> {
    hold::whole(tx, id).await
}

/// Makes a ruling about a refused return true. The case is held.
pub(in crate::dispute) async fn carry_out(tx: &Tx, case: &Model, ruling: &Ruling) -> Result<(), RefusalError> {
    let strange = || Fault::internal("a ruling that does not belong to a refused return");
    hold::in_time(tx, case)?;
    let share = ruling.share.ok_or_else(strange)?;
    let by = (ruling.by, ruling.reason.clone());
    match (ruling.kind, ruling.finding) {
        (RulingKind::Finding, Some(finding)) => find::found(tx, case, finding, share, by).await,
        (RulingKind::Final, None) => rule::ruled(tx, case, share, by).await,
        (RulingKind::Finding, None) | (RulingKind::Final, Some(_)) | (RulingKind::Uphold | RulingKind::Reject, _) => Err(strange().into()),
    }
}
