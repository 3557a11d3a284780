//! Hands a withdrawal to the bank.

use entity::{value::WithdrawalId, withdrawal};

use super::hear::{Held, follow, hold};
use crate::{
    kernel::{
        Env, Fault, Tx,
        port::{BankAnswer, BankError, PayoutAsk, PayoutState},
    },
    wallet::{answer::Told, payout_account::Destination, reconcile},
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
        Ok(answer) => drop(note(env, withdrawal.id, &answer).await?),
        Err(BankError::Refused(why)) => {
            tracing::warn!(withdrawal = %withdrawal.id, why, "the bank refused a payout");
            refused(env, withdrawal.id).await?;
        }
        Err(error @ BankError::Unreachable(_)) => {
            tracing::warn!(withdrawal = %withdrawal.id, %error, "the bank did not answer; it is asked again later");
            return Ok(false);
        }
    }
    Ok(true)
}

/// Takes in what the bank answered, as a webhook's word would be. What does not fit our own record moves nothing and waits for a person.
pub(in crate::wallet) async fn note(env: &Env, id: WithdrawalId, answer: &BankAnswer<PayoutState>) -> Result<Told, Fault> {
    let tx = env.begin().await?;
    let held = held(&tx, id, answer.state).await?;
    let reference = reconcile::reference(&tx, id.0).await?;
    let told = Told::new(answer, answer.state.as_str(), held.withdrawal.amount, reference.as_deref());
    if told.fits {
        follow(&tx, &held, answer.state).await?;
    } else {
        reconcile::differs(&tx, id.0, &told.word, told.amount).await?;
    }
    tx.commit().await?;
    Ok(told)
}

/// Notes that the bank has refused it and never will act on it.
async fn refused(env: &Env, id: WithdrawalId) -> Result<(), Fault> {
    let tx = env.begin().await?;
    let held = held(&tx, id, PayoutState::Failed).await?;
    follow(&tx, &held, PayoutState::Failed).await?;
    tx.commit().await
}

async fn held(tx: &Tx, id: WithdrawalId, said: PayoutState) -> Result<Held, Fault> {
    let held = hold(tx, id, said).await?;
    held.ok_or_else(|| Fault::internal("a withdrawal is missing"))
}
