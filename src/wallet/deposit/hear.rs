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
        hold_owner::has_left,
        ledger::{self, PostError, Transfer, Wallet},
        reconcile,
    },
};

/// A deposit that is held for a word of the bank.
pub(super) struct Held {
    /// The deposit, locked.
    pub deposit: deposit::Model,
    /// Whether the word brings money for somebody who has closed his account.
    for_nobody: bool,
}

/// Holds a deposit for a word of the bank. If that brings money, its owner's standing comes first: he does not close his account meanwhile.
pub(super) async fn hold(tx: &Tx, id: DepositId, said: PaymentState) -> Result<Option<Held>, Fault> {
    let Some(seen) = store::get(tx.db(), id).await? else {
        return Ok(None);
    };
    let for_nobody = said == PaymentState::Succeeded && has_left(tx, seen.user_id).await?;
    let locked = store::lock(tx, id).await?;
    Ok(locked.map(|deposit| Held { deposit, for_nobody }))
}

/// Takes in a webhook about a payment. What does not fit our own record is quarantined and moves nothing.
pub(in crate::wallet) async fn hear(tx: &Tx, event: &BankEvent, said: PaymentState) -> Result<BankEventOutcome, Fault> {
    let Some(held) = hold(tx, DepositId(event.subject), said).await? else {
        return Ok(BankEventOutcome::Quarantined);
    };
    let deposit = &held.deposit;
    let another = deposit.reference.as_ref().is_some_and(|ours| *ours != event.reference);
    if another || deposit.amount != event.amount {
        return Ok(BankEventOutcome::Quarantined);
    }
    follow(tx, &held, said).await
}

/// Takes the step of a word that fits our record. What would come into a closed account moves nothing and waits for a person.
pub(super) async fn follow(tx: &Tx, held: &Held, said: PaymentState) -> Result<BankEventOutcome, Fault> {
    let (deposit, Some(step)) = (&held.deposit, step(said)) else {
        return Ok(BankEventOutcome::Nothing);
    };
    if held.for_nobody && advance(deposit.state, step) == Effect::To(DepositState::Credited) {
        reconcile::differs(tx, deposit.id.0, said.as_str(), deposit.amount).await?;
        return Ok(BankEventOutcome::Nothing);
    }
    take(tx, deposit, step).await
}

/// What the bank's word about a payment means; an open payment means nothing.
const fn step(said: PaymentState) -> Option<Step> {
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
