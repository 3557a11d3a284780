//! Asks for a deposit.

use entity::{
    deposit,
    kinds::DepositState,
    value::{DepositId, Money, Time},
};
use serde::Serialize;
use uuid::Uuid;

use super::{checkout, state::next_ask, store};
use crate::{
    kernel::{Claim, Env, Fault, policy::Payee},
    wallet::{hold_owner::hold_owner, limits},
};

/// How many deposits of a user may wait for their payer.
pub const OPEN: u64 = 20;
/// Hours after which an unpaid deposit lapses.
const LAPSES_AFTER_HOURS: i64 = 24;

/// Why there is no deposit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateError {
    /// The amount is too little or too much.
    #[error("the amount is out of range")]
    Amount {
        /// The least.
        least: Money,
        /// The most.
        most: Money,
    },
    /// [`OPEN`] deposits wait for their payer.
    #[error("too many open deposits")]
    TooManyOpen {
        /// When the first of them lapses.
        again: Time,
    },
    /// The key was used for something else.
    #[error("the key was used for other input")]
    KeyReused,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

#[derive(Serialize)]
struct Ask {
    amount: Money,
}

/// Asks for a deposit, and the bank for the page where it is paid. Asking again with the same key answers the same deposit.
///
/// A bank that does not answer leaves the deposit without its page; asking again with the same key, or the timer, fetches it.
pub async fn create(env: &Env, payee: Payee, key: Uuid, amount: Money) -> Result<deposit::Model, CreateError> {
    let deposit = record(env, payee, key, amount).await?;
    if deposit.state == DepositState::Open && deposit.checkout_url.is_none() {
        return Ok(checkout::open(env, deposit).await?);
    }
    Ok(deposit)
}

/// Writes the deposit before the bank hears of it, so that no payment is ever without a record of ours.
async fn record(env: &Env, payee: Payee, key: Uuid, amount: Money) -> Result<deposit::Model, CreateError> {
    let tx = env.begin().await?;
    let id = match tx.claim(payee.id(), "depositCreate", key, &Ask { amount }).await? {
        Claim::First(id) => DepositId(id),
        Claim::Repeat(id) => {
            let found = store::get(tx.db(), DepositId(id)).await?;
            return found.ok_or_else(|| Fault::internal("a claimed deposit is missing").into());
        }
        Claim::UsedForOther => return Err(CreateError::KeyReused),
    };
    let (least, most) = limits::deposit(env).into_inner();
    if !(least..=most).contains(&amount) {
        return Err(CreateError::Amount { least, most });
    }
    hold_owner(&tx, payee.id()).await?;
    if let Some(again) = store::full_until(&tx, payee.id(), OPEN).await? {
        return Err(CreateError::TooManyOpen { again });
    }
    let deposit = deposit::Model {
        id,
        user_id: payee.id(),
        amount,
        state: DepositState::Open,
        reference: None,
        checkout_url: None,
        created_at: tx.now(),
        lapses_at: tx.now().plus_hours(LAPSES_AFTER_HOURS),
        ask_at: next_ask(tx.now(), tx.now()),
        asks: 0,
        decided_at: None,
    };
    store::insert(&tx, &deposit).await?;
    tx.commit().await?;
    tracing::info!(deposit = %id, user = %payee.id(), %amount, "deposit asked for");
    Ok(deposit)
}
