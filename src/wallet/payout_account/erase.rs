//! Forgets where a user wanted his money paid. Withdrawals that went there still name the row.

use entity::{
    payout_account::{Column, Entity},
    value::UserId,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use crate::kernel::{Fault, Tx};

/// Destroys names and numbers of all the user's payout accounts, removed ones too.
pub async fn erase(tx: &Tx, user: UserId) -> Result<(), Fault> {
    let nothing = || Expr::value(Vec::<u8>::new());
    let update = Entity::update_many()
        .col_expr(Column::HolderSealed, nothing())
        .col_expr(Column::NumberSealed, nothing())
        .col_expr(Column::NumberIndex, nothing())
        .col_expr(Column::LastFour, Expr::value(""))
        .col_expr(Column::RemovedAt, Expr::value(tx.now()));
    update.filter(Column::UserId.eq(user)).exec(tx.db()).await?;
    Ok(())
}
