//! Settings of the wallet.

use serde::{Deserialize, Serialize};

use super::Findings;

/// Settings of the wallet.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wallet {
    /// Days a sale's proceeds settle. `HANDOVER_WALLET__SETTLING_DAYS`, 0 to 90, default 3.
    pub settling_days: u8,
    /// The same until the seller's fifth completed order. `HANDOVER_WALLET__SETTLING_DAYS_NEW_SELLER`, 0 to 90, default 7.
    pub settling_days_new_seller: u8,
    /// From how many yuan on a withdrawal that could not be paid without what was deposited in the 24 hours before is reported to the admins.
    /// `HANDOVER_WALLET__QUICK_TURN_REPORT_YUAN`, 10 to 50000, default 1000.
    pub quick_turn_report_yuan: u32,
}

impl Default for Wallet {
    fn default() -> Self {
        Self {
            settling_days: 3,
            settling_days_new_seller: 7,
            quick_turn_report_yuan: 1_000,
        }
    }
}

impl Wallet {
    pub(super) fn check(&self, found: &mut Findings) {
        for (name, days) in [
            ("HANDOVER_WALLET__SETTLING_DAYS", self.settling_days),
            ("HANDOVER_WALLET__SETTLING_DAYS_NEW_SELLER", self.settling_days_new_seller),
        ] {
            if days > 90 {
                found.refuse(name, "must be 0 to 90 days");
            }
        }
        if !(10..=50_000).contains(&self.quick_turn_report_yuan) {
            found.refuse("HANDOVER_WALLET__QUICK_TURN_REPORT_YUAN", "must be 10 to 50000 yuan");
        }
    }
}
