//! What an admin found out about a large withdrawal of which the bank says nothing waits for a second admin as well.

use entity::{
    bank_difference,
    kinds::{MoneyDecisionKind, MoneyDecisionState, SubjectKind},
    money_decision::{Column, Entity, Model},
    value::{BankDifferenceId, Money, MoneyDecisionId, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use serde_json::json;
use uuid::Uuid;

use super::{DECISIONS_MOVED, DecideError, propose};
use crate::{
    kernel::{Fault, Tx},
    wallet::{
        limits,
        reconcile::{self, Outcome, ResolveError},
    },
};

/// Where an admin wants the money of a silent withdrawal to be booked, and why.
pub(in crate::wallet) struct Settlement {
    /// The difference.
    pub difference: BankDifferenceId,
    /// The withdrawal that it is about.
    withdrawal: Uuid,
    /// As what.
    pub kind: MoneyDecisionKind,
    /// How much it is about.
    pub amount: Money,
    /// Why.
    pub reason: String,
}

impl Settlement {
    /// What waits for a second admin. None: one is enough.
    pub fn of(tx: &Tx, difference: &bank_difference::Model, (outcome, amount): (Outcome, Money), reason: &str) -> Option<Self> {
        let kind = match outcome {
            Outcome::Noted => return None,
            Outcome::Paid => MoneyDecisionKind::SettlePaid,
            Outcome::Failed => MoneyDecisionKind::SettleFailed,
        };
        propose::needs_two(kind, amount, limits::second_above(tx.env())).then(|| Self {
            difference: difference.id,
            withdrawal: difference.subject_id,
            kind,
            amount,
            reason: reason.to_owned(),
        })
    }
}

/// Lets it wait up to 72 hours for a second admin. `false`: something else about the same withdrawal waits. The
/// withdrawal is held.
pub(in crate::wallet) async fn settle(tx: &Tx, by: UserId, what: Settlement) -> Result<bool, Fault> {
    let differences = bank_difference::Entity::find()
        .select_only()
        .column(bank_difference::Column::Id)
        .filter(bank_difference::Column::SubjectId.eq(what.withdrawal))
        .into_query();
    let waiting = Entity::find()
        .filter(Column::SubjectId.in_subquery(differences))
        .filter(Column::State.eq(MoneyDecisionState::Open));
    if waiting.one(tx.db()).await?.is_some() {
        return Ok(false);
    }
    let (id, about) = (MoneyDecisionId::new(), (what.kind, what.difference.0, what.amount));
    let detail = json!({ "kind": what.kind, "subject": what.difference, "amount": what.amount, "reason": what.reason });
    let row = propose::draft(tx, id, about, what.reason, by, true);
    match propose::insert(tx, &row).await {
        Ok(()) => {}
        Err(DecideError::Waits) => return Ok(false),
        Err(DecideError::Fault(fault)) => return Err(fault),
        Err(other) => return Err(Fault::internal(other)),
    }
    tx.emit(DECISIONS_MOVED);
    tx.audit(by.0, "money_propose", (SubjectKind::MoneyDecision, id.0), &detail).await?;
    Ok(true)
}

/// Books it, now that two have agreed.
pub(super) async fn perform(tx: &Tx, decision: &Model, by: UserId) -> Result<(), DecideError> {
    let outcome = match decision.kind {
        MoneyDecisionKind::SettlePaid => Outcome::Paid,
        MoneyDecisionKind::SettleFailed => Outcome::Failed,
        MoneyDecisionKind::Advance | MoneyDecisionKind::WriteOff | MoneyDecisionKind::Fund => {
            return Err(Fault::internal("a decision that settles nothing").into());
        }
    };
    let difference = BankDifferenceId(decision.subject_id);
    match reconcile::settle_by_two(tx, difference, outcome, &decision.reason, (decision.proposed_by, by)).await {
        Ok(()) => Ok(()),
        Err(ResolveError::Resolved { .. } | ResolveError::NotSent) => Err(DecideError::Settled),
        Err(ResolveError::Fault(fault)) => Err(fault.into()),
        Err(other) => Err(Fault::internal(other).into()),
    }
}

/// Whether the money is an admin's own.
pub(super) async fn is_own(tx: &Tx, decision: &Model, admin: UserId) -> Result<bool, Fault> {
    reconcile::is_owner(tx, BankDifferenceId(decision.subject_id), admin).await
}
