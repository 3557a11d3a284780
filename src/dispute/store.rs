//! The queries of cases.

use entity::{
    case::{ActiveModel, Column, Entity, Model},
    value::CaseId,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, UpdateMany,
    sea_query::OnConflict,
};

use crate::kernel::{Fault, Tx};

/// Reads a case.
pub async fn get<C: ConnectionTrait>(db: &C, id: CaseId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// Reads a case and keeps others from changing it until the transaction ends.
pub async fn lock(tx: &Tx, id: CaseId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(tx.db()).await?)
}

/// Writes a new case. `false`: there is one about this order that leaves no room for it.
pub async fn insert(tx: &Tx, case: Model) -> Result<bool, Fault> {
    let row: ActiveModel = case.into_active_model();
    let once = OnConflict::new().do_nothing().to_owned();
    let insert = Entity::insert(row.reset_all()).on_conflict(once);
    Ok(insert.exec_without_returning(tx.db()).await? == 1)
}

/// An update of a case that is still in the state in which it was read. Add the columns, then [`apply`].
pub fn still(case: &Model) -> UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::Id.eq(case.id))
        .filter(Column::State.eq(case.state))
}

/// Writes an update of [`still`]. `false`: the case was in another state.
pub async fn apply(tx: &Tx, update: UpdateMany<Entity>) -> Result<bool, Fault> {
    Ok(update.exec(tx.db()).await?.rows_affected == 1)
}
