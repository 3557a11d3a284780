//! The guarded statements of refused returns.

use entity::{
    case::{Column, Entity, Model},
    kinds::{CaseState, Finding},
    value::{Time, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use crate::{
    kernel::{Fault, Tx},
    order::{Share, Side},
};

/// What was found.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// What.
    pub(super) finding: Finding,
    /// What of the escrow it gives the seller.
    pub(super) share: Share,
    /// Why. None: nobody found anything in time.
    pub(super) reason: Option<String>,
    /// Who found it.
    pub(super) by: Option<UserId>,
}

/// How it ended.
#[derive(Debug, Clone)]
pub(super) struct Ended {
    /// What of the escrow the seller gets.
    pub(super) share: Share,
    /// The admin whose ruling it is, and his reason.
    pub(super) ruling: Option<(UserId, String)>,
}

/// What a step writes beside the state.
#[derive(Debug, Clone, Default)]
pub(super) struct Change {
    /// When the new wait ends by itself.
    pub(super) due_at: Option<Time>,
    /// What was found, if the step finds something.
    pub(super) found: Option<Found>,
    /// How it ended, if the step ends it.
    pub(super) ended: Option<Ended>,
}

/// Moves a held case on. Whoever held it has seen where it stands, so that nobody else has moved it.
pub(super) async fn advance(tx: &Tx, case: &Model, to: CaseState, change: Change) -> Result<(), Fault> {
    let mut update = Entity::update_many()
        .col_expr(Column::State, Expr::value(to))
        .col_expr(Column::DueAt, Expr::value(change.due_at));
    if let Some(found) = change.found {
        update = update
            .col_expr(Column::Finding, Expr::value(found.finding))
            .col_expr(Column::FindingShare, Expr::value(i32::from(found.share.get())))
            .col_expr(Column::FindingReason, Expr::value(found.reason))
            .col_expr(Column::FoundBy, Expr::value(found.by))
            .col_expr(Column::FoundAt, Expr::value(tx.now()));
    }
    if to == CaseState::Mediation {
        update = update.col_expr(Column::MediationBeganAt, Expr::value(tx.now()));
    }
    // Whoever made the finding does not rule in the end: another takes it.
    if to == CaseState::FinalRuling {
        update = update
            .col_expr(Column::ClaimedBy, Expr::value(None::<UserId>))
            .col_expr(Column::ClaimedAt, Expr::value(None::<Time>));
    }
    if let Some(ended) = change.ended {
        let (by, reason) = ended.ruling.unzip();
        update = update
            .col_expr(Column::ClosedAt, Expr::value(tx.now()))
            .col_expr(Column::SellerShare, Expr::value(i32::from(ended.share.get())))
            .col_expr(Column::RuledBy, Expr::value(by))
            .col_expr(Column::Reason, Expr::value(reason));
    }
    let update = update.filter(Column::Id.eq(case.id)).filter(Column::State.eq(case.state));
    match update.exec(tx.db()).await?.rows_affected {
        1 => Ok(()),
        _ => Err(Fault::internal("a held case was moved by somebody else")),
    }
}

/// Writes down that a party has brought everything.
pub(super) async fn mark_done(tx: &Tx, case: &Model, side: Side) -> Result<(), Fault> {
    let column = match side {
        Side::Bought => Column::BuyerDoneAt,
        Side::Sold => Column::SellerDoneAt,
    };
    mark(tx, case, column).await
}

/// Writes down that a party consents to what was found.
pub(super) async fn mark_consent(tx: &Tx, case: &Model, side: Side) -> Result<(), Fault> {
    let column = match side {
        Side::Bought => Column::BuyerConsentedAt,
        Side::Sold => Column::SellerConsentedAt,
    };
    mark(tx, case, column).await
}

async fn mark(tx: &Tx, case: &Model, column: Column) -> Result<(), Fault> {
    let update = Entity::update_many()
        .col_expr(column, Expr::value(tx.now()))
        .filter(Column::Id.eq(case.id))
        .filter(column.is_null());
    update.exec(tx.db()).await?;
    Ok(())
}
