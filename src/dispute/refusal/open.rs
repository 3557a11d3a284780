//! A refused return becomes a case.

use entity::{
    case,
    kinds::{CaseKind, CaseState, CaseStep, OrderState, OrderStepKind},
    order_step,
    value::{OrderId, Time},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::{
    dispute::{store, timeline},
    kernel::{Fault, Tx, policy::System},
    order,
};

/// Opens the case of a refused return, once an order. From the refusal on both have 48 hours to bring evidence. Nothing happens if the order is not
/// in dispute any more.
pub async fn open(tx: &Tx, _: System, id: OrderId) -> Result<(), Fault> {
    let order = order::store::lock(tx, id).await?;
    let Some(order) = order.filter(|order| order.state == OrderState::InDispute) else {
        return Ok(());
    };
    let refused_at = refused_at(tx, id).await?;
    let gather = i64::from(tx.env().config().dispute.gather_hours);
    let row = case::Model {
        due_at: Some(refused_at.plus_hours(gather)),
        refused_at: Some(refused_at),
        ..store::fresh(CaseKind::Return, CaseState::Gathering, &order, tx.now())
    };
    if store::insert(tx, row.clone()).await? {
        timeline::append(tx, &row, CaseStep::Opened, None).await?;
        tracing::info!(case = %row.id, order = %id, "a refused return is a case");
    }
    Ok(())
}

async fn refused_at(tx: &Tx, order: OrderId) -> Result<Time, Fault> {
    let step = order_step::Entity::find()
        .filter(order_step::Column::OrderId.eq(order))
        .filter(order_step::Column::Kind.eq(OrderStepKind::ReturnRefused));
    Ok(step.one(tx.db()).await?.map_or(tx.now(), |step| step.at))
}
