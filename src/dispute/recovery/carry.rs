//! What a ruling about a claim does: at once, or when a second admin has agreed.

use entity::{
    case::{Column, Entity, Model},
    kinds::{CaseKind, CaseState, CaseStep, RulingKind},
    value::{Money, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, UpdateMany, sea_query::Expr};

use super::{
    RecoveryError, hold, money,
    state::{Place, Step},
};
use crate::{
    blacklist,
    dispute::{
        ruling::{self, Ruling},
        timeline,
    },
    kernel::{Event, Fault, Tx},
    order::recover,
    standing,
    wallet::{case_hold, debt, freeze},
};

/// Over how many days rejected claims of a buyer are counted.
const REJECTED_DAYS: i64 = 90;
/// At how many of them somebody should look at him.
const REJECTED: u64 = 2;

/// Carries a ruling out, or lets it wait for a second admin.
pub(super) async fn make(tx: &Tx, case: &Model, ruling: &Ruling) -> Result<(), RecoveryError> {
    if ruling::needs_two(case.amount) {
        not_of_an_admin(tx, case, ruling).await?;
        return match ruling::propose(tx, case, ruling).await? {
            true => Ok(()),
            false => Err(RecoveryError::Waits),
        };
    }
    carry_out(tx, case, ruling).await?;
    Ok(ruling::on_record(tx, case, ruling).await?)
}

/// Makes a ruling about a claim true. The case is held.
pub(in crate::dispute) async fn carry_out(tx: &Tx, case: &Model, ruling: &Ruling) -> Result<(), RecoveryError> {
    match ruling.kind {
        RulingKind::Uphold => uphold(tx, case, ruling).await,
        RulingKind::Reject => reject(tx, case, ruling).await,
        RulingKind::Finding | RulingKind::Final => Err(Fault::internal("a ruling that does not belong to a claim").into()),
    }
}

/// The seller is blacklisted with all that follows, so that what comes back to him is there to be taken; his wallet and the hold go to the buyer as
/// far as they reach; the rest he owes, and the platform advances of it what it wants to; the freeze ends. The platform keeps its fee.
async fn uphold(tx: &Tx, case: &Model, ruling: &Ruling) -> Result<(), RecoveryError> {
    let next = hold::next(case, Step::Uphold)?;
    not_of_an_admin(tx, case, ruling).await?;
    blacklist::enact(tx, ruling.by.0, case.seller_id, &ruling.reason, None).await?;
    debt::take_turn(tx).await?;
    let order = money::order_of(tx, case).await?;
    let most = ruling.advance.unwrap_or(Money::ZERO);
    let recovered = case_hold::recover(tx, &money::claim_of(case, &order), most, ruling.by).await?;
    if order.settles_at.is_some() {
        recover::unsettle(tx, order.id).await?;
    }
    freeze::end(tx, ruling.by.0, money::freeze_of(case)).await?;
    recover::mark(tx, &order, ruling.by).await?;
    recover::let_go(tx, &order).await?;
    money::write(tx, case, next, |update| {
        ruled(money::emptied(update), ruling)
            .col_expr(Column::Recovered, Expr::value(Some(recovered.paid)))
            .col_expr(Column::Advanced, Expr::value(Some(recovered.advanced)))
    })
    .await?;
    timeline::append(tx, case, CaseStep::Upheld, Some(ruling.by)).await?;
    tracing::info!(case = %case.id, paid = %recovered.paid, advanced = %recovered.advanced, "a claim was upheld");
    Ok(())
}

async fn reject(tx: &Tx, case: &Model, ruling: &Ruling) -> Result<(), RecoveryError> {
    let next = hold::next(case, Step::Reject)?;
    end_without_payment(tx, case, next, Some(ruling.by), |update| ruled(update, ruling)).await?;
    timeline::append(tx, case, CaseStep::Rejected, Some(ruling.by)).await?;
    let rejected = Entity::find()
        .filter(Column::Kind.eq(CaseKind::Recovery))
        .filter(Column::BuyerId.eq(case.buyer_id))
        .filter(Column::State.eq(CaseState::Rejected))
        .filter(Column::ClosedAt.gt(tx.now().plus_days(-REJECTED_DAYS)));
    if rejected.count(tx.db()).await.map_err(Fault::from)? >= REJECTED {
        tx.emit(Event::ClaimantSuspected {
            user: case.buyer_id,
            case: case.id,
        });
    }
    Ok(())
}

/// Ends a claim without a payment: nothing is frozen or held for it any more.
pub(super) async fn end_without_payment(
    tx: &Tx,
    case: &Model,
    to: Place,
    by: Option<UserId>,
    more: impl FnOnce(UpdateMany<Entity>) -> UpdateMany<Entity>,
) -> Result<(), Fault> {
    let order = money::order_of(tx, case).await?;
    recover::let_go(tx, &order).await?;
    money::release(tx, case, by).await?;
    money::write(tx, case, to, |update| more(money::emptied(update))).await
}

fn ruled(update: UpdateMany<Entity>, ruling: &Ruling) -> UpdateMany<Entity> {
    update
        .col_expr(Column::RuledBy, Expr::value(Some(ruling.by)))
        .col_expr(Column::Reason, Expr::value(Some(ruling.reason.clone())))
}

/// An admin must lose the role before he can be blacklisted, and so before a claim against him is upheld. His standing is held.
async fn not_of_an_admin(tx: &Tx, case: &Model, ruling: &Ruling) -> Result<(), RecoveryError> {
    if ruling.kind != RulingKind::Uphold {
        return Ok(());
    }
    if standing::is_admin(tx, case.seller_id).await? {
        return Err(RecoveryError::SellerIsAdmin);
    }
    Ok(())
}
