//! Ends rulings for which no second admin came in time.

use entity::{
    case_ruling::{Column, Entity, Model},
    kinds::{CaseStep, RulingState, SubjectKind},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use super::end;
use crate::{
    dispute::{claim, store, timeline},
    kernel::{Env, Fault, policy::System},
};

/// How many become void in one look.
const BATCH: u64 = 100;

/// Makes rulings void that waited 72 hours; their cases are open to others then. Answers how many.
pub async fn lapse(env: &Env, _: System) -> Result<u64, Fault> {
    let due = Entity::find()
        .filter(Column::DueAt.lte(env.now()))
        .order_by_asc(Column::DueAt)
        .limit(BATCH)
        .all(env.db())
        .await?;
    let mut done = 0;
    for row in due {
        done += u64::from(one(env, &row).await?);
    }
    Ok(done)
}

async fn one(env: &Env, row: &Model) -> Result<bool, Fault> {
    let tx = env.begin().await?;
    let case = store::lock(&tx, row.case_id).await?;
    let case = case.ok_or_else(|| Fault::internal("a ruling without a case"))?;
    if row.due_at.is_none_or(|due| due > tx.now()) || !end(&tx, row.id, RulingState::Lapsed, None, None).await? {
        return Ok(false);
    }
    claim::free(&tx, &case).await?;
    timeline::append(&tx, &case, CaseStep::RulingLapsed, None).await?;
    let detail = json!({ "ruling": row.id, "kind": row.kind, "ruled_by": row.ruled_by });
    tx.audit(Uuid::nil(), "case_ruling_void", (SubjectKind::Case, case.id.0), &detail)
        .await?;
    tx.commit().await?;
    Ok(true)
}
