//! Reading what was handed over. Each reveal leaves an audit row before the answer.

use std::collections::HashMap;

use entity::{
    credential::{Column, Entity},
    kinds::{OrderState, OrderStepKind, SubjectKind},
    order,
    value::{OrderId, Time},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use serde_json::json;

use super::{
    deliver::{Credentials, unseal},
    history,
    keys::{self, DAYS_TO_READ},
    store,
};
use crate::kernel::{
    Env, Fault, Tx,
    policy::{Proven, Trader},
};

/// What the buyer reads.
pub struct Revealed {
    /// The version, from 1.
    pub version: i32,
    /// When the seller handed it over.
    pub delivered_at: Time,
    /// What was handed over.
    pub credentials: Credentials,
}

/// Why nothing is shown.
#[derive(Debug, thiserror::Error)]
pub enum RevealError {
    /// There is no such order for him as a buyer.
    #[error("no such order")]
    NotFound,
    /// There is no such version.
    #[error("no such version")]
    NoSuchVersion,
    /// Nothing was handed over, or the time to read it is over.
    #[error("nothing to reveal")]
    NotNow,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Shows the buyer a version, the newest unless he names one, from delivery to 30 days after completion, and not after he handed it back.
pub async fn reveal(env: &Env, buyer: Proven<Trader>, id: OrderId, version: Option<i32>) -> Result<Revealed, RevealError> {
    let tx = env.begin().await?;
    let order = store::lock(&tx, id)
        .await?
        .filter(|order| order.buyer_id == buyer.id())
        .ok_or(RevealError::NotFound)?;
    if !may_read(&order, tx.now()) {
        return Err(RevealError::NotNow);
    }
    let revealed = open(&tx, id, version).await?;
    if order.revealed_at.is_none() {
        let first = order::Entity::update_many()
            .col_expr(order::Column::RevealedAt, Expr::value(tx.now()))
            .filter(order::Column::Id.eq(id));
        first.exec(tx.db()).await.map_err(Fault::from)?;
        history::append(&tx, id, OrderStepKind::Revealed, Some(buyer.id())).await?;
    }
    let detail = json!({ "version": revealed.version });
    tx.audit(buyer.id().0, "credentials.reveal", (SubjectKind::Order, id.0), &detail)
        .await?;
    tx.commit().await?;
    tracing::info!(order = %id, buyer = %buyer.id(), version = revealed.version, "credentials revealed");
    Ok(revealed)
}

fn may_read(order: &order::Model, now: Time) -> bool {
    match order.state {
        OrderState::AwaitingPayment
        | OrderState::Paid
        | OrderState::ReturnInspection
        | OrderState::InDispute
        | OrderState::Refunded
        | OrderState::Split
        | OrderState::Cancelled => false,
        OrderState::Delivered | OrderState::ReturnRequested => true,
        OrderState::Completed => order.ended_at.is_some_and(|ended| now < ended.plus_days(DAYS_TO_READ)),
    }
}

async fn open(tx: &Tx, id: OrderId, version: Option<i32>) -> Result<Revealed, RevealError> {
    let key = keys::find(tx, id)
        .await?
        .ok_or_else(|| Fault::internal("a readable order has no key"))?;
    let rows = Entity::find().filter(Column::OrderId.eq(id)).order_by_desc(Column::Version);
    let rows = match version {
        Some(version) => rows.filter(Column::Version.eq(version)),
        None => rows,
    };
    let row = rows.one(tx.db()).await.map_err(Fault::from)?.ok_or(RevealError::NoSuchVersion)?;
    Ok(Revealed {
        version: row.version,
        delivered_at: row.created_at,
        credentials: unseal(tx, &key, &row)?,
    })
}

/// Every version that was handed over, the first first, for whoever decides a case about the order: he has asked for the right to it and leaves the
/// row in the audit log. Nothing, once their key is destroyed.
pub async fn all_of(tx: &Tx, id: OrderId) -> Result<Vec<Revealed>, Fault> {
    let Some(key) = keys::find(tx, id).await? else {
        return Ok(Vec::new());
    };
    let rows = Entity::find().filter(Column::OrderId.eq(id)).order_by_asc(Column::Version);
    let opened = rows.all(tx.db()).await?.into_iter().map(|row| {
        Ok(Revealed {
            version: row.version,
            delivered_at: row.created_at,
            credentials: unseal(tx, &key, &row)?,
        })
    });
    opened.collect()
}

/// A version of the credentials, without them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    /// Its number, from 1.
    pub number: i32,
    /// When the seller handed it over.
    pub delivered_at: Time,
}

/// Which versions of some orders were handed over, and when: the first first.
pub async fn versions_of(env: &Env, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<Version>>, Fault> {
    let rows: Vec<(OrderId, i32, Time)> = Entity::find()
        .select_only()
        .columns([Column::OrderId, Column::Version, Column::CreatedAt])
        .filter(Column::OrderId.is_in(orders.iter().copied()))
        .order_by_asc(Column::OrderId)
        .order_by_asc(Column::Version)
        .into_tuple()
        .all(env.db())
        .await?;
    let mut versions = HashMap::<OrderId, Vec<Version>>::new();
    for (order, number, delivered_at) in rows {
        versions.entry(order).or_default().push(Version { number, delivered_at });
    }
    Ok(versions)
}
