//! A party accepts a settlement, in the version he saw.

use entity::{
    case_proposal::{Column, Entity},
    kinds::CaseStep,
    value::CaseId,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde::Serialize;
use uuid::Uuid;

use super::{
    RefusalError, end, hold, proposals,
    state::{Next, Step, advance},
};
use crate::{
    dispute::timeline,
    kernel::{Claim, Env, Fault, policy::Trader},
    order::{Share, Side},
};

/// A settlement that is to be accepted.
#[derive(Debug, Clone, Serialize)]
pub struct AcceptSettlement {
    /// In which case.
    pub case: CaseId,
    /// The version that he saw.
    pub version: i32,
    /// His idempotency key.
    #[serde(skip)]
    pub key: Uuid,
}

/// Accepts the open version, if it is still the one he saw. When both have accepted it, the case ends with it. Accepting it again changes nothing.
pub async fn accept(env: &Env, party: Trader, ask: &AcceptSettlement) -> Result<CaseId, RefusalError> {
    let tx = env.begin().await?;
    match tx.claim(party.id(), "caseProposalAccept", ask.key, ask).await? {
        Claim::First(_) => {}
        Claim::Repeat(_) => return Ok(ask.case),
        Claim::UsedForOther => return Err(RefusalError::KeyReused),
    }
    let (case, side) = hold::for_party(&tx, party, ask.case).await?;
    let Next::End(basis) = advance(hold::in_time(&tx, &case)?, Step::Agree)? else {
        return Err(RefusalError::WrongState);
    };
    let open = proposals::newest(&tx, case.id).await?.filter(|newest| newest.ended_at.is_none());
    let open = open.filter(|open| open.version == ask.version).ok_or(RefusalError::OtherVersion)?;
    let (mine, other, column) = match side {
        Side::Bought => (open.buyer_accepted_at, open.seller_accepted_at, Column::BuyerAcceptedAt),
        Side::Sold => (open.seller_accepted_at, open.buyer_accepted_at, Column::SellerAcceptedAt),
    };
    if mine.is_some() {
        return Ok(case.id);
    }
    let update = Entity::update_many()
        .col_expr(column, Expr::value(Some(tx.now())))
        .filter(Column::Id.eq(open.id));
    update.exec(tx.db()).await.map_err(Fault::from)?;
    timeline::append(&tx, &case, CaseStep::ProposalAccepted, Some(party.id())).await?;
    if other.is_some() {
        let share = Share::percent(open.seller_share).ok_or_else(|| Fault::internal("a proposal out of range"))?;
        end::end(&tx, &case, basis, Some(share), None).await?;
    }
    tx.commit().await?;
    tracing::info!(case = %case.id, version = open.version, party = %party.id(), "a settlement was accepted");
    Ok(case.id)
}
