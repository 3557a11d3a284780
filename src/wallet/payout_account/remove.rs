//! Removes a payout account.

use entity::{
    payout_account::{Column, Entity},
    value::PayoutAccountId,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{PayoutAccount, store};
use crate::kernel::{Env, Fault, policy::Member};

/// Why nothing was removed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RemoveError {
    /// There is no such account of his, or it was removed before.
    #[error("no such payout account")]
    NotFound,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Takes an account off the caller's list. Withdrawals that were asked for still go there.
pub async fn remove(env: &Env, member: Member, id: PayoutAccountId) -> Result<PayoutAccount, RemoveError> {
    let tx = env.begin().await?;
    let update = Entity::update_many()
        .col_expr(Column::RemovedAt, Expr::value(tx.now()))
        .filter(Column::Id.eq(id))
        .filter(Column::UserId.eq(member.id()))
        .filter(Column::RemovedAt.is_null());
    if update.exec(tx.db()).await.map_err(Fault::from)?.rows_affected == 0 {
        return Err(RemoveError::NotFound);
    }
    let removed = store::get(&tx, id).await?;
    tx.commit().await?;
    tracing::info!(payout_account = %id, user = %member.id(), "payout account removed");
    Ok(removed.into())
}
