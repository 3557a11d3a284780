//! The seller answers a claim.

use entity::{case::Column, kinds::CaseStep, value::CaseId};
use sea_orm::sea_query::Expr;

use super::{RecoveryError, Statement, hold, money, state::Step};
use crate::{
    dispute::timeline,
    kernel::{Claim, Env, policy::Trader},
    order::evidence::{self, Evidence},
};

/// Answers once, within 48 hours, with evidence: an admin may rule from then on. The same key answers the same case.
pub async fn answer(env: &Env, seller: Trader, statement: &Statement) -> Result<CaseId, RecoveryError> {
    let evidence = Evidence::checked(&statement.text, statement.images.clone())?;
    let id = CaseId(statement.about);
    let tx = env.begin().await?;
    match tx.claim(seller.id(), "caseAnswer", statement.key, statement).await? {
        Claim::First(_) => {}
        Claim::Repeat(_) => return Ok(id),
        Claim::UsedForOther => return Err(RecoveryError::KeyReused),
    }
    let case = hold::for_party(&tx, seller, id, |case| case.seller_id).await?;
    let next = hold::next(&case, Step::Answer)?;
    evidence::add(&tx, seller.id(), case.order_id, &evidence).await?;
    money::write(&tx, &case, next, |update| {
        update.col_expr(Column::AnsweredAt, Expr::value(Some(tx.now())))
    })
    .await?;
    timeline::append(&tx, &case, CaseStep::Answered, Some(seller.id())).await?;
    tx.commit().await?;
    tracing::info!(case = %id, seller = %seller.id(), "a claim was answered");
    Ok(id)
}
