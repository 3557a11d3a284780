//! An admin decides about money, alone or as the first of two.

use entity::{
    kinds::{MoneyDecisionKind, MoneyDecisionState, SubjectKind},
    money_decision,
    value::{DebtId, Money, MoneyDecisionId, UserId},
};
use sea_orm::{EntityTrait, IntoActiveModel, sea_query::OnConflict};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{
    DECISIONS_MOVED, DecideError, FUND_AT_MOST, WAITS_HOURS,
    list::{Card, get},
    perform::{check, perform},
};
use crate::{
    kernel::{
        Claim, Env, Fault, Tx,
        policy::{Admin, Proven},
        text::clean_text,
    },
    wallet::{limits, withdrawal::REASON},
};

/// What shall be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum What {
    /// Advance so much of what a user is owed.
    Advance(DebtId, Money),
    /// Write off what is left of a debt to the platform.
    WriteOff(DebtId),
    /// Put so much of the earnings aside for compensation.
    Fund(Money),
}

/// What an admin wants done, and why.
#[derive(Debug, Clone, Serialize)]
pub struct Proposal {
    /// What.
    pub what: What,
    /// Why, 2 to 500 characters.
    pub reason: String,
    /// His idempotency key.
    #[serde(skip)]
    pub key: Uuid,
}

/// The kind, the name of the mutation, and the subject.
const fn named(what: What) -> (MoneyDecisionKind, &'static str, Uuid) {
    match what {
        What::Advance(debt, _) => (MoneyDecisionKind::Advance, "debtAdvance", debt.0),
        What::WriteOff(debt) => (MoneyDecisionKind::WriteOff, "debtWriteOff", debt.0),
        What::Fund(_) => (MoneyDecisionKind::Fund, "compensationFund", Uuid::nil()),
    }
}

/// The rule: putting money aside takes two admins, the rest above `second_above`.
pub(super) fn needs_two(kind: MoneyDecisionKind, amount: Money, second_above: Money) -> bool {
    match kind {
        MoneyDecisionKind::Fund => true,
        MoneyDecisionKind::Advance | MoneyDecisionKind::WriteOff | MoneyDecisionKind::SettlePaid | MoneyDecisionKind::SettleFailed => {
            amount > second_above
        }
    }
}

/// Does it, or lets it wait up to 72 hours for a second admin. Asking again with the same key answers the same decision.
pub async fn propose(env: &Env, admin: Proven<Admin>, proposal: &Proposal) -> Result<Card, DecideError> {
    let reason = clean_text(&proposal.reason, REASON)?;
    if let What::Advance(_, amount) | What::Fund(amount) = proposal.what
        && !(Money(1)..=FUND_AT_MOST).contains(&amount)
    {
        return Err(DecideError::Amount);
    }
    let (kind, operation, subject) = named(proposal.what);
    let tx = env.begin().await?;
    let id = match tx.claim(admin.id(), operation, proposal.key, proposal).await? {
        Claim::First(id) => MoneyDecisionId(id),
        Claim::Repeat(id) => return Ok(get(&tx, MoneyDecisionId(id)).await?),
        Claim::UsedForOther => return Err(DecideError::KeyReused),
    };
    let amount = check(&tx, proposal.what, admin.id()).await?;
    let waits = needs_two(kind, amount, limits::second_above(env));
    let row = draft(&tx, id, (kind, subject, amount), reason, admin.id(), waits);
    insert(&tx, &row).await?;
    if waits {
        tx.emit(DECISIONS_MOVED);
    } else {
        perform(&tx, &row, admin.id()).await?;
    }
    let act = if waits { "money_propose" } else { "money_decide" };
    let detail = json!({ "kind": kind, "subject": subject, "amount": amount, "reason": row.reason });
    tx.audit(admin.id().0, act, (SubjectKind::MoneyDecision, id.0), &detail).await?;
    let card = get(&tx, id).await?;
    tx.commit().await?;
    tracing::info!(decision = %id, ?kind, %subject, %amount, waits, admin = %admin.id(), "a decision about money");
    Ok(card)
}

/// The row of a decision, which waits for a second admin or is done with the first.
pub(super) fn draft(
    tx: &Tx,
    id: MoneyDecisionId,
    (kind, subject_id, amount): (MoneyDecisionKind, Uuid, Money),
    reason: String,
    proposed_by: UserId,
    waits: bool,
) -> money_decision::Model {
    money_decision::Model {
        id,
        kind,
        subject_id,
        amount,
        reason,
        state: if waits {
            MoneyDecisionState::Open
        } else {
            MoneyDecisionState::Done
        },
        proposed_by,
        proposed_at: tx.now(),
        due_at: waits.then(|| tx.now().plus_hours(WAITS_HOURS)),
        decided_by: None,
        decided_at: (!waits).then_some(tx.now()),
        refusal: None,
        claimed_by: None,
        claimed_at: None,
    }
}

pub(super) async fn insert(tx: &Tx, row: &money_decision::Model) -> Result<(), DecideError> {
    // Of the same kind about the same thing one waits at a time.
    let once = OnConflict::new().do_nothing().to_owned();
    let insert = money_decision::Entity::insert(row.clone().into_active_model()).on_conflict(once);
    match insert.exec_without_returning(tx.db()).await.map_err(Fault::from)? {
        0 => Err(DecideError::Waits),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn putting_aside_takes_two_and_the_rest_above_twenty_thousand() {
        use MoneyDecisionKind::{Advance, Fund, WriteOff};
        const SECOND_ABOVE: Money = Money::yuan(20_000);
        for (kind, amount, two) in [
            (Fund, Money(1), true),
            (Advance, SECOND_ABOVE, false),
            (Advance, SECOND_ABOVE + Money(1), true),
            (WriteOff, SECOND_ABOVE, false),
            (WriteOff, SECOND_ABOVE + Money(1), true),
        ] {
            assert_eq!(needs_two(kind, amount, SECOND_ABOVE), two, "{kind:?} {amount}");
        }
    }
}
