//! The begin of every step of a claim. The standing of both parties is locked whole, so that the steps of all claims against a seller come one after
//! the other and nobody is blacklisted meanwhile; then the case.

use entity::{
    case::Model,
    kinds::{CaseKind, CaseState, FreezeStage},
    value::{CaseId, UserId},
};

use super::{
    RecoveryError,
    state::{IllegalStep, Place, Step, advance, timer},
    timers::take,
};
use crate::{
    dispute::{claim, store},
    kernel::{
        Fault, Tx,
        policy::{Admin, Trader},
    },
    order, standing,
    wallet::debt,
};

/// Where a claim stands.
pub(super) fn place(case: &Model) -> Place {
    Place {
        state: case.state,
        freeze: case.freeze_stage.unwrap_or(FreezeStage::Ended),
    }
}

/// Where a step leads from where a claim stands.
pub(super) fn next(case: &Model, step: Step) -> Result<Place, IllegalStep> {
    advance(place(case), step).map(|(next, _)| next)
}

/// The case, held, as it stands by the clock: time that is over is over, whether or not the worker has come by.
pub(super) async fn whole(tx: &Tx, id: CaseId) -> Result<Model, RecoveryError> {
    Ok(by_the_clock(tx, id).await?.0)
}

/// The same, and how many waits have ended only now.
pub(super) async fn by_the_clock(tx: &Tx, id: CaseId) -> Result<(Model, u64), RecoveryError> {
    let seen = store::get(tx.db(), id).await?.filter(|case| case.kind == CaseKind::Recovery);
    let seen = seen.ok_or(RecoveryError::NotFound)?;
    standing::hold_whole(tx, &[seen.buyer_id, seen.seller_id]).await?;
    // Orders come before cases, and the turn of the debts before accounts.
    order::store::lock(tx, seen.order_id).await?;
    let mut case = store::lock(tx, id).await?.ok_or(RecoveryError::NotFound)?;
    if timer(&case).is_some_and(|(_, at)| at <= tx.now()) {
        debt::take_turn(tx).await?;
    }
    let mut ended = 0;
    while let Some((step, _)) = timer(&case).filter(|(_, at)| *at <= tx.now()) {
        take(tx, &case, step).await?;
        case = again(tx, id).await?;
        ended += 1;
    }
    Ok((case, ended))
}

/// The case, held, as it was just written.
pub(super) async fn again(tx: &Tx, id: CaseId) -> Result<Model, Fault> {
    store::get(tx.db(), id).await?.ok_or_else(|| Fault::internal("a case is gone"))
}

/// The case, held for the party that `side` names. Whoever was blacklisted since his request began adds nothing.
pub(super) async fn for_party(tx: &Tx, party: Trader, id: CaseId, side: fn(&Model) -> UserId) -> Result<Model, RecoveryError> {
    // Whoever has no part in it locks nothing.
    let seen = store::get(tx.db(), id).await?.filter(|case| side(case) == party.id());
    seen.ok_or(RecoveryError::NotFound)?;
    let case = whole(tx, id).await?;
    adds_nothing_if_blacklisted(tx, party).await?;
    Ok(case)
}

/// Refuses whoever was blacklisted since his request began. His standing is held.
pub(super) async fn adds_nothing_if_blacklisted(tx: &Tx, party: Trader) -> Result<(), RecoveryError> {
    let held = standing::hold(tx, &[party.id()]).await?;
    if held.iter().any(|standing| standing.blacklisted) {
        return Err(RecoveryError::Blacklisted);
    }
    Ok(())
}

/// The case, held for the admin who has taken it; his claim on it begins anew.
pub(super) async fn for_admin(tx: &Tx, admin: Admin, id: CaseId) -> Result<Model, RecoveryError> {
    whole(tx, id).await?;
    claim::claimed(tx, id, admin).await?;
    Ok(again(tx, id).await?)
}

/// The case that a ruling is about, held.
pub(in crate::dispute) async fn for_ruling(tx: &Tx, id: CaseId) -> Result<Model, RecoveryError> {
    whole(tx, id).await
}

/// Whether somebody has still to decide it.
pub(super) fn is_open(case: &Model) -> bool {
    matches!(case.state, CaseState::AwaitingAnswer | CaseState::InReview)
}
