//! What goes wrong on purpose.

use std::time::Duration;

use sha2::{Digest, Sha256};

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

/// The faults of the bank. What is not certain is decided by the seed and a running number, so that the same seed sees the same faults.
#[derive(Debug, Clone)]
pub struct Faults {
    /// Where the decisions come from.
    pub seed: u64,
    /// Endings of account numbers and what becomes of payouts to them. The first that fits decides; a payout to any other
    /// number is paid. By default `0001` fails and `0002` is returned.
    pub payout_outcomes: Vec<(String, PayoutOutcome)>,
    /// How often each webhook is delivered until acknowledged; 1 unless repeats are wanted.
    pub repeat_webhooks: u32,
    /// Each webhook goes out after a wait of up to this long.
    pub delay: Duration,
    /// How many webhooks of a hundred are held back until a later one was delivered, or for two seconds.
    pub reordered: u8,
    /// How many webhooks of a hundred are never delivered.
    pub dropped: u8,
    /// How many webhooks of a hundred name a wrong amount.
    pub wrong_amounts: u8,
    /// How many payments of a hundred are taken back a while after they succeeded.
    pub reversed: u8,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            seed: 0,
            payout_outcomes: vec![
                ("0001".to_owned(), PayoutOutcome::Failed),
                ("0002".to_owned(), PayoutOutcome::Returned),
            ],
            repeat_webhooks: 1,
            delay: Duration::ZERO,
            reordered: 0,
            dropped: 0,
            wrong_amounts: 0,
            reversed: 0,
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

    /// How long the webhook of this number waits before it goes out.
    pub(super) fn delay_of(&self, webhook: u64) -> Duration {
        self.delay * self.roll("delay", webhook) / 100
    }

    /// Whether the webhook of this number is held back until a later one was delivered.
    pub(super) fn holds_back(&self, webhook: u64) -> bool {
        self.roll("reorder", webhook) < u32::from(self.reordered)
    }

    /// Whether the webhook of this number is never delivered.
    pub(super) fn drops(&self, webhook: u64) -> bool {
        self.roll("drop", webhook) < u32::from(self.dropped)
    }

    /// The amount that the webhook of this number names.
    pub(super) fn told_amount(&self, webhook: u64, amount: i64) -> i64 {
        amount + i64::from(self.roll("amount", webhook) < u32::from(self.wrong_amounts))
    }

    /// Whether the payment of this number is taken back after it succeeded.
    pub(super) fn reverses(&self, payment: u64) -> bool {
        self.roll("reverse", payment) < u32::from(self.reversed)
    }

    /// A number from 0 to 99, the same for the same seed, question and running number.
    fn roll(&self, question: &str, number: u64) -> u32 {
        let digest = Sha256::digest(format!("{}:{question}:{number}", self.seed));
        u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]) % 100
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

    #[test]
    fn a_seed_decides_the_same_each_time_and_about_as_often_as_asked() {
        let faults = |seed| Faults {
            seed,
            dropped: 30,
            ..Faults::default()
        };
        let dropped = |seed| (0..1_000).filter(|number| faults(seed).drops(*number)).collect::<Vec<_>>();
        assert_eq!(dropped(7), dropped(7));
        assert_ne!(dropped(7), dropped(8));
        assert!((250..350).contains(&dropped(7).len()), "{}", dropped(7).len());
        let never = Faults::default();
        let always = Faults {
            wrong_amounts: 100,
            ..Faults::default()
        };
        assert!((0..1_000).all(|number| !never.drops(number) && never.told_amount(number, 5) == 5 && never.delay_of(number).is_zero()));
        assert!((0..1_000).all(|number| always.told_amount(number, 5) == 6));
    }
}
