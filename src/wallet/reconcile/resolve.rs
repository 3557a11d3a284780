//! An admin looks at a difference: claims it, asks the bank again, resolves it.

use entity::{
    bank_difference::{Column, Entity, Model},
    kinds::{BankDifferenceKind, SubjectKind},
    value::{BankDifferenceId, UserId, WithdrawalId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{
    ask::{AskError, settle},
    list::{self, Card},
    store::DIFFERENCES_MOVED,
};
use crate::{
    account::face,
    kernel::{
        Claim, Env, Fault, Tx,
        claim::Waiting,
        policy::{Admin, Proven},
        port::PayoutState,
        text::{TextError, clean_text},
    },
    wallet::{
        claim::claimer,
        decision::{self, Settlement},
        withdrawal::{self, REASON},
    },
};

/// What an admin found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Outcome {
    /// It is explained; no money moves.
    Noted,
    /// The bank has said by another road that the silent withdrawal was paid.
    Paid,
    /// The bank has said by another road that the silent withdrawal was not paid.
    Failed,
}

/// A difference to be resolved.
#[derive(Debug, Clone, Serialize)]
pub struct Resolution {
    /// Which.
    pub id: BankDifferenceId,
    /// What was found out.
    pub outcome: Outcome,
    /// What it was, for the record: 2 to 500 characters.
    pub reason: String,
    /// The admin's idempotency key.
    #[serde(skip)]
    pub key: Uuid,
}

/// Why nothing was resolved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResolveError {
    /// The reason is not taken.
    #[error("reason: {0}")]
    Reason(#[from] TextError),
    /// There is no such difference.
    #[error("no such difference")]
    NotFound,
    /// Another admin looks at it.
    #[error("another admin looks at it")]
    Claimed {
        /// Who.
        by: String,
    },
    /// It is resolved already.
    #[error("resolved already")]
    Resolved {
        /// Who resolved it; none: it resolved itself.
        by: Option<String>,
    },
    /// Only a withdrawal that is with the bank can be said to be paid or not.
    #[error("no withdrawal that is with the bank")]
    NotSent,
    /// A withdrawal is with the bank, which says nothing of it: somebody has to find out what became of the money.
    #[error("a silent withdrawal is not noted")]
    StillSent,
    /// What was found out about it waits for a second admin.
    #[error("it waits for a second admin")]
    Waits,
    /// It is about the admin's own money.
    #[error("the admin's own matter")]
    Own,
    /// The bank does not answer.
    #[error("the bank does not answer")]
    Silent,
    /// The key was used for something else.
    #[error("the key was used for other input")]
    KeyReused,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Takes a difference for four hours, so that no two admins look at it. Claiming one's own again begins the time anew.
pub async fn claim(env: &Env, admin: Admin, id: BankDifferenceId) -> Result<Card, ResolveError> {
    let tx = env.begin().await?;
    let row = open(&tx, id, admin).await?;
    if owner(&tx, &row).await? == Some(admin.id()) {
        return Err(ResolveError::Own);
    }
    let update = Entity::update_many()
        .col_expr(Column::ClaimedBy, Expr::value(admin.id()))
        .col_expr(Column::ClaimedAt, Expr::value(tx.now()))
        .filter(Column::Id.eq(id));
    update.exec(tx.db()).await.map_err(Fault::from)?;
    let subject = (SubjectKind::BankDifference, id.0);
    tx.audit(admin.id().0, "bank_difference_claim", subject, &json!({})).await?;
    tx.emit(DIFFERENCES_MOVED);
    let card = get(&tx, id).await?;
    tx.commit().await?;
    Ok(card)
}

/// Gives a difference back to the queue. What is not one's own claim stays as it is.
pub async fn release(env: &Env, admin: Admin, id: BankDifferenceId) -> Result<Card, ResolveError> {
    let tx = env.begin().await?;
    let row = Entity::find_by_id(id).lock_exclusive().one(tx.db()).await.map_err(Fault::from)?;
    row.ok_or(ResolveError::NotFound)?;
    let given_back = WAITING.give_back(&tx, id.0, admin.id()).await?;
    let card = get(&tx, id).await?;
    if given_back {
        let subject = (SubjectKind::BankDifference, id.0);
        tx.audit(admin.id().0, "bank_difference_release", subject, &json!({})).await?;
        tx.emit(DIFFERENCES_MOVED);
        tx.commit().await?;
    }
    Ok(card)
}

/// Where differences wait for an admin.
const WAITING: Waiting = Waiting {
    table: "bank_differences",
    waits: "resolved_at IS NULL",
};

/// Asks the bank about it now. If both books agree then, it is resolved.
pub async fn ask_again(env: &Env, admin: Admin, id: BankDifferenceId) -> Result<Card, ResolveError> {
    let tx = env.begin().await?;
    let row = open(&tx, id, admin).await?;
    let subject = (SubjectKind::BankDifference, id.0);
    tx.audit(admin.id().0, "bank_difference_ask", subject, &json!({})).await?;
    tx.commit().await?;
    settle(env, row.subject_id).await.map_err(|error| match error {
        AskError::Bank(error) => {
            tracing::warn!(difference = %id, %error, "the bank did not answer about a difference");
            ResolveError::Silent
        }
        AskError::Fault(fault) => fault.into(),
    })?;
    let card = list::all(env.db(), "b.id = $1", vec![id.into()]).await?.pop();
    card.ok_or(ResolveError::NotFound)
}

/// Resolves a difference with what was found out. Not about one's own money. What moves more than 20,000.00 waits up to 72 hours for a second admin,
/// as a decision about money; the difference stays open until then.
pub async fn resolve(env: &Env, admin: Proven<Admin>, resolution: &Resolution) -> Result<Card, ResolveError> {
    let reason = clean_text(&resolution.reason, REASON)?;
    let (id, tx) = (resolution.id, env.begin().await?);
    match tx.claim(admin.id(), "bankDifferenceResolve", resolution.key, resolution).await? {
        Claim::First(_) => {}
        Claim::Repeat(_) => return Ok(get(&tx, id).await?),
        Claim::UsedForOther => return Err(ResolveError::KeyReused),
    }
    let row = open(&tx, id, *admin).await?;
    if owner(&tx, &row).await? == Some(admin.id()) {
        return Err(ResolveError::Own);
    }
    match large(&tx, &row, resolution.outcome, &reason).await? {
        Some(large) => {
            if !decision::settle(&tx, admin.id(), large).await? {
                return Err(ResolveError::Waits);
            }
        }
        None => book(&tx, &row, resolution.outcome, &reason, (None, admin.id())).await?,
    }
    let card = get(&tx, id).await?;
    tx.commit().await?;
    tracing::info!(difference = %id, outcome = ?resolution.outcome, admin = %admin.id(), "what a difference was");
    Ok(card)
}

/// What needs a second admin. A silent withdrawal is not resolved by a note: nobody would come back to its money.
async fn large(tx: &Tx, row: &Model, outcome: Outcome, reason: &str) -> Result<Option<Settlement>, ResolveError> {
    let amount = withdrawal::with_bank(tx, WithdrawalId(row.subject_id)).await?;
    match (outcome, amount) {
        (Outcome::Noted, Some(_)) if row.kind == BankDifferenceKind::Silence => Err(ResolveError::StillSent),
        (Outcome::Noted, _) => Ok(None),
        (Outcome::Paid | Outcome::Failed, None) => Err(ResolveError::NotSent),
        (Outcome::Paid | Outcome::Failed, Some(amount)) => Ok(Settlement::of(tx, row, (outcome, amount), reason)),
    }
}

/// Resolves a difference as two admins agreed on.
pub(in crate::wallet) async fn settle_by_two(
    tx: &Tx,
    id: BankDifferenceId,
    outcome: Outcome,
    reason: &str,
    (proposer, by): (UserId, UserId),
) -> Result<(), ResolveError> {
    let row = Entity::find_by_id(id).lock_exclusive().one(tx.db()).await.map_err(Fault::from)?;
    let row = row.ok_or(ResolveError::NotFound)?;
    if row.resolved_at.is_some() {
        return Err(ResolveError::Resolved { by: None });
    }
    book(tx, &row, outcome, reason, (Some(proposer), by)).await
}

/// Moves the money as the bank said, if it did, and resolves the held difference, by an admin and, of much money, by whoever proposed it.
async fn book(tx: &Tx, row: &Model, outcome: Outcome, reason: &str, (proposer, by): (Option<UserId>, UserId)) -> Result<(), ResolveError> {
    let said = match outcome {
        Outcome::Noted => None,
        Outcome::Paid => Some(PayoutState::Paid),
        Outcome::Failed => Some(PayoutState::Failed),
    };
    if let Some(said) = said
        && !withdrawal::take_word(tx, WithdrawalId(row.subject_id), said).await?
    {
        return Err(ResolveError::NotSent);
    }
    let update = Entity::update_many()
        .col_expr(Column::ResolvedBy, Expr::value(by.0))
        .col_expr(Column::ResolvedAt, Expr::value(tx.now()))
        .col_expr(Column::Resolution, Expr::value(reason.to_owned()))
        .filter(Column::Id.eq(row.id));
    update.exec(tx.db()).await.map_err(Fault::from)?;
    let detail = json!({ "outcome": outcome, "reason": reason, "subject": row.subject_id, "proposed_by": proposer });
    let subject = (SubjectKind::BankDifference, row.id.0);
    tx.audit(by.0, "bank_difference_resolve", subject, &detail).await?;
    tx.emit(DIFFERENCES_MOVED);
    Ok(())
}

/// The difference, locked, if it is open and no other admin looks at it.
async fn open(tx: &Tx, id: BankDifferenceId, admin: Admin) -> Result<Model, ResolveError> {
    let row = Entity::find_by_id(id).lock_exclusive().one(tx.db()).await.map_err(Fault::from)?;
    let row = row.ok_or(ResolveError::NotFound)?;
    if row.resolved_at.is_some() {
        let by = match row.resolved_by.filter(|by| !by.is_nil()) {
            Some(by) => face::read(tx.db(), UserId(by)).await?.map(|face| face.name(admin)),
            None => None,
        };
        return Err(ResolveError::Resolved { by });
    }
    match claimer(tx, (row.claimed_by, row.claimed_at), admin).await? {
        None => Ok(row),
        Some(by) => Err(ResolveError::Claimed { by }),
    }
}

/// Whether a difference is about somebody's own money.
pub(in crate::wallet) async fn is_owner(tx: &Tx, id: BankDifferenceId, user: UserId) -> Result<bool, Fault> {
    let row = Entity::find_by_id(id).one(tx.db()).await?;
    let row = row.ok_or_else(|| Fault::internal("a difference is missing"))?;
    Ok(owner(tx, &row).await? == Some(user))
}

/// Whose money it is about.
async fn owner(tx: &Tx, row: &Model) -> Result<Option<UserId>, Fault> {
    let id = row.subject_id;
    if let Some(deposit) = entity::deposit::Entity::find_by_id(entity::value::DepositId(id))
        .one(tx.db())
        .await?
    {
        return Ok(Some(deposit.user_id));
    }
    let withdrawal = entity::withdrawal::Entity::find_by_id(WithdrawalId(id)).one(tx.db()).await?;
    Ok(withdrawal.map(|row| row.user_id))
}

async fn get(tx: &Tx, id: BankDifferenceId) -> Result<Card, Fault> {
    let found = list::all(tx.db(), "b.id = $1", vec![id.into()]).await?.pop();
    found.ok_or_else(|| Fault::internal("a difference is missing"))
}
