//! Settings of orders.

use serde::{Deserialize, Serialize};

use super::Findings;

/// Settings of orders.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Order {
    /// Hours a buyer has to confirm. `HANDOVER_ORDER__CONFIRM_HOURS`, 1 to 720, default 72.
    pub confirm_hours: u16,
    /// Minutes a buyer has to pay after an offer was accepted. `HANDOVER_ORDER__PAY_MINUTES`, 1 to 1440, default 120.
    pub pay_minutes: u16,
    /// Hours an offer waits for an answer. `HANDOVER_ORDER__OFFER_HOURS`, 1 to 168, default 24.
    pub offer_hours: u16,
    /// Hours a buyer has to hand an account back after he asked for a return. `HANDOVER_ORDER__RETURN_HOURS`, 1 to 168, default 24.
    pub return_hours: u16,
    /// Hours a seller has to look at what was handed back. `HANDOVER_ORDER__INSPECTION_HOURS`, 1 to 336, default 48.
    pub inspection_hours: u16,
}

impl Default for Order {
    fn default() -> Self {
        Self {
            confirm_hours: 72,
            pay_minutes: 120,
            offer_hours: 24,
            return_hours: 24,
            inspection_hours: 48,
        }
    }
}

impl Order {
    pub(super) fn check(&self, found: &mut Findings) {
        if !(1..=720).contains(&self.confirm_hours) {
            found.refuse("HANDOVER_ORDER__CONFIRM_HOURS", "must be 1 to 720 hours");
        }
        if !(1..=1_440).contains(&self.pay_minutes) {
            found.refuse("HANDOVER_ORDER__PAY_MINUTES", "must be 1 to 1440 minutes");
        }
        if !(1..=168).contains(&self.offer_hours) {
            found.refuse("HANDOVER_ORDER__OFFER_HOURS", "must be 1 to 168 hours");
        }
        if !(1..=168).contains(&self.return_hours) {
            found.refuse("HANDOVER_ORDER__RETURN_HOURS", "must be 1 to 168 hours");
        }
        if !(1..=336).contains(&self.inspection_hours) {
            found.refuse("HANDOVER_ORDER__INSPECTION_HOURS", "must be 1 to 336 hours");
        }
    }
}
