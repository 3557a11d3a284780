//! A party brings evidence.

use entity::{
    evidence::{Column, Entity},
    kinds::CaseStep,
    value::CaseId,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::{RefusalError, hold, state::Place};
use crate::{
    dispute::{recovery::Statement, timeline},
    kernel::{Claim, Env, Fault, policy::Trader},
    order::{
        Side,
        evidence::{self, Evidence},
    },
};

/// How many pieces a party brings to an order at most.
pub const PIECES: usize = 20;

/// Brings a text and up to 20 images, within 48 hours of the refusal and until one says that this is all. They cannot be changed. The same key
/// answers the same case.
pub async fn bring(env: &Env, party: Trader, statement: &Statement) -> Result<CaseId, RefusalError> {
    let piece = Evidence::checked(&statement.text, statement.images.clone())?;
    let id = CaseId(statement.about);
    let tx = env.begin().await?;
    match tx.claim(party.id(), "caseEvidenceAdd", statement.key, statement).await? {
        Claim::First(_) => {}
        Claim::Repeat(_) => return Ok(id),
        Claim::UsedForOther => return Err(RefusalError::KeyReused),
    }
    let (case, side) = hold::for_party(&tx, party, id).await?;
    let done = match side {
        Side::Bought => case.buyer_done_at,
        Side::Sold => case.seller_done_at,
    };
    if done.is_some() || hold::in_time(&tx, &case)? != Place::Gathering {
        return Err(RefusalError::WrongState);
    }
    let brought = Entity::find()
        .filter(Column::OrderId.eq(case.order_id))
        .filter(Column::AuthorId.eq(party.id()));
    if brought.count(tx.db()).await.map_err(Fault::from)? >= PIECES as u64 {
        return Err(RefusalError::TooMany(PIECES));
    }
    evidence::add(&tx, party.id(), case.order_id, &piece).await?;
    timeline::append(&tx, &case, CaseStep::EvidenceAdded, Some(party.id())).await?;
    tx.commit().await?;
    tracing::info!(case = %id, party = %party.id(), "evidence was brought");
    Ok(id)
}
