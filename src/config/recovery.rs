//! Settings of claims that a seller took a sold account back.

use serde::{Deserialize, Serialize};

use super::Findings;

/// Settings of claims that a seller took a sold account back.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Recovery {
    /// Hours a seller has to answer a claim. `HANDOVER_RECOVERY__ANSWER_HOURS`, 1 to 168, default 48.
    pub answer_hours: u16,
    /// Hours for which a claim freezes the seller's whole wallet, unless an admin keeps it so. `HANDOVER_RECOVERY__FREEZE_HOURS`, 1 to 168, default 72.
    pub freeze_hours: u16,
    /// Days after which a claim without a ruling freezes and holds nothing any more. `HANDOVER_RECOVERY__HOLD_DAYS`, 8 to 90, default 14.
    pub hold_days: u16,
}

impl Default for Recovery {
    fn default() -> Self {
        Self {
            answer_hours: 48,
            freeze_hours: 72,
            hold_days: 14,
        }
    }
}

impl Recovery {
    pub(super) fn check(&self, found: &mut Findings) {
        if !(1..=168).contains(&self.answer_hours) {
            found.refuse("HANDOVER_RECOVERY__ANSWER_HOURS", "must be 1 to 168 hours");
        }
        if !(1..=168).contains(&self.freeze_hours) {
            found.refuse("HANDOVER_RECOVERY__FREEZE_HOURS", "must be 1 to 168 hours");
        }
        if !(8..=90).contains(&self.hold_days) {
            found.refuse("HANDOVER_RECOVERY__HOLD_DAYS", "must be 8 to 90 days");
        }
    }
}
