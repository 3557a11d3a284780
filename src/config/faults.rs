//! Settings of what goes wrong at the embedded bank on purpose.

use serde::{Deserialize, Serialize};

use super::Findings;

/// Faults of the embedded bank, for demonstrations and tests. The same seed sees the same faults.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BankFaults {
    /// Where the decisions come from. `HANDOVER_BANK__FAULTS__SEED`, default 0.
    pub seed: u64,
    /// Milliseconds that a webhook waits at most before it goes out. `HANDOVER_BANK__FAULTS__DELAY_MS`, default 0.
    pub delay_ms: u64,
    /// How often each webhook is delivered. `HANDOVER_BANK__FAULTS__REPEAT`, 1 to 100, default 1.
    pub repeat: u32,
    /// Percent of webhooks that a later one overtakes. `HANDOVER_BANK__FAULTS__REORDER_PERCENT`, 0 to 100, default 0.
    pub reorder_percent: u8,
    /// Percent of webhooks that are lost. `HANDOVER_BANK__FAULTS__DROP_PERCENT`, 0 to 100, default 0.
    pub drop_percent: u8,
    /// Percent of webhooks that name a wrong amount. `HANDOVER_BANK__FAULTS__WRONG_AMOUNT_PERCENT`, 0 to 100, default 0.
    pub wrong_amount_percent: u8,
    /// Percent of payments that are taken back after they succeeded. `HANDOVER_BANK__FAULTS__REVERSE_PERCENT`, 0 to 100, default 0.
    pub reverse_percent: u8,
    /// Payouts to numbers with this ending fail. `HANDOVER_BANK__FAULTS__FAILING_ENDING`, digits or `-` for none, default 0001.
    pub failing_ending: String,
    /// Payouts to numbers with this ending come back after they were paid. `HANDOVER_BANK__FAULTS__RETURNING_ENDING`, digits or `-` for none,
    /// default 0002.
    pub returning_ending: String,
}

impl Default for BankFaults {
    fn default() -> Self {
        Self {
            seed: 0,
            delay_ms: 0,
            repeat: 1,
            reorder_percent: 0,
            drop_percent: 0,
            wrong_amount_percent: 0,
            reverse_percent: 0,
            failing_ending: "0001".to_owned(),
            returning_ending: "0002".to_owned(),
        }
    }
}

impl BankFaults {
    pub(super) fn check(&self, found: &mut Findings) {
        for (name, percent) in [
            ("HANDOVER_BANK__FAULTS__REORDER_PERCENT", self.reorder_percent),
            ("HANDOVER_BANK__FAULTS__DROP_PERCENT", self.drop_percent),
            ("HANDOVER_BANK__FAULTS__WRONG_AMOUNT_PERCENT", self.wrong_amount_percent),
            ("HANDOVER_BANK__FAULTS__REVERSE_PERCENT", self.reverse_percent),
        ] {
            if percent > 100 {
                found.refuse(name, "must be 0 to 100 percent");
            }
        }
        if !(1..=100).contains(&self.repeat) {
            found.refuse("HANDOVER_BANK__FAULTS__REPEAT", "must be 1 to 100");
        }
        for (name, ending) in [
            ("HANDOVER_BANK__FAULTS__FAILING_ENDING", &self.failing_ending),
            ("HANDOVER_BANK__FAULTS__RETURNING_ENDING", &self.returning_ending),
        ] {
            if ending != "-" && !ending.chars().all(|letter| letter.is_ascii_digit()) {
                found.refuse(name, "must be digits, or `-` for none");
            }
        }
    }
}
