//! Asks the bank again about what does not agree: mostly a webhook is late or lost, and its word settles it.

use entity::kinds::WithdrawalState;

use super::{Ours, Sides, Subject, agree::agree, book, store};
use crate::{
    kernel::{
        Env, Fault,
        port::{BankError, PaymentState, PayoutState},
    },
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

const fn payment_word(said: PaymentState) -> &'static str {
    match said {
        PaymentState::Open => "open",
        PaymentState::Succeeded => "succeeded",
        PaymentState::Failed => "failed",
        PaymentState::Reversed => "reversed",
    }
}

const fn payout_word(said: PayoutState) -> &'static str {
    match said {
        PayoutState::Sent => "sent",
        PayoutState::Paid => "paid",
        PayoutState::Failed => "failed",
        PayoutState::Returned => "returned",
    }
}

/// Asks the bank, takes in what it says as a webhook's word would be, and answers both sides as they are then.
pub(super) async fn ask(env: &Env, subject: Subject) -> Result<Sides, AskError> {
    let before = book::sides(env, subject).await?;
    let word = match before.ours {
        Some((Ours::Deposit(_), _)) => {
            let said = env.bank().payment(subject).await?;
            if let Some(said) = said {
                deposit::note(env, entity::value::DepositId(subject), said).await?;
            }
            said.map(payment_word)
        }
        Some((Ours::Withdrawal(_), _)) => {
            let said = env.bank().payout(subject).await?;
            if let Some(said) = said {
                withdrawal::note(env, entity::value::WithdrawalId(subject), said).await?;
            }
            said.map(payout_word)
        }
        // Nothing of ours: there is nothing to ask for.
        None => return Ok(before),
    };
    let tx = env.begin().await?;
    if let Some(word) = word {
        book::note(&tx, subject, word).await?;
    }
    tx.commit().await?;
    let after = book::sides(env, subject).await?;
    Ok(Sides {
        // Its book tells the amount; its word is the newest there is.
        theirs: word.map(|word| (word.to_owned(), after.theirs.and_then(|(_, amount)| amount))),
        ours: after.ours,
    })
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
