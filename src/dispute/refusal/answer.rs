//! A party consents to what was found, or does not: then both look for a settlement.

use entity::{
    case::Model,
    kinds::{CaseState, CaseStep},
    value::{CaseId, UserId},
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    RefusalError, end, hold,
    state::{Next, Step, advance},
    store::{self, Change},
};
use crate::{
    dispute::timeline,
    kernel::{Claim, Env, Tx, policy::Trader},
    order::Side,
};

/// What a party says to a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
enum Answer {
    Consent,
    Object,
}

/// Consents to what was found. The seller's consent gives an intact account's money back at once; that of a damaged one is divided when both have
/// consented, or after the 48 hours. Consenting again changes nothing.
pub async fn consent(env: &Env, party: Trader, id: CaseId, key: Uuid) -> Result<CaseId, RefusalError> {
    answer(env, party, id, Answer::Consent, key).await
}

/// Asks for mediation: the seller of a damaged or an intact account, the buyer of a damaged one, within 48 hours and unless he has consented.
pub async fn object(env: &Env, party: Trader, id: CaseId, key: Uuid) -> Result<CaseId, RefusalError> {
    answer(env, party, id, Answer::Object, key).await
}

async fn answer(env: &Env, party: Trader, id: CaseId, answer: Answer, key: Uuid) -> Result<CaseId, RefusalError> {
    let tx = env.begin().await?;
    let operation = match answer {
        Answer::Consent => "caseConsent",
        Answer::Object => "caseObject",
    };
    match tx.claim(party.id(), operation, key, &id).await? {
        Claim::First(_) => {}
        Claim::Repeat(_) => return Ok(id),
        Claim::UsedForOther => return Err(RefusalError::KeyReused),
    }
    let (case, side) = hold::for_party(&tx, party, id).await?;
    let (mine, other) = match side {
        Side::Bought => (case.buyer_consented_at, case.seller_consented_at),
        Side::Sold => (case.seller_consented_at, case.buyer_consented_at),
    };
    let place = hold::in_time(&tx, &case)?;
    let step = step(side, answer);
    let next = advance(place, step)?;
    match (answer, mine) {
        (Answer::Consent, Some(_)) => return Ok(id),
        (Answer::Object, Some(_)) => return Err(RefusalError::WrongState),
        (Answer::Consent, None) => {
            store::mark_consent(&tx, &case, side).await?;
            timeline::append(&tx, &case, CaseStep::Consented, Some(party.id())).await?;
        }
        (Answer::Object, None) => {}
    }
    // Consent to a damaged account's share stays where it is until the other has consented as well.
    let next = match next {
        Next::To(same) if same == place && other.is_some() => advance(place, Step::BothConsent)?,
        next => next,
    };
    match next {
        Next::To(same) if same == place => {}
        Next::To(_) => mediate(&tx, &case, party.id()).await?,
        Next::End(basis) => end::end(&tx, &case, basis, None, None).await?,
    }
    tx.commit().await?;
    tracing::info!(case = %id, party = %party.id(), ?answer, "an answer to a finding");
    Ok(id)
}

const fn step(side: Side, answer: Answer) -> Step {
    match (side, answer) {
        (Side::Bought, Answer::Consent) => Step::BuyerConsents,
        (Side::Bought, Answer::Object) => Step::BuyerObjects,
        (Side::Sold, Answer::Consent) => Step::SellerConsents,
        (Side::Sold, Answer::Object) => Step::SellerObjects,
    }
}

async fn mediate(tx: &Tx, case: &Model, by: UserId) -> Result<(), RefusalError> {
    let days = i64::from(tx.env().config().dispute.mediation_days);
    let change = Change {
        due_at: Some(tx.now().plus_days(days)),
        ..Change::default()
    };
    store::advance(tx, case, CaseState::Mediation, change).await?;
    timeline::append(tx, case, CaseStep::MediationBegan, Some(by)).await?;
    Ok(())
}
