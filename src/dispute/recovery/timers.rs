//! What happens to claims when a wait runs out: nobody has to come for a freeze to end.

use entity::{
    case::{Column, Entity, Model},
    kinds::{CaseKind, CaseStep},
    value::CaseId,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    RecoveryError, hold, money,
    state::{Effect, Step, advance},
};
use crate::{
    dispute::{store, timeline},
    kernel::{Env, Fault, Tx, policy::System},
};

/// How many due cases are taken in one look.
const BATCH: u64 = 100;

/// Ends each wait that is over as the rule says. Answers how many claims it moved.
pub async fn run_out(env: &Env, _: System) -> Result<u64, Fault> {
    let due = Entity::find()
        .filter(Column::Kind.eq(CaseKind::Recovery))
        .filter(Column::DueAt.lte(env.now()))
        .order_by_asc(Column::DueAt)
        .limit(BATCH)
        .all(env.db())
        .await?;
    let mut moved = 0;
    for case in due {
        match one(env, case.id).await {
            Ok(taken) => moved += u64::from(taken),
            Err(error) => tracing::error!(case = %case.id, %error, "a claim's wait that ran out could not be ended"),
        }
    }
    Ok(moved)
}

async fn one(env: &Env, id: CaseId) -> Result<bool, RecoveryError> {
    let tx = env.begin().await?;
    let seen = store::get(tx.db(), id).await?.and_then(|case| case.due_at);
    if seen.is_none_or(|due| due > tx.now()) {
        return Ok(false);
    }
    // Holding it takes what is due.
    let (case, ended) = hold::by_the_clock(&tx, id).await?;
    if ended == 0 {
        // Somebody was first.
        return Ok(false);
    }
    tx.commit().await?;
    tracing::info!(case = %id, state = ?case.state, freeze = ?case.freeze_stage, "a claim's wait ran out");
    Ok(true)
}

/// Takes the step that the end of a wait takes. The case is held.
pub(super) async fn take(tx: &Tx, case: &Model, step: Step) -> Result<(), Fault> {
    let (next, effect) = advance(hold::place(case), step).map_err(Fault::internal)?;
    let told = match effect {
        Effect::Untouched => {
            money::write(tx, case, next, |update| update).await?;
            CaseStep::ReviewBegan
        }
        Effect::Held => {
            money::narrow(tx, case, next, None).await?;
            CaseStep::FreezeNarrowed
        }
        Effect::Freed => {
            money::release(tx, case, None).await?;
            money::write(tx, case, next, money::emptied).await?;
            CaseStep::FreezeEnded
        }
        Effect::Paid => return Err(Fault::internal("no timer pays a claim")),
    };
    timeline::append(tx, case, told, None).await
}
