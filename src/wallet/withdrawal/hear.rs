//! What the bank says of a payout changes its withdrawal, once.

use entity::{
    kinds::{BankEventOutcome, WithdrawalState},
    value::{Money, Time, WithdrawalId},
    withdrawal,
};

use super::{
    state::{Effect, Move, Step, advance, next_ask, next_ask_after_paid},
    store::{self, Stamp},
};
use crate::{
    kernel::{
        Event, Fault, Tx,
        port::{BankEvent, PayoutState},
    },
    wallet::{
        hold_owner::has_left,
        ledger::{self, PostError, Transfer},
        reconcile,
    },
};

/// A withdrawal that is held for a word of the bank.
pub(super) struct Held {
    /// The withdrawal, locked.
    pub withdrawal: withdrawal::Model,
    /// Whether the word brings money back for somebody who has closed his account.
    for_nobody: bool,
}

/// Holds a withdrawal for a word of the bank. If that brings money back, its owner's standing comes first: he does not close his account meanwhile.
pub(super) async fn hold(tx: &Tx, id: WithdrawalId, said: PayoutState) -> Result<Option<Held>, Fault> {
    let Some(seen) = store::get(tx, id).await? else { return Ok(None) };
    let brings_back = matches!(said, PayoutState::Failed | PayoutState::Returned);
    let for_nobody = brings_back && has_left(tx, seen.user_id).await?;
    let locked = store::lock(tx, id).await?;
    Ok(locked.map(|withdrawal| Held { withdrawal, for_nobody }))
}

/// Takes in a webhook about a payout. What does not fit our own record is quarantined and moves nothing.
pub(in crate::wallet) async fn hear(tx: &Tx, event: &BankEvent, said: PayoutState) -> Result<BankEventOutcome, Fault> {
    let Some(held) = hold(tx, WithdrawalId(event.subject), said).await? else {
        return Ok(BankEventOutcome::Quarantined);
    };
    let reference = reconcile::reference(tx, event.subject).await?;
    let another = reference.is_some_and(|known| known != event.reference);
    if another || held.withdrawal.amount != event.amount {
        return Ok(BankEventOutcome::Quarantined);
    }
    follow(tx, &held, said).await
}

/// Takes the step of a word that fits our record. What would come back into a closed account moves nothing and waits for a person.
pub(super) async fn follow(tx: &Tx, held: &Held, said: PayoutState) -> Result<BankEventOutcome, Fault> {
    let (withdrawal, Some(step)) = (&held.withdrawal, step(said)) else {
        return Ok(BankEventOutcome::Nothing);
    };
    let effect = advance(withdrawal.state, step);
    if held.for_nobody && matches!(effect, Effect::To(_, Move::Back | Move::BackFromBank)) {
        reconcile::differs(tx, withdrawal.id.0, said.as_str(), withdrawal.amount).await?;
        return Ok(BankEventOutcome::Nothing);
    }
    take(tx, withdrawal, step, Stamp::default()).await
}

/// The amount of a withdrawal that is with the bank, held. None: it is not with it, or not any more.
pub(in crate::wallet) async fn with_bank(tx: &Tx, id: WithdrawalId) -> Result<Option<Money>, Fault> {
    let sent = store::lock(tx, id).await?.filter(|row| row.state == WithdrawalState::Sent);
    Ok(sent.map(|row| row.amount))
}

/// Takes in the bank's word that came by another road. `false`: it was not with the bank.
pub(in crate::wallet) async fn take_word(tx: &Tx, id: WithdrawalId, said: PayoutState) -> Result<bool, Fault> {
    let sent = store::lock(tx, id).await?.filter(|row| row.state == WithdrawalState::Sent);
    let (Some(withdrawal), Some(step)) = (sent, step(said)) else {
        return Ok(false);
    };
    Ok(take(tx, &withdrawal, step, Stamp::default()).await? == BankEventOutcome::Applied)
}

/// What the bank's word about a payout means; one that is under way means nothing.
const fn step(said: PayoutState) -> Option<Step> {
    match said {
        PayoutState::Sent => None,
        PayoutState::Paid => Some(Step::Pay),
        PayoutState::Failed => Some(Step::Fail),
        PayoutState::Returned => Some(Step::Return),
    }
}

/// Takes one step with a locked withdrawal: its state, its money, its news. `stamp` says who decided and why, if somebody did.
pub(super) async fn take(tx: &Tx, withdrawal: &withdrawal::Model, step: Step, stamp: Stamp) -> Result<BankEventOutcome, Fault> {
    let (to, moved) = match advance(withdrawal.state, step) {
        Effect::To(to, moved) => (to, moved),
        Effect::Nothing => return Ok(BankEventOutcome::Nothing),
        Effect::Contradiction => return Ok(BankEventOutcome::Quarantined),
    };
    let now = tx.now();
    if !store::advance(tx, withdrawal, to, times(stamp, to, now)).await? {
        return Err(Fault::internal("a locked withdrawal changed"));
    }
    if let Some(transfer) = transfer(withdrawal, moved) {
        ledger::post(tx, &[transfer]).await.map_err(in_hold)?;
    }
    if withdrawal.state == WithdrawalState::Requested {
        tx.emit(store::WITHDRAWALS_MOVED);
    }
    if let Some(news) = news(withdrawal, to) {
        tx.emit(news);
    }
    tracing::info!(withdrawal = %withdrawal.id, user = %withdrawal.user_id, from = ?withdrawal.state, ?to, "withdrawal");
    Ok(BankEventOutcome::Applied)
}

/// The times that a new state writes, and when the worker looks again.
fn times(stamp: Stamp, to: WithdrawalState, now: Time) -> Stamp {
    match to {
        WithdrawalState::Requested => stamp,
        WithdrawalState::Approved => Stamp {
            due_at: Some(now),
            approved_at: Some(now),
            ..stamp
        },
        WithdrawalState::Sent => Stamp {
            due_at: next_ask(now, now),
            sent_at: Some(now),
            ..stamp
        },
        WithdrawalState::Paid => Stamp {
            due_at: next_ask_after_paid(now, now),
            ended_at: Some(now),
            ..stamp
        },
        WithdrawalState::Rejected | WithdrawalState::TakenBack | WithdrawalState::Failed | WithdrawalState::Returned => Stamp {
            due_at: None,
            ended_at: Some(now),
            ..stamp
        },
    }
}

fn transfer(withdrawal: &withdrawal::Model, moved: Move) -> Option<Transfer> {
    let (id, user, amount) = (withdrawal.id, withdrawal.user_id, withdrawal.amount);
    match moved {
        Move::None => None,
        Move::Out => Some(Transfer::withdrawal_paid(id, user, amount)),
        Move::Back => Some(Transfer::withdrawal_given_back(id, user, amount)),
        Move::BackFromBank => Some(Transfer::withdrawal_returned(id, user, amount)),
    }
}

const fn news(withdrawal: &withdrawal::Model, to: WithdrawalState) -> Option<Event> {
    let (id, user) = (withdrawal.id, withdrawal.user_id);
    match to {
        WithdrawalState::Requested | WithdrawalState::Approved => None,
        WithdrawalState::Sent => Some(Event::WithdrawalSent { withdrawal: id, user }),
        WithdrawalState::Paid => Some(Event::WithdrawalPaid { withdrawal: id, user }),
        WithdrawalState::Rejected | WithdrawalState::TakenBack | WithdrawalState::Failed | WithdrawalState::Returned => {
            Some(Event::WithdrawalGivenBack { withdrawal: id, user })
        }
    }
}

/// The hold has what it holds; anything else is a defect.
fn in_hold(error: PostError) -> Fault {
    match error {
        PostError::Fault(fault) => fault,
        other => Fault::internal(other),
    }
}
