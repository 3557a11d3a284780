//! A party of a claim brings more evidence.

use entity::{
    evidence::{Column, Entity},
    kinds::CaseStep,
    value::CaseId,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::{RecoveryError, Statement, hold, state::IllegalStep};
use crate::{
    dispute::{store, timeline},
    kernel::{Claim, Env, Fault, policy::Trader},
    order::evidence::{self, Evidence},
};

/// How many pieces a party brings to an order at most.
pub const PIECES: u64 = 20;

/// Brings a text and up to 20 images while the claim is open. They cannot be changed. The same key answers the same case.
pub async fn bring(env: &Env, party: Trader, statement: &Statement) -> Result<CaseId, RecoveryError> {
    let piece = Evidence::checked(&statement.text, statement.images.clone())?;
    let id = CaseId(statement.about);
    let tx = env.begin().await?;
    match tx.claim(party.id(), "caseEvidenceAdd", statement.key, statement).await? {
        Claim::First(_) => {}
        Claim::Repeat(_) => return Ok(id),
        Claim::UsedForOther => return Err(RecoveryError::KeyReused),
    }
    let seen = store::get(tx.db(), id).await?.ok_or(RecoveryError::NotFound)?;
    let case = if seen.buyer_id == party.id() {
        hold::for_party(&tx, party, id, |case| case.buyer_id).await?
    } else {
        hold::for_party(&tx, party, id, |case| case.seller_id).await?
    };
    if !hold::is_open(&case) {
        let place = hold::place(&case);
        let step = super::state::Step::Answer;
        return Err(IllegalStep { place, step }.into());
    }
    let brought = Entity::find()
        .filter(Column::OrderId.eq(case.order_id))
        .filter(Column::AuthorId.eq(party.id()));
    if brought.count(tx.db()).await.map_err(Fault::from)? >= PIECES {
        return Err(RecoveryError::TooMuchEvidence);
    }
    evidence::add(&tx, party.id(), case.order_id, &piece).await?;
    timeline::append(&tx, &case, CaseStep::EvidenceAdded, Some(party.id())).await?;
    tx.commit().await?;
    Ok(id)
}
