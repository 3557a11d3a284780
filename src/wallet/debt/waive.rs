//! A creditor waives what he is owed.

use entity::{
    debt::Entity,
    kinds::{DebtChangeKind, SubjectKind},
    value::{DebtId, Money},
};
use sea_orm::{EntityTrait, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use super::card::{self, Card};
use crate::{
    kernel::{
        Claim, Env, Event, Fault, Tx,
        policy::{Member, Proven},
    },
    wallet::ledger,
};

/// Why nothing was waived.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WaiveError {
    /// There is no such debt that he is owed.
    #[error("no such debt")]
    NotFound,
    /// Nothing is left of it.
    #[error("nothing is left of it")]
    Ended,
    /// The key was used for something else.
    #[error("the key was used for other input")]
    KeyReused,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Gives up what is left of a debt. Only its creditor can. Asking again with the same key answers the same debt.
pub async fn waive(env: &Env, creditor: Proven<Member>, id: DebtId, key: Uuid) -> Result<Card, WaiveError> {
    let tx = env.begin().await?;
    match tx.claim(creditor.id(), "debtWaive", key, &id).await? {
        Claim::First(_) => {}
        Claim::Repeat(_) => return Ok(get(&tx, id).await?),
        Claim::UsedForOther => return Err(WaiveError::KeyReused),
    }
    ledger::take_turn(&tx).await?;
    let debt = Entity::find_by_id(id).lock_exclusive().one(tx.db()).await.map_err(Fault::from)?;
    let debt = debt
        .filter(|debt| debt.creditor_id == Some(creditor.id()))
        .ok_or(WaiveError::NotFound)?;
    if debt.remaining == Money::ZERO {
        return Err(WaiveError::Ended);
    }
    ledger::reduce(&tx, &debt, debt.remaining, DebtChangeKind::Waived, creditor.id().0).await?;
    tx.emit(Event::DebtForgiven {
        debt: id,
        debtor: debt.debtor_id,
    });
    let detail = json!({ "amount": debt.remaining });
    tx.audit(creditor.id().0, "debt_waive", (SubjectKind::Debt, id.0), &detail).await?;
    let card = get(&tx, id).await?;
    tx.commit().await?;
    tracing::info!(debt = %id, creditor = %creditor.id(), "a debt was waived");
    Ok(card)
}

async fn get(tx: &Tx, id: DebtId) -> Result<Card, Fault> {
    let found = card::all(tx.db(), "d.id = $1", vec![id.into()]).await?.pop();
    found.ok_or_else(|| Fault::internal("a debt is missing"))
}
