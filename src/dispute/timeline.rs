//! What happened to a case, step by step: for its timeline, and for those who hear of it.

use std::collections::HashMap;

use entity::{
    case,
    case_step::{Column, Entity, Model},
    kinds::CaseStep,
    value::{CaseId, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::kernel::{Env, Event, Fault, Tx, sql};

/// Writes a step down and tells of it. The case's row is locked, so the numbers are dense. `actor`: none is the platform.
pub(super) async fn append(tx: &Tx, case: &case::Model, step: CaseStep, actor: Option<UserId>) -> Result<(), Fault> {
    let insert = "INSERT INTO case_steps (case_id, seq, kind, actor_id, at) \
        SELECT $1, COALESCE(MAX(seq), 0) + 1, $2, $3, $4 FROM case_steps WHERE case_id = $1";
    let values = vec![
        case.id.into(),
        step.as_str().into(),
        actor.map(|actor| actor.0).into(),
        tx.now().into(),
    ];
    sql::run(tx.db(), insert, values).await?;
    tx.emit(Event::CaseMoved {
        case: case.id,
        order: case.order_id,
        buyer: case.buyer_id,
        seller: case.seller_id,
        step,
        by: actor,
    });
    Ok(())
}

/// The timelines of some cases, oldest first.
pub async fn of(env: &Env, cases: &[CaseId]) -> Result<HashMap<CaseId, Vec<Model>>, Fault> {
    let rows = Entity::find()
        .filter(Column::CaseId.is_in(cases.iter().copied()))
        .order_by_asc(Column::CaseId)
        .order_by_asc(Column::Seq)
        .all(env.db())
        .await?;
    let mut timelines = HashMap::<CaseId, Vec<Model>>::new();
    for row in rows {
        timelines.entry(row.case_id).or_default().push(row);
    }
    Ok(timelines)
}
