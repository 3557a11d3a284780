//! What goes wrong on purpose.

use super::books::PayoutState;

/// What becomes of a payout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayoutOutcome {
    /// It arrives.
    Paid,
    /// It is refused; no money leaves.
    Failed,
    /// It arrives and comes back afterwards.
    Returned,
}

/// The faults of the bank, all decided beforehand so that a test sees the same each time.
#[derive(Debug, Clone)]
pub struct Faults {
    /// Endings of account numbers and what becomes of payouts to them. The first that fits decides; a payout to any other
    /// number is paid. By default `0001` fails and `0002` is returned.
    pub payout_outcomes: Vec<(String, PayoutOutcome)>,
    /// How often each webhook is delivered until acknowledged; 1 unless repeats are wanted.
    pub repeat_webhooks: u32,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            payout_outcomes: vec![
                ("0001".to_owned(), PayoutOutcome::Failed),
                ("0002".to_owned(), PayoutOutcome::Returned),
            ],
            repeat_webhooks: 1,
        }
    }
}

impl Faults {
    /// The next state of a payout to this account number, or none if it has come to its end.
    pub(super) fn next(&self, number: &str, state: PayoutState) -> Option<PayoutState> {
        match (state, self.outcome(number)) {
            (PayoutState::Sent, PayoutOutcome::Failed) => Some(PayoutState::Failed),
            (PayoutState::Sent, PayoutOutcome::Paid | PayoutOutcome::Returned) => Some(PayoutState::Paid),
            (PayoutState::Paid, PayoutOutcome::Returned) => Some(PayoutState::Returned),
            (PayoutState::Paid, PayoutOutcome::Paid | PayoutOutcome::Failed) | (PayoutState::Failed | PayoutState::Returned, _) => None,
        }
    }

    fn outcome(&self, number: &str) -> PayoutOutcome {
        let rule = self.payout_outcomes.iter().find(|(ending, _)| number.ends_with(ending));
        rule.map_or(PayoutOutcome::Paid, |(_, outcome)| *outcome)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn life(number: &str) -> Vec<PayoutState> {
        let faults = Faults::default();
        let mut states = vec![PayoutState::Sent];
        while let Some(next) = faults.next(number, states[states.len() - 1]) {
            states.push(next);
        }
        states
    }

    #[test]
    fn the_ending_of_the_account_number_decides() {
        assert_eq!(life("6222020200112345"), [PayoutState::Sent, PayoutState::Paid]);
        assert_eq!(life("6222020200110001"), [PayoutState::Sent, PayoutState::Failed]);
        assert_eq!(
            life("6222020200110002"),
            [PayoutState::Sent, PayoutState::Paid, PayoutState::Returned]
        );
    }
}
