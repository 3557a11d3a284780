//! What the bank answers when it is asked, held beside our own record.

use entity::value::Money;

use crate::kernel::port::BankAnswer;

/// No word of the bank is longer; what is kept of it is cut there.
const WORD: usize = 100;

/// An answer of the bank about something of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    /// The bank's word, and beside it a currency or a name that is not that of our record.
    pub word: String,
    /// The amount it names.
    pub amount: Money,
    /// Whether amount, currency and name are those of our record. What does not fit moves nothing.
    pub fits: bool,
}

impl Told {
    /// Holds an answer beside the amount of our record and the bank's name of it, if we know one. `word`: how it stands, in the bank's word.
    pub fn new<S>(answer: &BankAnswer<S>, word: &str, amount: Money, reference: Option<&str>) -> Self {
        let foreign = answer.foreign.as_ref().map(|currency| format!(" in {currency}"));
        let another = reference
            .filter(|ours| *ours != answer.reference)
            .map(|_| format!(" as {}", answer.reference));
        let beside: String = foreign.into_iter().chain(another).collect();
        Self {
            word: format!("{word}{beside}").chars().take(WORD).collect(),
            amount: answer.amount,
            fits: beside.is_empty() && answer.amount == amount,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(fen: i64, currency: Option<&str>, ours: Option<&str>) -> Told {
        let answer = BankAnswer {
            state: (),
            reference: "pay_1".to_owned(),
            amount: Money(fen),
            foreign: currency.map(str::to_owned),
        };
        Told::new(&answer, "succeeded", Money(500), ours)
    }

    #[test]
    fn amount_currency_and_a_name_that_we_know_are_those_of_our_record() {
        for (fen, currency, ours, word, fits) in [
            (500, None, Some("pay_1"), "succeeded", true),
            (500, None, None, "succeeded", true),
            (501, None, Some("pay_1"), "succeeded", false),
            (500, Some("USD"), Some("pay_1"), "succeeded in USD", false),
            (500, None, Some("pay_2"), "succeeded as pay_1", false),
            (500, Some("USD"), Some("pay_2"), "succeeded in USD as pay_1", false),
        ] {
            let told = told(fen, currency, ours);
            assert_eq!((told.word.as_str(), told.amount, told.fits), (word, Money(fen), fits));
        }
    }
}
