//! The rows of deposits, and the guarded statements that change them.

use entity::{
    deposit::{Column, Entity, Model},
    kinds::DepositState,
    value::{DepositId, Time, UserId},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use crate::kernel::{Fault, Tx, port::PaymentOpened};

/// Reads a deposit.
pub(super) async fn get<C: ConnectionTrait>(db: &C, id: DepositId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// Reads a deposit and keeps others from changing it until the transaction ends.
pub(super) async fn lock(tx: &Tx, id: DepositId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(tx.db()).await?)
}

/// When the first of a user's deposits that wait for their payer lapses, if `most` of them do.
pub(super) async fn full_until(tx: &Tx, user: UserId, most: u64) -> Result<Option<Time>, Fault> {
    let open = Entity::find().filter(Column::UserId.eq(user)).filter(Expr::cust("state = 'OPEN'"));
    let first_to_lapse = open.order_by_desc(Column::LapsesAt).offset(most - 1).limit(1).one(tx.db()).await?;
    Ok(first_to_lapse.map(|deposit| deposit.lapses_at))
}

/// Writes a new deposit.
pub(super) async fn insert(tx: &Tx, deposit: &Model) -> Result<(), Fault> {
    Entity::insert(deposit.clone().into_active_model())
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// Notes where the payer pays, unless that is known.
pub(super) async fn note_checkout(tx: &Tx, id: DepositId, opened: &PaymentOpened) -> Result<(), Fault> {
    let update = Entity::update_many()
        .col_expr(Column::Reference, Expr::value(opened.reference.clone()))
        .col_expr(Column::CheckoutUrl, Expr::value(opened.checkout_url.clone()))
        .filter(Column::Id.eq(id))
        .filter(Column::Reference.is_null());
    update.exec(tx.db()).await?;
    Ok(())
}

/// Moves a deposit from one state to another. `false`: it was not in that state.
pub(super) async fn advance(tx: &Tx, deposit: &Model, to: DepositState, ask_at: Option<Time>) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(to))
        .col_expr(Column::DecidedAt, Expr::value(tx.now()))
        .col_expr(Column::AskAt, Expr::value(ask_at))
        .filter(Column::Id.eq(deposit.id))
        .filter(Column::State.eq(deposit.state));
    Ok(update.exec(tx.db()).await?.rows_affected == 1)
}

/// Takes a due question to the bank for this process, and plans the next one. `false`: another took it.
pub(super) async fn take_ask(tx: &Tx, deposit: &Model, next: Option<Time>) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .col_expr(Column::AskAt, Expr::value(next))
        .col_expr(Column::Asks, Expr::cust("asks + 1"))
        .filter(Column::Id.eq(deposit.id))
        .filter(Column::AskAt.eq(deposit.ask_at));
    Ok(update.exec(tx.db()).await?.rows_affected == 1)
}
