//! An admin examines the account and says what he found.

use entity::{
    case::Model,
    kinds::{CaseStep, Finding, RulingKind},
    value::{CaseId, UserId},
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    RefusalError, carry, end, hold, place,
    state::{Next, Step, advance},
    state_of,
    store::{self, Change, Found},
};
use crate::{
    dispute::{
        claim,
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

/// What an admin found.
#[derive(Debug, Clone, Serialize)]
pub struct FindCase {
    /// In which case.
    pub case: CaseId,
    /// What.
    pub finding: Finding,
    /// The seller's share in percent, 1 to 99: of a damaged account, and of no other.
    pub share: Option<i32>,
    /// Why, for both parties: 2 to 500 characters.
    pub reason: String,
    /// His idempotency key.
    #[serde(skip)]
    pub key: Uuid,
}

/// The rule: what a finding gives the seller. Only of a damaged account there is something to weigh.
pub(super) fn share_of(finding: Finding, percent: Option<i32>) -> Result<Share, RefusalError> {
    match (finding, percent) {
        (Finding::Damaged, Some(percent @ 1..=99)) => Share::percent(percent).ok_or(RefusalError::Share),
        (Finding::Worthless, None) => Ok(Share::ALL),
        (Finding::Intact | Finding::TakenBack, None) => Ok(Share::NONE),
        (Finding::Damaged, _) | (Finding::Worthless | Finding::Intact | Finding::TakenBack, Some(_)) => Err(RefusalError::Share),
    }
}

/// Says what was found. Above 20,000.00 it waits up to 72 hours for a second admin. Not in one's own matter. The same key answers the same case.
pub async fn find(env: &Env, admin: Proven<Admin>, ask: &FindCase) -> Result<CaseId, RefusalError> {
    let reason = clean_text(&ask.reason, REASON).map_err(|why| RefusalError::Text { field: "reason", why })?;
    let share = share_of(ask.finding, ask.share)?;
    let tx = env.begin().await?;
    match tx.claim(admin.id(), "caseFind", ask.key, ask).await? {
        Claim::First(_) => {}
        Claim::Repeat(_) => return Ok(ask.case),
        Claim::UsedForOther => return Err(RefusalError::KeyReused),
    }
    let case = hold::for_admin(&tx, *admin, ask.case).await?;
    if let Some(finder) = case.found_by {
        let by = claim::name(&tx, Some(finder), *admin).await?;
        return Err(RefusalError::AlreadyDecided { by });
    }
    advance(hold::in_time(&tx, &case)?, step(ask.finding))?;
    let ruling = Ruling {
        kind: RulingKind::Finding,
        finding: Some(ask.finding),
        share: Some(share),
        advance: None,
        reason,
        by: admin.id(),
    };
    carry::make(&tx, &case, &ruling).await?;
    tx.commit().await?;
    tracing::info!(case = %case.id, finding = ?ask.finding, admin = %admin.id(), "a finding");
    Ok(case.id)
}

/// The step that a finding takes.
pub(super) const fn step(finding: Finding) -> Step {
    match finding {
        Finding::Damaged => Step::FindDamaged,
        Finding::Worthless => Step::FindWorthless,
        Finding::Intact => Step::FindIntact,
        Finding::TakenBack => Step::FindTakenBack,
    }
}

const fn told(finding: Finding) -> CaseStep {
    match finding {
        Finding::Damaged => CaseStep::FoundDamaged,
        Finding::Worthless => CaseStep::FoundWorthless,
        Finding::Intact => CaseStep::FoundIntact,
        Finding::TakenBack => CaseStep::FoundTakenBack,
    }
}

/// Makes the finding of an admin true.
pub(super) async fn found(
    tx: &Tx,
    case: &Model,
    finding: Finding,
    share: Share,
    (by, reason): (UserId, String),
) -> Result<(), RefusalError> {
    let found = Found {
        finding,
        share,
        reason: Some(reason.clone()),
        by: Some(by),
    };
    match advance(place(case)?, step(finding))? {
        Next::To(next) => offer(tx, case, found, state_of(next)).await,
        // There is nothing to consent to.
        Next::End(basis) => {
            let change = Change {
                due_at: case.due_at,
                found: Some(found),
                ..Change::default()
            };
            store::advance(tx, case, case.state, change).await?;
            timeline::append(tx, case, told(finding), Some(by)).await?;
            end::end(tx, case, basis, None, Some((by, reason))).await
        }
    }
}

/// Lets those whom a finding concerns consent or object.
pub(super) async fn offer(tx: &Tx, case: &Model, found: Found, to: entity::kinds::CaseState) -> Result<(), RefusalError> {
    let (kind, by) = (told(found.finding), found.by);
    let hours = i64::from(tx.env().config().dispute.consent_hours);
    let change = Change {
        due_at: Some(tx.now().plus_hours(hours)),
        found: Some(found),
        ..Change::default()
    };
    store::advance(tx, case, to, change).await?;
    timeline::append(tx, case, kind, by).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_of_a_damaged_account_the_share_is_weighed() {
        use Finding::{Damaged, Intact, TakenBack, Worthless};
        for (finding, percent, share) in [
            (Damaged, Some(1), Some(1)),
            (Damaged, Some(99), Some(99)),
            (Damaged, Some(0), None),
            (Damaged, Some(100), None),
            (Damaged, Some(101), None),
            (Damaged, Some(-1), None),
            (Damaged, None, None),
            (Worthless, None, Some(100)),
            (Worthless, Some(50), None),
            (Intact, None, Some(0)),
            (Intact, Some(0), None),
            (TakenBack, None, Some(0)),
            (TakenBack, Some(1), None),
        ] {
            assert_eq!(share_of(finding, percent).ok().map(Share::get), share, "{finding:?} {percent:?}");
        }
    }
}
