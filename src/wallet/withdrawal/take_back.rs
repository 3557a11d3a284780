//! Takes a withdrawal back before it is sent.

use entity::{kinds::BankEventOutcome, value::WithdrawalId};
use uuid::Uuid;

use super::{
    card::{self, Card},
    hear::take,
    state::Step,
    store::{self, Stamp},
};
use crate::kernel::{Claim, Env, Fault, policy::Payee};

/// Why it was not taken back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TakeBackError {
    /// There is no such withdrawal of his.
    #[error("no such withdrawal")]
    NotFound,
    /// It was sent, or has ended.
    #[error("too late")]
    TooLate,
    /// The key was used for something else.
    #[error("the key was used for other input")]
    KeyReused,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Gives the owner his money back, unless the withdrawal was sent. Asking again with the same key answers the same withdrawal.
pub async fn take_back(env: &Env, payee: Payee, id: WithdrawalId, key: Uuid) -> Result<Card, TakeBackError> {
    let tx = env.begin().await?;
    match tx.claim(payee.id(), "withdrawalTakeBack", key, &id).await? {
        Claim::First(_) => {}
        Claim::Repeat(_) => return Ok(card::get(&tx, id).await?),
        Claim::UsedForOther => return Err(TakeBackError::KeyReused),
    }
    let withdrawal = store::lock(&tx, id).await?.filter(|withdrawal| withdrawal.user_id == payee.id());
    let withdrawal = withdrawal.ok_or(TakeBackError::NotFound)?;
    if take(&tx, &withdrawal, Step::TakeBack, Stamp::default()).await? != BankEventOutcome::Applied {
        return Err(TakeBackError::TooLate);
    }
    let card = card::get(&tx, id).await?;
    tx.commit().await?;
    Ok(card)
}
