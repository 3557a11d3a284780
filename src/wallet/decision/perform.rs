//! Moves the money of a decision.

use std::collections::BTreeSet;

use entity::{
    debt,
    kinds::{DebtCause, DebtChangeKind, MoneyDecisionKind},
    money_decision,
    value::{DebtId, Money, UserId},
};
use sea_orm::{EntityTrait, QuerySelect};

use super::{DecideError, propose::What, settle};
use crate::{
    kernel::{Event, Fault, Tx},
    wallet::{
        debt::{NewDebt, open},
        ledger::{self, AccountKey, PostError, Transfer},
    },
};

/// Whether an admin may want this, as things are now; answers the amount that it is about.
pub(super) async fn check(tx: &Tx, what: What, admin: UserId) -> Result<Money, DecideError> {
    let (debt, amount) = match what {
        What::Fund(amount) => return Ok(amount),
        What::Advance(id, amount) => (find(tx, id).await?, Some(amount)),
        What::WriteOff(id) => (find(tx, id).await?, None),
    };
    if debt.debtor_id == admin || debt.creditor_id == Some(admin) {
        return Err(DecideError::Own);
    }
    match (amount, debt.creditor_id) {
        (Some(_), None) => Err(DecideError::OwedToPlatform),
        (None, Some(_)) => Err(DecideError::OwedToUser),
        (amount, _) => within(&debt, amount.unwrap_or(debt.remaining)),
    }
}

/// The rule: something, and no more than is left.
fn within(debt: &debt::Model, amount: Money) -> Result<Money, DecideError> {
    if amount > debt.remaining || amount <= Money::ZERO {
        return Err(DecideError::MoreThanLeft { left: debt.remaining });
    }
    Ok(amount)
}

async fn find(tx: &Tx, id: DebtId) -> Result<debt::Model, DecideError> {
    let found = debt::Entity::find_by_id(id).one(tx.db()).await.map_err(Fault::from)?;
    found.ok_or(DecideError::NotFound)
}

/// Does what was decided.
pub(super) async fn perform(tx: &Tx, decision: &money_decision::Model, by: UserId) -> Result<(), DecideError> {
    match decision.kind {
        MoneyDecisionKind::Fund => fund(tx, decision).await,
        MoneyDecisionKind::WriteOff => {
            let debt = lock(tx, decision).await?;
            // What was paid since it was proposed needs no writing off.
            let amount = within(&debt, decision.amount.min(debt.remaining))?;
            ledger::reduce(tx, &debt, amount, DebtChangeKind::WrittenOff, by.0).await?;
            tx.emit(Event::DebtForgiven {
                debt: debt.id,
                debtor: debt.debtor_id,
            });
            Ok(())
        }
        MoneyDecisionKind::Advance => {
            let debt = lock(tx, decision).await?;
            let creditor = debt.creditor_id.ok_or(DecideError::OwedToPlatform)?;
            within(&debt, decision.amount)?;
            advance(tx, &debt, creditor, decision.amount, by).await
        }
        MoneyDecisionKind::SettlePaid | MoneyDecisionKind::SettleFailed => settle::perform(tx, decision, by).await,
    }
}

async fn lock(tx: &Tx, decision: &money_decision::Model) -> Result<debt::Model, DecideError> {
    ledger::take_turn(tx).await?;
    let debt = debt::Entity::find_by_id(DebtId(decision.subject_id)).lock_exclusive();
    debt.one(tx.db()).await.map_err(Fault::from)?.ok_or(DecideError::NotFound)
}

/// The creditor gets it out of compensation; the debtor owes it to the platform instead.
pub(in crate::wallet) async fn advance(
    tx: &Tx,
    debt: &debt::Model,
    creditor: UserId,
    amount: Money,
    by: UserId,
) -> Result<(), DecideError> {
    let touched = BTreeSet::from([AccountKey::COMPENSATION]);
    ledger::line_up(tx, &BTreeSet::from([debt.debtor_id, creditor]), touched).await?;
    let there = ledger::lock_compensation(tx).await?;
    if there < amount {
        return Err(DecideError::NotEnough { there });
    }
    let change = ledger::reduce(tx, debt, amount, DebtChangeKind::Advanced, by.0).await?;
    ledger::post(tx, &[Transfer::debt_advanced(change, creditor, amount)])
        .await
        .map_err(is_there)?;
    let new = NewDebt {
        debtor: debt.debtor_id,
        creditor: None,
        cause: DebtCause::Advance,
        cause_id: change.0,
        amount,
    };
    open(tx, &new).await?;
    Ok(())
}

/// The lock on compensation lets one at a time look at what the platform earned.
async fn fund(tx: &Tx, decision: &money_decision::Model) -> Result<(), DecideError> {
    ledger::lock_compensation(tx).await?;
    let there = ledger::fees(tx.db()).await?;
    if there < decision.amount {
        return Err(DecideError::NotEnough { there });
    }
    ledger::post(tx, &[Transfer::compensation_funded(decision.id, decision.amount)])
        .await
        .map_err(is_there)?;
    Ok(())
}

/// Both sides are locked and were looked at: anything else is a defect.
fn is_there(error: PostError) -> Fault {
    match error {
        PostError::Fault(fault) => fault,
        PostError::Frozen | PostError::InDebt | PostError::Insufficient | PostError::AlreadyPosted => Fault::internal(error),
    }
}
