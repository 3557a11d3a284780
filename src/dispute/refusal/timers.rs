//! What happens to refused returns when a wait runs out: nobody has to come for them to end.

use entity::{
    case::{Column, Entity, Model},
    kinds::{CaseKind, CaseState, CaseStep, Finding},
    value::{CaseId, Time},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    RefusalError, done, end, find, hold, place,
    state::{Next, Step, advance, timer},
    state_of,
    store::{self, Change, Found},
};
use crate::{
    dispute::{ruling, timeline},
    kernel::{Env, Fault, Tx, policy::System},
    order::Share,
};

/// How many due cases are taken in one look.
const BATCH: u64 = 100;

/// Until when an admin may find something: 7 days from the refusal.
pub(super) fn find_by(tx: &Tx, case: &Model) -> Time {
    let days = i64::from(tx.env().config().dispute.finding_days);
    case.refused_at.unwrap_or(case.opened_at).plus_days(days)
}

/// Ends each wait that is over as the rule says. Answers how many.
pub async fn run_out(env: &Env, _: System) -> Result<u64, Fault> {
    let due = Entity::find()
        .filter(Column::Kind.eq(CaseKind::Return))
        .filter(Column::DueAt.lte(env.now()))
        .order_by_asc(Column::DueAt)
        .limit(BATCH)
        .all(env.db())
        .await?;
    let mut ended = 0;
    for case in due {
        match one(env, case.id).await {
            Ok(taken) => ended += u64::from(taken),
            Err(error) => tracing::error!(case = %case.id, %error, "a case's wait that ran out could not be ended"),
        }
    }
    Ok(ended)
}

async fn one(env: &Env, id: CaseId) -> Result<bool, RefusalError> {
    let tx = env.begin().await?;
    let case = hold::whole(&tx, id).await?;
    if case.due_at.is_none_or(|due| due > tx.now()) {
        return Ok(false);
    }
    let place = place(&case)?;
    let step = timer(place).ok_or_else(|| Fault::internal("a closed case waits for something"))?;
    match advance(place, step)? {
        Next::End(basis) => end::end(&tx, &case, basis, None, None).await?,
        Next::To(next) => onward(&tx, &case, step, state_of(next)).await?,
    }
    tx.commit().await?;
    tracing::info!(case = %id, state = ?case.state, "a case's wait ran out");
    Ok(true)
}

async fn onward(tx: &Tx, case: &Model, step: Step, next: CaseState) -> Result<(), RefusalError> {
    match step {
        Step::GatherTimer => done::review(tx, case).await,
        Step::FindingTimer => {
            let found = Found {
                finding: Finding::Intact,
                share: Share::NONE,
                reason: None,
                by: None,
            };
            find::offer(tx, case, found, next).await?;
            Ok(ruling::void(tx, case).await?)
        }
        Step::MediationTimer => {
            let days = i64::from(tx.env().config().dispute.ruling_days);
            let change = Change {
                due_at: Some(tx.now().plus_days(days)),
                ..Change::default()
            };
            store::advance(tx, case, next, change).await?;
            Ok(timeline::append(tx, case, CaseStep::FinalRulingBegan, None).await?)
        }
        Step::BothDone
        | Step::FindDamaged
        | Step::FindWorthless
        | Step::FindIntact
        | Step::FindTakenBack
        | Step::BuyerConsents
        | Step::SellerConsents
        | Step::BothConsent
        | Step::BuyerObjects
        | Step::SellerObjects
        | Step::ConsentTimer
        | Step::Agree
        | Step::Rule
        | Step::RulingTimer => Err(Fault::internal("no timer leads on by this step").into()),
    }
}
