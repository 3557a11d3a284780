//! A refused return becomes a case.

use entity::{
    case,
    kinds::{CaseKind, CaseState, CaseStep, OrderState, OrderStepKind},
    order, order_step,
    value::{CaseId, Money, OrderId, Time},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::{
    dispute::{store, timeline},
    kernel::{Fault, Tx, policy::System},
    order::store as orders,
};

/// Opens the case of a refused return, once an order. From the refusal on both have 48 hours to bring evidence. Nothing happens if the order is not
/// in dispute any more.
pub async fn open(tx: &Tx, _: System, id: OrderId) -> Result<(), Fault> {
    let order = orders::lock(tx, id).await?;
    let Some(order) = order.filter(|order| order.state == OrderState::InDispute) else {
        return Ok(());
    };
    let refused_at = refused_at(tx, id).await?;
    let gather = i64::from(tx.env().config().dispute.gather_hours);
    let row = case::Model {
        due_at: Some(refused_at.plus_hours(gather)),
        ..fresh(&order, refused_at, tx.now())
    };
    if store::insert(tx, row.clone()).await? {
        // The seller did it by his refusal; the buyer was told of that.
        timeline::append(tx, &row, CaseStep::Opened, Some(order.seller_id)).await?;
        tracing::info!(case = %row.id, order = %id, "a refused return is a case");
    }
    Ok(())
}

/// The case as it begins.
fn fresh(order: &order::Model, refused_at: Time, now: Time) -> case::Model {
    case::Model {
        id: CaseId::new(),
        kind: CaseKind::Return,
        order_id: order.id,
        buyer_id: order.buyer_id,
        seller_id: order.seller_id,
        amount: order.price,
        state: CaseState::Gathering,
        opened_at: now,
        due_at: None,
        closed_at: None,
        claimed_by: None,
        claimed_at: None,
        buyer_done_at: None,
        seller_done_at: None,
        ruled_by: None,
        reason: None,
        answer_due_at: None,
        answered_at: None,
        freeze_stage: None,
        freeze_due_at: None,
        kept_reason: None,
        held: Money::ZERO,
        held_settling: Money::ZERO,
        held_settles_at: None,
        recovered: None,
        advanced: None,
        refused_at: Some(refused_at),
        finding: None,
        finding_share: None,
        finding_reason: None,
        found_by: None,
        found_at: None,
        buyer_consented_at: None,
        seller_consented_at: None,
        mediation_began_at: None,
        seller_share: None,
    }
}

async fn refused_at(tx: &Tx, order: OrderId) -> Result<Time, Fault> {
    let step = order_step::Entity::find()
        .filter(order_step::Column::OrderId.eq(order))
        .filter(order_step::Column::Kind.eq(OrderStepKind::ReturnRefused));
    Ok(step.one(tx.db()).await?.map_or(tx.now(), |step| step.at))
}
