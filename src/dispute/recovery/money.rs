//! What the steps of a claim do to the seller's wallet, and to the row that says so.

use entity::{
    case::{Column, Entity, Model},
    kinds::{FreezeCause, FreezeStage},
    order,
    value::{Money, Time, UserId},
};
use sea_orm::{UpdateMany, sea_query::Expr};
use uuid::Uuid;

use super::state::{self, Place};
use crate::{
    dispute::store,
    kernel::{Fault, Tx},
    order::{recover, store as orders},
    wallet::{
        case_hold::{self, Claim},
        freeze::{self, Freeze},
    },
};

/// The freeze that a case asks for.
pub(super) const fn freeze_of(case: &Model) -> Freeze {
    Freeze {
        user: case.seller_id,
        cause: FreezeCause::Case,
        subject: case.id.0,
    }
}

/// Writes where a claim stands now, with what `more` adds.
pub(super) async fn write(
    tx: &Tx,
    case: &Model,
    to: Place,
    more: impl FnOnce(UpdateMany<Entity>) -> UpdateMany<Entity>,
) -> Result<(), Fault> {
    let open = state::is_open(to.state);
    let rules = &tx.env().config().recovery;
    let freeze_due = state::freeze_until(case.opened_at, to.freeze, rules).filter(|_| open);
    let written = Model {
        state: to.state,
        freeze_due_at: freeze_due,
        ..case.clone()
    };
    let update = store::still(case)
        .col_expr(Column::State, Expr::value(to.state))
        .col_expr(Column::FreezeStage, Expr::value(to.freeze))
        .col_expr(Column::FreezeDueAt, Expr::value(freeze_due))
        .col_expr(Column::DueAt, Expr::value(state::timer(&written).map(|(_, at)| at)))
        .col_expr(Column::ClosedAt, Expr::value(Some(tx.now()).filter(|_| !open)));
    if store::apply(tx, more(update)).await? {
        Ok(())
    } else {
        Err(Fault::internal("a case that is held changed"))
    }
}

/// The order of a claim, locked.
pub(super) async fn order_of(tx: &Tx, case: &Model) -> Result<order::Model, Fault> {
    let order = orders::lock(tx, case.order_id).await?;
    order.ok_or_else(|| Fault::internal("a case without an order"))
}

/// What the wallet has to know of a claim.
pub(super) fn claim_of(case: &Model, order: &order::Model) -> Claim {
    Claim {
        case: case.id,
        order: case.order_id,
        seller: case.seller_id,
        buyer: case.buyer_id,
        amount: case.amount,
        held: case.held,
        proceeds: recover::to_settle(order).map_or(Money::ZERO, |(proceeds, _)| proceeds),
    }
}

/// Puts what is claimed into the case's hold and ends the freeze.
pub(super) async fn narrow(tx: &Tx, case: &Model, to: Place, by: Option<UserId>) -> Result<(), Fault> {
    let order = order_of(tx, case).await?;
    let taken = case_hold::hold(tx, &claim_of(case, &order)).await?;
    let settles_at = order.settles_at.filter(|_| taken.own > Money::ZERO);
    if settles_at.is_some() {
        recover::unsettle(tx, order.id).await?;
    }
    freeze::end(tx, who(by), freeze_of(case)).await?;
    write(tx, case, to, |update| {
        update
            .col_expr(Column::Held, Expr::value(taken.total()))
            .col_expr(Column::HeldSettling, Expr::value(taken.own))
            .col_expr(Column::HeldSettlesAt, Expr::value(settles_at))
    })
    .await
}

/// Ends the freeze, or gives back what is held: proceeds that would not be available yet go on settling.
pub(super) async fn release(tx: &Tx, case: &Model, by: Option<UserId>) -> Result<(), Fault> {
    match case.freeze_stage {
        Some(FreezeStage::Whole | FreezeStage::Kept) => freeze::end(tx, who(by), freeze_of(case)).await.map(drop),
        Some(FreezeStage::Narrowed) => give_back(tx, case).await,
        Some(FreezeStage::Ended) | None => Ok(()),
    }
}

async fn give_back(tx: &Tx, case: &Model) -> Result<(), Fault> {
    let order = order_of(tx, case).await?;
    let settling = match still_settles(case, tx.now()) {
        Some(at) => {
            recover::resettle(tx, order.id, at).await?;
            case.held_settling
        }
        None => Money::ZERO,
    };
    case_hold::give_back(tx, &claim_of(case, &order), settling).await
}

/// The rule: proceeds that were taken settle on if their time has not come.
fn still_settles(case: &Model, now: Time) -> Option<Time> {
    case.held_settles_at.filter(|at| *at > now && case.held_settling > Money::ZERO)
}

/// Takes what was held out of the row.
pub(super) fn emptied(update: UpdateMany<Entity>) -> UpdateMany<Entity> {
    update
        .col_expr(Column::Held, Expr::value(Money::ZERO))
        .col_expr(Column::HeldSettling, Expr::value(Money::ZERO))
        .col_expr(Column::HeldSettlesAt, Expr::value(None::<Time>))
}

/// For a freeze: a user, or nil for the system.
pub(super) fn who(by: Option<UserId>) -> Uuid {
    by.map_or(Uuid::nil(), |by| by.0)
}
