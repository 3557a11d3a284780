//! Settlements that were proposed in a mediation: the versions, of which the newest is open.

use std::collections::HashMap;

use entity::{
    case_proposal::{Column, Entity, Model},
    value::CaseId,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};

use crate::kernel::{Env, Fault, Tx};

/// The newest version of a case, open or not.
pub(super) async fn newest(tx: &Tx, case: CaseId) -> Result<Option<Model>, Fault> {
    let rows = Entity::find().filter(Column::CaseId.eq(case)).order_by_desc(Column::Version);
    Ok(rows.one(tx.db()).await?)
}

/// Ends the open version: another came, or the case has ended.
pub(super) async fn end_open(tx: &Tx, case: CaseId) -> Result<(), Fault> {
    let update = Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(Some(tx.now())))
        .filter(Column::CaseId.eq(case))
        .filter(Column::EndedAt.is_null());
    update.exec(tx.db()).await?;
    Ok(())
}

/// The versions of some cases, the first first.
pub async fn of(env: &Env, cases: &[CaseId]) -> Result<HashMap<CaseId, Vec<Model>>, Fault> {
    let rows = Entity::find()
        .filter(Column::CaseId.is_in(cases.iter().copied()))
        .order_by_asc(Column::Version)
        .all(env.db())
        .await?;
    let mut versions = HashMap::<CaseId, Vec<Model>>::new();
    for row in rows {
        versions.entry(row.case_id).or_default().push(row);
    }
    Ok(versions)
}
