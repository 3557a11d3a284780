//! Hands a withdrawal to the bank.

use entity::{value::WithdrawalId, withdrawal};

use super::{
    hear::{step, take},
    state::Step,
    store::{self, Stamp},
};
use crate::{
    kernel::{
        Env, Fault,
        port::{BankError, PayoutAsk, PayoutState},
    },
    wallet::payout_account::Destination,
};

/// Calls the bank about a withdrawal that is marked as sent. Its id is the bank's idempotency key, so calling again pays nothing twice.
/// `false`: the bank was silent, and is asked again later.
pub(super) async fn deliver(env: &Env, withdrawal: &withdrawal::Model, to: Destination) -> Result<bool, Fault> {
    let ask = PayoutAsk {
        id: withdrawal.id.0,
        amount: withdrawal.amount,
        holder: to.holder,
        number: to.number,
    };
    match env.bank().send_payout(&ask).await {
        Ok(said) => note(env, withdrawal.id, said).await?,
        Err(BankError::Refused(why)) => {
            tracing::warn!(withdrawal = %withdrawal.id, why, "the bank refused a payout");
            note(env, withdrawal.id, PayoutState::Failed).await?;
        }
        Err(error @ BankError::Unreachable(_)) => {
            tracing::warn!(withdrawal = %withdrawal.id, %error, "the bank did not answer; it is asked again later");
            return Ok(false);
        }
    }
    Ok(true)
}

/// Notes what the bank answered.
pub(in crate::wallet) async fn note(env: &Env, id: WithdrawalId, said: PayoutState) -> Result<(), Fault> {
    let Some(step): Option<Step> = step(said) else { return Ok(()) };
    let tx = env.begin().await?;
    let withdrawal = store::lock(&tx, id)
        .await?
        .ok_or_else(|| Fault::internal("a withdrawal is missing"))?;
    take(&tx, &withdrawal, step, Stamp::default()).await?;
    tx.commit().await
}
