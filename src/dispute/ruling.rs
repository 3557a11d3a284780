//! Rulings about more than ¥20,000 wait for a second admin, who may only approve or refuse. Refused, or silent for 72 hours, they are void; the case
//! is open to others then, and its other timers run on all the time.

use std::collections::HashMap;

use entity::{
    case::Model as Case,
    case_ruling::{Column, Entity, Model},
    kinds::{CaseStep, Finding, RulingKind, RulingState, SubjectKind},
    value::{CaseId, CaseRulingId, Money, Time, UserId},
};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};
use serde_json::{Value, json};

use super::timeline;
use crate::{
    kernel::{Env, Fault, Tx, policy::Admin},
    order::Share,
};

mod decide;
mod lapse;

pub use decide::{DecideError, DecideRuling, decide};
pub use lapse::lapse;

/// Above this a second admin has to agree.
pub const SECOND_ABOVE: Money = Money::yuan(20_000);
/// How many hours a ruling waits for him; then it is void.
pub const WAITS_HOURS: i64 = 72;
/// Characters of a reason.
pub const REASON: std::ops::RangeInclusive<usize> = 2..=500;

/// What an admin decides in a case.
#[derive(Debug, Clone)]
pub struct Ruling {
    /// What it says.
    pub kind: RulingKind,
    /// What was found; none where the kind says all.
    pub finding: Option<Finding>,
    /// The seller's share, where it gives one.
    pub share: Option<Share>,
    /// What the platform advances, where it upholds a claim.
    pub advance: Option<Money>,
    /// Why, for both parties.
    pub reason: String,
    /// The admin.
    pub by: UserId,
}

impl Ruling {
    /// What the audit log keeps of it.
    fn detail(&self, case: &Case) -> Value {
        json!({
            "order": case.order_id,
            "kind": self.kind,
            "finding": self.finding,
            "share": self.share.map(Share::get),
            "advance": self.advance,
            "reason": self.reason,
        })
    }
}

impl TryFrom<&Model> for Ruling {
    type Error = Fault;

    fn try_from(row: &Model) -> Result<Self, Fault> {
        let share = row
            .seller_share
            .map(|share| Share::percent(share).ok_or_else(|| Fault::internal("a ruling's share out of range")));
        Ok(Self {
            kind: row.kind,
            finding: row.finding,
            share: share.transpose()?,
            advance: row.advance,
            reason: row.reason.clone(),
            by: row.ruled_by,
        })
    }
}

/// The rule: whether a second admin has to agree to a ruling about so much.
#[must_use]
pub fn needs_two(amount: Money) -> bool {
    amount > SECOND_ABOVE
}

/// Writes down, for the audit log, that a ruling was made by one admin alone.
pub(super) async fn on_record(tx: &Tx, case: &Case, ruling: &Ruling) -> Result<(), Fault> {
    let subject = (SubjectKind::Case, case.id.0);
    tx.audit(ruling.by.0, "case_rule", subject, &ruling.detail(case)).await
}

/// Lets a ruling wait for a second admin. `false`: another waits in this case already.
pub(super) async fn propose(tx: &Tx, case: &Case, ruling: &Ruling) -> Result<bool, Fault> {
    let row = Model {
        id: CaseRulingId::new(),
        case_id: case.id,
        kind: ruling.kind,
        finding: ruling.finding,
        seller_share: ruling.share.map(|share| i32::from(share.get())),
        advance: ruling.advance,
        reason: ruling.reason.clone(),
        state: RulingState::Pending,
        ruled_by: ruling.by,
        ruled_at: tx.now(),
        due_at: Some(tx.now().plus_hours(WAITS_HOURS)),
        decided_by: None,
        decided_at: None,
        refusal: None,
    };
    let once = OnConflict::new().do_nothing().to_owned();
    let insert = Entity::insert(row.into_active_model()).on_conflict(once);
    if insert.exec_without_returning(tx.db()).await? == 0 {
        return Ok(false);
    }
    let subject = (SubjectKind::Case, case.id.0);
    tx.audit(ruling.by.0, "case_rule_propose", subject, &ruling.detail(case)).await?;
    timeline::append(tx, case, CaseStep::RulingMade, Some(ruling.by)).await?;
    Ok(true)
}

/// Ends a ruling that waits. `false`: it does not wait any more.
async fn end(tx: &Tx, id: CaseRulingId, state: RulingState, by: Option<UserId>, refusal: Option<&str>) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::DueAt, Expr::value(None::<Time>))
        .col_expr(Column::DecidedBy, Expr::value(by))
        .col_expr(Column::DecidedAt, Expr::value(Some(tx.now())))
        .col_expr(Column::Refusal, Expr::value(refusal.map(str::to_owned)))
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(RulingState::Pending));
    Ok(update.exec(tx.db()).await?.rows_affected == 1)
}

/// Makes a ruling that waits void, because its case has gone on without it.
pub(super) async fn void(tx: &Tx, case: &Case) -> Result<(), Fault> {
    let waiting = Entity::find()
        .filter(Column::CaseId.eq(case.id))
        .filter(Column::State.eq(RulingState::Pending));
    if let Some(ruling) = waiting.one(tx.db()).await?
        && end(tx, ruling.id, RulingState::Lapsed, None, None).await?
    {
        timeline::append(tx, case, CaseStep::RulingLapsed, None).await?;
    }
    Ok(())
}

/// Whether an admin made the finding of a case, alone or as the second of two.
pub(super) async fn made_finding(tx: &Tx, case: &Case, admin: UserId) -> Result<bool, Fault> {
    if case.found_by == Some(admin) {
        return Ok(true);
    }
    let seconded = Entity::find()
        .filter(Column::CaseId.eq(case.id))
        .filter(Column::Kind.eq(RulingKind::Finding))
        .filter(Column::State.eq(RulingState::Approved))
        .filter(Column::DecidedBy.eq(admin));
    Ok(seconded.one(tx.db()).await?.is_some())
}

/// One ruling that waited for a second admin, or waits.
pub async fn find(env: &Env, _: Admin, id: CaseRulingId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).one(env.db()).await?)
}

/// The rulings of some cases that waited for a second admin, or wait, oldest first. For admins.
pub async fn of(env: &Env, cases: &[CaseId]) -> Result<HashMap<CaseId, Vec<Model>>, Fault> {
    let rows = Entity::find()
        .filter(Column::CaseId.is_in(cases.iter().copied()))
        .order_by_asc(Column::RuledAt)
        .order_by_asc(Column::Id)
        .all(env.db())
        .await?;
    let mut rulings = HashMap::<CaseId, Vec<Model>>::new();
    for row in rows {
        rulings.entry(row.case_id).or_default().push(row);
    }
    Ok(rulings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn above_twenty_thousand_it_takes_two() {
        assert!(!needs_two(SECOND_ABOVE));
        assert!(needs_two(SECOND_ABOVE + Money(1)));
    }
}
