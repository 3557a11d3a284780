//! What the bank says of a payment changes its deposit, once.

use entity::{
    deposit,
    kinds::{BankEventOutcome, DebtCause, DepositState},
    value::{DepositId, Money},
};

use super::{
    state::{Effect, Step, advance, next_ask},
    store,
};
use crate::{
    kernel::{
        Event, Fault, Tx,
        port::{BankEvent, PaymentState},
    },
    wallet::{
        debt::{self, NewDebt},
        ledger::{self, PostError, Transfer, Wallet},
    },
};

/// Takes in a webhook about a payment. What does not fit our own record is quarantined and moves nothing.
pub(in crate::wallet) async fn hear(tx: &Tx, event: &BankEvent, said: PaymentState) -> Result<BankEventOutcome, Fault> {
    let Some(deposit) = store::lock(tx, DepositId(event.subject)).await? else {
        return Ok(BankEventOutcome::Quarantined);
    };
    let another = deposit.reference.as_ref().is_some_and(|ours| *ours != event.reference);
    if another || deposit.amount != event.amount {
        return Ok(BankEventOutcome::Quarantined);
    }
    Ok(match step(said) {
        Some(step) => take(tx, &deposit, step).await?,
        None => BankEventOutcome::Nothing,
    })
}

/// What the bank's word about a payment means; an open payment means nothing.
pub(super) const fn step(said: PaymentState) -> Option<Step> {
    match said {
        PaymentState::Open => None,
        PaymentState::Succeeded => Some(Step::Succeed),
        PaymentState::Failed => Some(Step::Fail),
        PaymentState::Reversed => Some(Step::Reverse),
    }
}

/// Takes one step with a locked deposit.
pub(super) async fn take(tx: &Tx, deposit: &deposit::Model, step: Step) -> Result<BankEventOutcome, Fault> {
    let to = match advance(deposit.state, step) {
        Effect::To(to) => to,
        Effect::Nothing => return Ok(BankEventOutcome::Nothing),
        Effect::Contradiction => return Ok(BankEventOutcome::Quarantined),
    };
    let ask_at = match to {
        // The payer may still pay, and the webhook may be lost.
        DepositState::Open | DepositState::Lapsed => next_ask(deposit.created_at, tx.now()),
        DepositState::Credited | DepositState::Failed | DepositState::Reversed => None,
    };
    if !store::advance(tx, deposit, to, ask_at).await? {
        return Err(Fault::internal("a locked deposit changed"));
    }
    settle(tx, deposit, to).await?;
    tracing::info!(deposit = %deposit.id, user = %deposit.user_id, from = ?deposit.state, ?to, "deposit");
    Ok(BankEventOutcome::Applied)
}

/// The money and the news of a new state.
async fn settle(tx: &Tx, deposit: &deposit::Model, to: DepositState) -> Result<(), Fault> {
    let (id, user) = (deposit.id, deposit.user_id);
    match to {
        DepositState::Credited => {
            post(tx, Transfer::deposit(id, user, deposit.amount)).await?;
            tx.emit(Event::DepositCredited { deposit: id, user });
        }
        DepositState::Failed => tx.emit(Event::DepositFailed { deposit: id, user }),
        DepositState::Reversed => {
            if deposit.state == DepositState::Credited {
                reverse(tx, deposit).await?;
            }
            tx.emit(Event::DepositReversed { deposit: id, user });
        }
        DepositState::Open | DepositState::Lapsed => {}
    }
    Ok(())
}

/// Takes a credited deposit back: from what is available, then from what settles. The platform bears the rest, and the user owes it.
async fn reverse(tx: &Tx, deposit: &deposit::Model) -> Result<(), Fault> {
    let (id, user) = (deposit.id, deposit.user_id);
    ledger::take_turn(tx).await?;
    let there = ledger::lock_wallet(tx, user).await?;
    let available = there.available.min(deposit.amount);
    let settling = there.settling.min(deposit.amount - available);
    let shortfall = deposit.amount - available - settling;
    if shortfall < deposit.amount {
        post(tx, Transfer::deposit_reversed(id, user, Wallet { available, settling })).await?;
    }
    if shortfall > Money::ZERO {
        post(tx, Transfer::deposit_shortfall(id, shortfall)).await?;
        let new = NewDebt {
            debtor: user,
            creditor: None,
            cause: DebtCause::DepositReversed,
            cause_id: id.0,
            amount: shortfall,
        };
        let debt = debt::open(tx, &new).await?;
        tx.emit(Event::DepositShortfall { deposit: id, user, debt });
        tracing::warn!(deposit = %id, %user, %shortfall, "a reversed deposit was spent already");
    }
    Ok(())
}

async fn post(tx: &Tx, transfer: Transfer) -> Result<(), Fault> {
    ledger::post(tx, &[transfer]).await.map_err(|error| match error {
        PostError::Fault(fault) => fault,
        other => Fault::internal(other),
    })
}
