//! Ends decisions for which no second admin came in time.

use entity::{
    kinds::{MoneyDecisionState, SubjectKind},
    money_decision::{Column, Entity, Model},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use super::decide::end;
use crate::kernel::{Env, Fault, policy::System};

/// How many become void in one look.
const BATCH: u64 = 100;

/// Makes decisions void that waited 72 hours. Answers how many.
pub async fn lapse(env: &Env, _: System) -> Result<u64, Fault> {
    let due = Entity::find()
        .filter(Column::DueAt.lte(env.now()))
        .order_by_asc(Column::DueAt)
        .limit(BATCH)
        .all(env.db())
        .await?;
    let mut done = 0;
    for row in due {
        match one(env, &row).await {
            Ok(ended) => done += u64::from(ended),
            Err(error) => tracing::error!(decision = %row.id, %error, "a decision about money could not become void"),
        }
    }
    Ok(done)
}

async fn one(env: &Env, row: &Model) -> Result<bool, Fault> {
    let tx = env.begin().await?;
    let due = row.due_at.is_some_and(|due| due <= tx.now());
    if !due || !end(&tx, row, MoneyDecisionState::Void, None, None).await? {
        return Ok(false);
    }
    let subject = (SubjectKind::MoneyDecision, row.id.0);
    tx.audit(Uuid::nil(), "money_void", subject, &json!({ "amount": row.amount }))
        .await?;
    tx.commit().await?;
    Ok(true)
}
