//! What happens to orders when a wait runs out. Each due order is taken in a transaction of its own; its guarded statements make it happen once.

use entity::{
    kinds::OrderStepKind,
    order::{self, Column, Entity},
    value::OrderId,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use super::{
    cancel, confirm, giving_back, history, rule,
    state::{self, Step},
    store,
};
use crate::{
    kernel::{Env, Event, Fault, Tx, policy::System},
    market, standing,
    wallet::ledger,
};

/// How many due orders are taken in one look.
pub(super) const BATCH: u64 = 100;

/// Ends each wait that is over as the rule of orders says. Answers how many.
pub async fn run_out(env: &Env, _: System) -> Result<u64, Fault> {
    let due = Entity::find()
        .filter(Column::DueAt.lte(env.now()))
        .order_by_asc(Column::DueAt)
        .limit(BATCH)
        .all(env.db())
        .await?;
    let mut done = 0;
    for order in due {
        match one(env, &order).await {
            Ok(taken) => done += u64::from(taken),
            Err(error) => tracing::error!(order = %order.id, %error, "a wait that ran out could not be ended"),
        }
    }
    Ok(done)
}

async fn one(env: &Env, seen: &order::Model) -> Result<bool, Fault> {
    let tx = env.begin().await?;
    // Standing, where strikes are counted, is locked before listings, and listings before orders.
    standing::hold_whole(&tx, &[seen.buyer_id, seen.seller_id]).await?;
    market::store::lock(&tx, seen.listing_id).await?;
    let Some(order) = still_due(&tx, seen.id).await? else {
        return Ok(false);
    };
    let step = state::timer(order.state).ok_or_else(|| Fault::internal("an ended order waits for something"))?;
    take(&tx, &order, step).await?;
    tx.commit().await?;
    tracing::info!(order = %order.id, state = ?order.state, "a wait ran out");
    Ok(true)
}

/// Takes the step that the end of a wait takes.
async fn take(tx: &Tx, order: &order::Model, step: Step) -> Result<(), Fault> {
    match step {
        Step::PaymentTimer | Step::PromiseMissed => cancel::end(tx, order, step, None).await.map_err(Fault::internal),
        Step::ConfirmTimer => confirm::complete(tx, order, step, None).await.map_err(Fault::internal),
        Step::ReturnTimer => giving_back::withdraw::end(tx, order, step, None).await.map_err(Fault::internal),
        Step::InspectionTimer => rule::refund(tx, order, step, None).await.map_err(Fault::internal),
        Step::Pay
        | Step::Deliver
        | Step::Correct
        | Step::Confirm
        | Step::BuyerCancel
        | Step::SellerCancel
        | Step::RequestReturn
        | Step::WithdrawReturn
        | Step::HandBack
        | Step::AgreeReturn
        | Step::RefuseReturn
        | Step::RuleRefund
        | Step::RuleSplit
        | Step::BuyerBlacklisted
        | Step::SellerBlacklisted => Err(Fault::internal("no timer takes this step")),
    }
}

/// The order, locked, if its wait has run out by the transaction's clock and nobody was faster.
async fn still_due(tx: &Tx, id: OrderId) -> Result<Option<order::Model>, Fault> {
    let order = store::lock(tx, id).await?;
    Ok(order.filter(|order| order.due_at.is_some_and(|due| due <= tx.now())))
}

/// Makes settled proceeds available. Answers how many.
pub async fn settle(env: &Env, _: System) -> Result<u64, Fault> {
    let due = Entity::find()
        .filter(Column::SettlesAt.lte(env.now()))
        .order_by_asc(Column::SettlesAt)
        .limit(BATCH)
        .all(env.db())
        .await?;
    let mut done = 0;
    for order in due {
        match settle_one(env, &order).await {
            Ok(taken) => done += u64::from(taken),
            Err(error) => tracing::error!(order = %order.id, %error, "proceeds could not be settled"),
        }
    }
    Ok(done)
}

async fn settle_one(env: &Env, order: &order::Model) -> Result<bool, Fault> {
    let tx = env.begin().await?;
    let taken = Entity::update_many()
        .col_expr(Column::SettlesAt, Expr::value(None::<entity::value::Time>))
        .filter(Column::Id.eq(order.id))
        .filter(Column::SettlesAt.lte(tx.now()));
    if taken.exec(tx.db()).await?.rows_affected == 0 {
        return Ok(false);
    }
    ledger::settle(&tx, order.id, order.seller_id, order.price - order.fee)
        .await
        .map_err(confirm::in_escrow)?;
    history::append(&tx, order.id, OrderStepKind::Settled, None).await?;
    tx.emit(Event::ProceedsSettled {
        order: order.id,
        seller: order.seller_id,
    });
    tx.commit().await?;
    Ok(true)
}
