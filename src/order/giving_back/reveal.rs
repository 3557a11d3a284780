//! The seller reads what was handed back. Each reading leaves an audit row before the answer.

use std::collections::HashMap;

use entity::{
    hand_back::{self, Column, Entity},
    kinds::{OrderStepKind, SubjectKind},
    value::{OrderId, Time},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use serde_json::json;

use super::hand_back::open;
use crate::{
    kernel::{
        Env, Fault, Tx,
        policy::{Proven, System, Trader},
    },
    order::{deliver::Credentials, history, reveal::RevealError, store, timers::BATCH},
};

/// What the seller reads.
pub struct ReadBack {
    /// When the buyer handed it back.
    pub handed_back_at: Time,
    /// What he handed back.
    pub credentials: Credentials,
}

/// Shows the seller what was handed back, until 30 days after the order ended.
pub async fn reveal(env: &Env, seller: Proven<Trader>, id: OrderId) -> Result<ReadBack, RevealError> {
    let tx = env.begin().await?;
    let order = store::lock(&tx, id).await?.filter(|order| order.seller_id == seller.id());
    order.ok_or(RevealError::NotFound)?;
    let row = Entity::find_by_id(id)
        .one(tx.db())
        .await
        .map_err(Fault::from)?
        .ok_or(RevealError::NotNow)?;
    // A key whose time is over is not used, whether or not the worker has come by.
    if row.destroy_at.is_some_and(|at| at <= tx.now()) {
        return Err(RevealError::NotNow);
    }
    let credentials = open(&tx, &row)?.ok_or(RevealError::NotNow)?;
    if row.revealed_at.is_none() {
        let first = Entity::update_many()
            .col_expr(Column::RevealedAt, Expr::value(tx.now()))
            .filter(Column::OrderId.eq(id));
        first.exec(tx.db()).await.map_err(Fault::from)?;
        history::append(&tx, id, OrderStepKind::HandBackRevealed, Some(seller.id())).await?;
    }
    let subject = (SubjectKind::Order, id.0);
    tx.audit(seller.id().0, "hand_back.reveal", subject, &json!({})).await?;
    tx.commit().await?;
    tracing::info!(order = %id, seller = %seller.id(), "what was handed back was revealed");
    Ok(ReadBack {
        handed_back_at: row.created_at,
        credentials,
    })
}

/// What was handed back, for whoever decides a case about the order, as with [`all_of`](crate::order::reveal::all_of). None: nothing was, or its
/// key is destroyed.
pub async fn for_case(tx: &Tx, id: OrderId) -> Result<Option<ReadBack>, Fault> {
    let Some(row) = Entity::find_by_id(id).one(tx.db()).await? else {
        return Ok(None);
    };
    let read = |credentials| ReadBack {
        handed_back_at: row.created_at,
        credentials,
    };
    Ok(open(tx, &row)?.map(read))
}

/// What was handed back of some orders, without the credentials' key.
pub async fn of(env: &Env, orders: &[OrderId]) -> Result<HashMap<OrderId, hand_back::Model>, Fault> {
    let rows = Entity::find().filter(Column::OrderId.is_in(orders.iter().copied()));
    let rows = rows.all(env.db()).await?;
    let bare = |row: hand_back::Model| hand_back::Model {
        wrapped: None,
        sealed: None,
        ..row
    };
    Ok(rows.into_iter().map(|row| (row.order_id, bare(row))).collect())
}

/// Destroys the keys whose time has come. Answers how many.
pub async fn destroy_due(env: &Env, _: System) -> Result<u64, Fault> {
    let due = Entity::find()
        .filter(Column::DestroyAt.lte(env.now()))
        .order_by_asc(Column::DestroyAt)
        .limit(BATCH)
        .all(env.db())
        .await?;
    let mut done = 0;
    for row in due {
        let tx = env.begin().await?;
        let destroy = Entity::update_many()
            .col_expr(Column::Wrapped, Expr::value(None::<Vec<u8>>))
            .col_expr(Column::DestroyAt, Expr::value(None::<Time>))
            .col_expr(Column::DestroyedAt, Expr::value(tx.now()))
            .filter(Column::OrderId.eq(row.order_id))
            .filter(Column::DestroyAt.lte(tx.now()));
        done += destroy.exec(tx.db()).await?.rows_affected;
        tx.commit().await?;
        tracing::info!(order = %row.order_id, "the key of what was handed back was destroyed");
    }
    Ok(done)
}
