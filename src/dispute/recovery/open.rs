//! The buyer of a completed order says that its seller took the account back.

use entity::{
    case::Model,
    kinds::{CaseKind, CaseState, CaseStep, FreezeStage},
    order,
    value::{CaseId, Money, OrderId, Time},
};

use super::{RecoveryError, Statement, hold, money, state};
use crate::{
    config::Recovery,
    dispute::{store, timeline},
    kernel::{Claim, Env, Tx, policy::Trader},
    order::{
        evidence::{self, Evidence},
        recover, store as orders,
    },
    standing,
    wallet::freeze,
};

/// Opens a claim with evidence: the seller's whole wallet is frozen at once, and what he wanted to withdraw and was not sent goes back to it. One
/// open or upheld claim an order, within the warranty, also against a blacklisted seller. The same key answers the same case.
pub async fn open(env: &Env, buyer: Trader, statement: &Statement) -> Result<CaseId, RecoveryError> {
    let evidence = Evidence::checked(&statement.text, statement.images.clone())?;
    let tx = env.begin().await?;
    let id = match tx.claim(buyer.id(), "caseOpen", statement.key, statement).await? {
        Claim::First(id) => CaseId(id),
        Claim::Repeat(id) => return Ok(CaseId(id)),
        Claim::UsedForOther => return Err(RecoveryError::KeyReused),
    };
    let order = bought(&tx, buyer, OrderId(statement.about)).await?;
    let case = draft(id, &order, tx.now(), &env.config().recovery)?;
    if !store::insert(&tx, case.clone()).await? {
        return Err(RecoveryError::AlreadyOpen);
    }
    evidence::add(&tx, buyer.id(), order.id, &evidence).await?;
    recover::keep(&tx, &order).await?;
    freeze::open(&tx, buyer.id().0, money::freeze_of(&case), None).await?;
    timeline::append(&tx, &case, CaseStep::Opened, Some(buyer.id())).await?;
    tx.commit().await?;
    tracing::info!(case = %id, order = %order.id, buyer = %buyer.id(), seller = %order.seller_id, "a claim was opened");
    Ok(id)
}

/// The order, locked, if this buyer bought it; the standing of both parties is held before.
async fn bought(tx: &Tx, buyer: Trader, id: OrderId) -> Result<order::Model, RecoveryError> {
    let seen = orders::get(tx.db(), id).await?.filter(|order| order.buyer_id == buyer.id());
    let seen = seen.ok_or(RecoveryError::NotFound)?;
    standing::hold_whole(tx, &[seen.buyer_id, seen.seller_id]).await?;
    hold::adds_nothing_if_blacklisted(tx, buyer).await?;
    orders::lock(tx, id).await?.ok_or(RecoveryError::NotFound)
}

/// The rule: what completed and is under warranty.
fn draft(id: CaseId, order: &order::Model, now: Time, rules: &Recovery) -> Result<Model, RecoveryError> {
    let until = recover::warranted_until(order).ok_or(RecoveryError::NotCompleted)?;
    if now >= until {
        return Err(RecoveryError::WarrantyOver);
    }
    let answer_due = now.plus_hours(i64::from(rules.answer_hours));
    let mut case = Model {
        id,
        kind: CaseKind::Recovery,
        order_id: order.id,
        buyer_id: order.buyer_id,
        seller_id: order.seller_id,
        amount: order.price,
        state: CaseState::AwaitingAnswer,
        opened_at: now,
        due_at: None,
        closed_at: None,
        claimed_by: None,
        claimed_at: None,
        buyer_done_at: None,
        seller_done_at: None,
        ruled_by: None,
        reason: None,
        answer_due_at: Some(answer_due),
        answered_at: None,
        freeze_stage: Some(FreezeStage::Whole),
        freeze_due_at: state::freeze_until(now, FreezeStage::Whole, rules),
        kept_reason: None,
        held: Money::ZERO,
        held_settling: Money::ZERO,
        held_settles_at: None,
        recovered: None,
        advanced: None,
        refused_at: None,
        finding: None,
        finding_share: None,
        finding_reason: None,
        found_by: None,
        found_at: None,
        buyer_consented_at: None,
        seller_consented_at: None,
        mediation_began_at: None,
        seller_share: None,
    };
    case.due_at = state::timer(&case).map(|(_, at)| at);
    Ok(case)
}
