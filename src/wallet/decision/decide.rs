//! The second admin approves or refuses.

use entity::{
    kinds::{MoneyDecisionKind, MoneyDecisionState, SubjectKind},
    money_decision::{Column, Entity, Model},
    value::{DebtId, MoneyDecisionId, Time, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{
    DECISIONS_MOVED, DecideError,
    list::{Card, get},
    perform::{check, perform},
    propose::What,
    settle,
};
use crate::{
    account::face,
    kernel::{
        Claim, Env, Fault, Tx,
        policy::{Admin, Proven},
        text::clean_text,
    },
    wallet::{claim::claimer, withdrawal::REASON},
};

#[derive(Serialize)]
struct Ask<'a> {
    id: MoneyDecisionId,
    refusal: Option<&'a str>,
}

/// Does what another admin proposed within the last 72 hours. If it cannot be done as things are now, it goes on waiting.
pub async fn approve(env: &Env, admin: Proven<Admin>, id: MoneyDecisionId, key: Uuid) -> Result<Card, DecideError> {
    decide(env, admin, "moneyDecisionApprove", Ask { id, refusal: None }, key).await
}

/// Refuses what another admin proposed, with a reason of 2 to 500 characters.
pub async fn refuse(env: &Env, admin: Proven<Admin>, id: MoneyDecisionId, reason: &str, key: Uuid) -> Result<Card, DecideError> {
    let refusal = clean_text(reason, REASON)?;
    let ask = Ask {
        id,
        refusal: Some(&refusal),
    };
    decide(env, admin, "moneyDecisionRefuse", ask, key).await
}

async fn decide(env: &Env, admin: Proven<Admin>, operation: &'static str, ask: Ask<'_>, key: Uuid) -> Result<Card, DecideError> {
    let tx = env.begin().await?;
    match tx.claim(admin.id(), operation, key, &ask).await? {
        Claim::First(_) => {}
        Claim::Repeat(_) => return Ok(get(&tx, ask.id).await?),
        Claim::UsedForOther => return Err(DecideError::KeyReused),
    }
    let row = Entity::find_by_id(ask.id)
        .lock_exclusive()
        .one(tx.db())
        .await
        .map_err(Fault::from)?;
    let row = row.ok_or(DecideError::NotFound)?;
    if row.proposed_by == admin.id() {
        return Err(DecideError::Own);
    }
    if !is_waiting(&row, tx.now()) {
        let by = decider(&tx, &row, *admin).await?;
        return Err(DecideError::AlreadyDecided { by });
    }
    let (state, act) = match ask.refusal {
        Some(_) => (MoneyDecisionState::Refused, "money_refuse"),
        None => (MoneyDecisionState::Done, "money_approve"),
    };
    // A party of the debt decides nothing about it, not even to refuse.
    own_matter(&tx, &row, admin.id()).await?;
    if let Some(by) = claimer(&tx, (row.claimed_by, row.claimed_at), *admin).await? {
        return Err(DecideError::Claimed { by });
    }
    if state == MoneyDecisionState::Done {
        perform(&tx, &row, admin.id()).await?;
    }
    end(&tx, &row, state, Some(admin.id()), ask.refusal).await?;
    let detail = json!({ "kind": row.kind, "subject": row.subject_id, "amount": row.amount, "refusal": ask.refusal });
    tx.audit(admin.id().0, act, (SubjectKind::MoneyDecision, row.id.0), &detail).await?;
    let card = get(&tx, row.id).await?;
    tx.commit().await?;
    tracing::info!(decision = %row.id, ?state, admin = %admin.id(), "a second admin decided about money");
    Ok(card)
}

/// Whether it waits for a second admin, whether or not the timer has come by.
pub(super) fn is_waiting(row: &Model, now: Time) -> bool {
    row.state == MoneyDecisionState::Open && row.due_at.is_some_and(|due| now < due)
}

pub(super) async fn own_matter(tx: &Tx, row: &Model, admin: UserId) -> Result<(), DecideError> {
    let debt = DebtId(row.subject_id);
    let what = match row.kind {
        MoneyDecisionKind::Fund => What::Fund(row.amount),
        MoneyDecisionKind::Advance => What::Advance(debt, row.amount),
        MoneyDecisionKind::WriteOff => What::WriteOff(debt),
        MoneyDecisionKind::SettlePaid | MoneyDecisionKind::SettleFailed => {
            return match settle::is_own(tx, row, admin).await? {
                true => Err(DecideError::Own),
                false => Ok(()),
            };
        }
    };
    match check(tx, what, admin).await {
        Err(error @ (DecideError::Own | DecideError::Fault(_))) => Err(error),
        _ => Ok(()),
    }
}

/// Ends a decision that waits.
pub(super) async fn end(tx: &Tx, row: &Model, state: MoneyDecisionState, by: Option<UserId>, refusal: Option<&str>) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::DueAt, Expr::value(None::<Time>))
        .col_expr(Column::DecidedBy, Expr::value(by))
        .col_expr(Column::DecidedAt, Expr::value(tx.now()))
        .col_expr(Column::Refusal, Expr::value(refusal.map(str::to_owned)))
        .filter(Column::Id.eq(row.id))
        .filter(Column::State.eq(MoneyDecisionState::Open));
    let ended = update.exec(tx.db()).await?.rows_affected == 1;
    if ended {
        tx.emit(DECISIONS_MOVED);
    }
    Ok(ended)
}

/// Who decided it at last.
pub(super) async fn decider(tx: &Tx, row: &Model, admin: Admin) -> Result<Option<String>, Fault> {
    let by = match row.state {
        MoneyDecisionState::Done => Some(row.decided_by.unwrap_or(row.proposed_by)),
        MoneyDecisionState::Refused => row.decided_by,
        MoneyDecisionState::Open | MoneyDecisionState::Void => None,
    };
    let Some(by) = by else { return Ok(None) };
    Ok(face::read(tx.db(), by).await?.map(|face| face.name(admin)))
}
