//! Asks the bank again about what does not agree: mostly a webhook is late or lost, and its word settles it.

use entity::{
    kinds::WithdrawalState,
    value::{DepositId, Money, WithdrawalId},
};

use super::{Ours, Sides, Subject, agree::agree, book, store};
use crate::{
    kernel::{Env, Fault, port::BankError},
    wallet::{deposit, withdrawal},
};

/// Why the bank could not be asked.
#[derive(Debug, thiserror::Error)]
pub(super) enum AskError {
    #[error(transparent)]
    Bank(#[from] BankError),
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Asks the bank, takes in what it says as a webhook's word would be, and answers both sides as they are then.
pub(super) async fn ask(env: &Env, subject: Subject) -> Result<Sides, AskError> {
    let before = book::sides(env, subject).await?;
    let told = match before.ours {
        Some((Ours::Deposit(_), _)) => match env.bank().payment(subject).await? {
            Some(answer) => Some(deposit::note(env, DepositId(subject), &answer).await?),
            None => None,
        },
        Some((Ours::Withdrawal(_), _)) => match env.bank().payout(subject).await? {
            Some(answer) => Some(withdrawal::note(env, WithdrawalId(subject), &answer).await?),
            None => None,
        },
        // Nothing of ours: there is nothing to ask for.
        None => return Ok(before),
    };
    let tx = env.begin().await?;
    if let Some(told) = &told {
        book::note(&tx, subject, &told.word).await?;
    }
    tx.commit().await?;
    let Sides { ours, theirs: listed } = book::sides(env, subject).await?;
    let (listed, amount) = (listed.and_then(|(_, amount)| amount), ours.map(|(_, amount)| amount));
    Ok(Sides {
        // Its word is the newest there is.
        theirs: told.map(|told| (told.word, Some(named(told.amount, listed, amount)))),
        ours,
    })
}

/// The amount that the bank names, in its answer and in its book: whichever is not ours.
fn named(answered: Money, listed: Option<Money>, ours: Option<Money>) -> Money {
    let other = listed.filter(|listed| ours == Some(answered) && *listed != answered);
    other.unwrap_or(answered)
}

/// Asks about something, and writes a difference down or resolves it by what comes of it. `true`: both agree, or an admin has explained it.
pub(super) async fn settle(env: &Env, subject: Subject) -> Result<bool, AskError> {
    let sides = ask(env, subject).await?;
    let agrees = agree(&sides);
    let tx = env.begin().await?;
    let open = if agrees && sides.ours.is_some() {
        // That a withdrawal is still under way is no answer to its silence.
        let silent = matches!(sides.ours, Some((Ours::Withdrawal(WithdrawalState::Sent), _)));
        store::resolve_all(&tx, subject, silent).await?;
        false
    } else {
        !agrees && store::note_sides(&tx, subject, &sides).await?
    };
    tx.commit().await?;
    Ok(!open)
}
