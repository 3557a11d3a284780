//! What a ruling would do, before anybody makes it.

use entity::{
    case::Model,
    case_ruling,
    kinds::{CaseKind, Finding, RulingState},
    value::{CaseId, Money},
};

use super::{RefusalError, end, find, place, state};
use crate::{
    dispute::{
        claim::{ClaimError, is_party},
        ruling::{self, Ruling},
        store,
    },
    kernel::{Env, Fault, policy::Admin},
    order::{Share, Side},
};

/// What a ruling would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preview {
    /// What the seller would get of the escrow.
    pub to_seller: Money,
    /// What the buyer would get back.
    pub to_buyer: Money,
    /// Whether the money would move at once; else those whom it concerns may object within 48 hours.
    pub at_once: bool,
    /// Who would be blacklisted.
    pub blacklists: Option<Side>,
    /// Whether it would wait for a second admin.
    pub needs_second: bool,
}

/// What a finding, or a final ruling where there is none, would do in a case.
pub async fn preview(env: &Env, admin: Admin, id: CaseId, finding: Option<Finding>, share: Option<i32>) -> Result<Preview, RefusalError> {
    let case = store::get(env.db(), id).await?.ok_or(RefusalError::NotFound)?;
    if case.kind != CaseKind::Return {
        return Err(RefusalError::WrongState);
    }
    if is_party(&case, admin.id()) {
        return Err(ClaimError::Own.into());
    }
    let share = match finding {
        Some(finding) => find::share_of(finding, share)?,
        None => share.and_then(Share::percent).ok_or(RefusalError::Share)?,
    };
    of(&case, finding, share)
}

/// What a ruling that waits for a second admin would do. None: it does not wait any more, or is about a claim.
pub async fn of_ruling(env: &Env, _: Admin, row: &case_ruling::Model) -> Result<Option<Preview>, Fault> {
    let ruling = Ruling::try_from(row)?;
    let Some(share) = ruling.share.filter(|_| row.state == RulingState::Pending) else {
        return Ok(None);
    };
    let case = store::get(env.db(), row.case_id)
        .await?
        .filter(|case| case.kind == CaseKind::Return);
    Ok(case.and_then(|case| of(&case, ruling.finding, share).ok()))
}

fn of(case: &Model, finding: Option<Finding>, share: Share) -> Result<Preview, RefusalError> {
    let step = finding.map_or(state::Step::Rule, find::step);
    let next = state::advance(place(case)?, step)?;
    let (to_seller, to_buyer) = share.divide(case.amount);
    let cheat = match next {
        state::Next::End(basis) => end::cheat(basis, case),
        state::Next::To(_) => None,
    };
    let side = |(user, _)| super::hold::side(case, user);
    Ok(Preview {
        to_seller,
        to_buyer,
        at_once: matches!(next, state::Next::End(_)),
        blacklists: cheat.and_then(side),
        needs_second: ruling::needs_two(case.amount),
    })
}
