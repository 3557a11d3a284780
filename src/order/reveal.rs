//! Reading what was handed over. Each reveal leaves an audit row before the answer.

use entity::{
    credential,
    kinds::{OrderState, SubjectKind},
    order, order_key,
    value::{OrderId, Time},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde_json::json;

use super::{
    deliver::{Credentials, key_place, place},
    store,
};
use crate::kernel::{Env, Fault, Tx, policy::Trader};

/// How long after completion the buyer may still read them.
const DAYS_AFTER_COMPLETION: i64 = 30;

/// What the buyer reads.
pub struct Revealed {
    /// The version, from 1.
    pub version: i32,
    /// What was handed over.
    pub credentials: Credentials,
}

/// Why nothing is shown.
#[derive(Debug, thiserror::Error)]
pub enum RevealError {
    /// There is no such order for him as a buyer.
    #[error("no such order")]
    NotFound,
    /// Nothing was handed over, or the time to read it is over.
    #[error("nothing to reveal")]
    NotNow,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Shows the buyer the newest version, from delivery to 30 days after completion.
pub async fn reveal(env: &Env, buyer: Trader, id: OrderId) -> Result<Revealed, RevealError> {
    let tx = env.begin().await?;
    let order = store::lock(&tx, id)
        .await?
        .filter(|order| order.buyer_id == buyer.id())
        .ok_or(RevealError::NotFound)?;
    if !may_read(&order, tx.now()) {
        return Err(RevealError::NotNow);
    }
    let revealed = open(&tx, id).await?;
    let first = order::Entity::update_many().col_expr(order::Column::RevealedAt, Expr::value(tx.now()));
    first
        .filter(order::Column::Id.eq(id))
        .filter(order::Column::RevealedAt.is_null())
        .exec(tx.db())
        .await
        .map_err(Fault::from)?;
    tx.audit(
        buyer.id().0,
        "credentials.reveal",
        (SubjectKind::Order, id.0),
        &json!({ "version": revealed.version }),
    )
    .await?;
    tx.commit().await?;
    tracing::info!(order = %id, buyer = %buyer.id(), version = revealed.version, "credentials revealed");
    Ok(revealed)
}

fn may_read(order: &order::Model, now: Time) -> bool {
    match order.state {
        OrderState::Paid | OrderState::Cancelled => false,
        OrderState::Delivered => true,
        OrderState::Completed => order.ended_at.is_some_and(|ended| now < ended.plus_days(DAYS_AFTER_COMPLETION)),
    }
}

async fn open(tx: &Tx, id: OrderId) -> Result<Revealed, Fault> {
    let key = order_key::Entity::find_by_id(id).one(tx.db()).await?.and_then(|row| row.wrapped);
    let newest = credential::Entity::find()
        .filter(credential::Column::OrderId.eq(id))
        .order_by_desc(credential::Column::Version)
        .one(tx.db())
        .await?;
    let (Some(key), Some(newest)) = (key, newest) else {
        return Err(Fault::internal("a delivered order has no credentials"));
    };
    let plain = tx
        .env()
        .seal()
        .open_under(&key_place(id), &key, &place(id, newest.version), &newest.sealed)?;
    let credentials = serde_json::from_slice(&plain).map_err(Fault::internal)?;
    Ok(Revealed {
        version: newest.version,
        credentials,
    })
}
