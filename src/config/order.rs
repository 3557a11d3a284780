//! Settings of orders.

use serde::{Deserialize, Serialize};

use super::Findings;

/// Settings of orders.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Order {
    /// Hours a buyer has to confirm. `HANDOVER_ORDER__CONFIRM_HOURS`, 1 to 720, default 72.
    pub confirm_hours: u16,
}

impl Default for Order {
    fn default() -> Self {
        Self { confirm_hours: 72 }
    }
}

impl Order {
    pub(super) fn check(&self, found: &mut Findings) {
        if !(1..=720).contains(&self.confirm_hours) {
            found.refuse("HANDOVER_ORDER__CONFIRM_HOURS", "must be 1 to 720 hours");
        }
    }
}
