//! Ends decisions for which no second admin came in time.

use entity::{
    kinds::{MoneyDecisionState, SubjectKind},
    money_decision::{Column, Entity},
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
        let tx = env.begin().await?;
        if row.due_at.is_some_and(|due| due <= tx.now()) && end(&tx, &row, MoneyDecisionState::Void, None, None).await? {
            let subject = (SubjectKind::MoneyDecision, row.id.0);
            tx.audit(Uuid::nil(), "money_void", subject, &json!({ "amount": row.amount }))
                .await?;
            tx.commit().await?;
            done += 1;
        }
    }
    Ok(done)
}
