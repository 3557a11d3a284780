//! Whether both books say the same of something. The rule, without a database.

use entity::kinds::{DepositState, WithdrawalState};

use super::{Ours, Sides};

/// The words of the bank with which our state agrees. An empty word: that the bank knows nothing of it.
const fn words(ours: Ours) -> &'static [&'static str] {
    match ours {
        // Nobody paid, or our call to open it was lost.
        Ours::Deposit(DepositState::Open | DepositState::Lapsed) => &["open", ""],
        Ours::Deposit(DepositState::Credited) => &["succeeded"],
        Ours::Deposit(DepositState::Failed) => &["failed"],
        Ours::Deposit(DepositState::Reversed) => &["reversed"],
        Ours::Withdrawal(
            WithdrawalState::Requested | WithdrawalState::Approved | WithdrawalState::Rejected | WithdrawalState::TakenBack,
        ) => &[""],
        // Under way; a lost call is sent again by the timer.
        Ours::Withdrawal(WithdrawalState::Sent) => &["sent", ""],
        Ours::Withdrawal(WithdrawalState::Paid) => &["paid"],
        // A call that the bank refused left nothing there.
        Ours::Withdrawal(WithdrawalState::Failed) => &["failed", ""],
        Ours::Withdrawal(WithdrawalState::Returned) => &["returned"],
    }
}

/// Whether both sides agree, in state and amount.
pub(super) fn agree(sides: &Sides) -> bool {
    let Some((ours, amount)) = sides.ours else {
        return sides.theirs.is_none();
    };
    let (word, told) = sides.theirs.as_ref().map_or(("", None), |(word, amount)| (word.as_str(), *amount));
    words(ours).contains(&word) && told.is_none_or(|told| told == amount)
}

#[cfg(test)]
mod tests {
    use entity::value::Money;

    use super::*;

    fn sides(ours: Option<Ours>, theirs: Option<(&str, i64)>) -> Sides {
        Sides {
            ours: ours.map(|ours| (ours, Money(500))),
            theirs: theirs.map(|(word, fen)| (word.to_owned(), Some(Money(fen)))),
        }
    }

    #[test]
    fn each_state_agrees_with_its_own_word_and_no_other() {
        use DepositState::{Credited, Failed, Lapsed, Open, Reversed};
        use WithdrawalState as W;
        let table: [(Ours, &[&str]); 13] = [
            (Ours::Deposit(Open), &["open", ""]),
            (Ours::Deposit(Lapsed), &["open", ""]),
            (Ours::Deposit(Credited), &["succeeded"]),
            (Ours::Deposit(Failed), &["failed"]),
            (Ours::Deposit(Reversed), &["reversed"]),
            (Ours::Withdrawal(W::Requested), &[""]),
            (Ours::Withdrawal(W::Approved), &[""]),
            (Ours::Withdrawal(W::Rejected), &[""]),
            (Ours::Withdrawal(W::TakenBack), &[""]),
            (Ours::Withdrawal(W::Sent), &["sent", ""]),
            (Ours::Withdrawal(W::Paid), &["paid"]),
            (Ours::Withdrawal(W::Failed), &["failed", ""]),
            (Ours::Withdrawal(W::Returned), &["returned"]),
        ];
        let said = ["", "open", "succeeded", "failed", "reversed", "sent", "paid", "returned"];
        for (ours, good) in table {
            for word in said {
                let theirs = (!word.is_empty()).then_some((word, 500));
                assert_eq!(agree(&sides(Some(ours), theirs)), good.contains(&word), "{ours:?} {word}");
            }
        }
    }

    #[test]
    fn another_amount_never_agrees_and_what_we_do_not_know_never_does() {
        let credited = Some(Ours::Deposit(DepositState::Credited));
        assert!(!agree(&sides(credited, Some(("succeeded", 501)))));
        assert!(!agree(&sides(None, Some(("open", 500)))));
        assert!(agree(&sides(None, None)));
    }
}
