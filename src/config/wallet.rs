//! Settings of the wallet.

use serde::{Deserialize, Serialize};

use super::Findings;

/// No limit of money is above this, in yuan.
const AT_MOST: u32 = 1_000_000;

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
    /// Yuan that a deposit has at least. `HANDOVER_WALLET__DEPOSIT_LEAST_YUAN`, 1 to 1000, default 1.
    pub deposit_least_yuan: u32,
    /// Yuan that a deposit has at most. `HANDOVER_WALLET__DEPOSIT_MOST_YUAN`, the least of a deposit to 1000000, default 50000.
    pub deposit_most_yuan: u32,
    /// Yuan that a withdrawal has at least. `HANDOVER_WALLET__WITHDRAWAL_LEAST_YUAN`, 1 to 1000, default 10.
    pub withdrawal_least_yuan: u32,
    /// Yuan to which a user's withdrawals of 24 hours may sum. `HANDOVER_WALLET__WITHDRAWAL_DAY_YUAN`, the least of a withdrawal to 1000000,
    /// default 50000.
    pub withdrawal_day_yuan: u32,
    /// Above how many yuan an admin must approve a withdrawal. `HANDOVER_WALLET__WITHDRAWAL_REVIEW_YUAN`, 0 to 1000000, default 5000.
    pub withdrawal_review_yuan: u32,
    /// Above how many yuan a second admin must agree to a withdrawal or to a decision about money.
    /// `HANDOVER_WALLET__SECOND_ADMIN_YUAN`, what one admin must approve to 1000000, default 20000.
    pub second_admin_yuan: u32,
    /// Days after which a freeze by an admin's hand ends by itself. `HANDOVER_WALLET__FREEZE_DAYS`, 1 to 90, default 14.
    pub freeze_days: u8,
}

impl Default for Wallet {
    fn default() -> Self {
        Self {
            settling_days: 3,
            settling_days_new_seller: 7,
            quick_turn_report_yuan: 1_000,
            deposit_least_yuan: 1,
            deposit_most_yuan: 50_000,
            withdrawal_least_yuan: 10,
            withdrawal_day_yuan: 50_000,
            withdrawal_review_yuan: 5_000,
            second_admin_yuan: 20_000,
            freeze_days: 14,
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
        self.check_amounts(found);
        if !(1..=90).contains(&self.freeze_days) {
            found.refuse("HANDOVER_WALLET__FREEZE_DAYS", "must be 1 to 90 days");
        }
    }

    fn check_amounts(&self, found: &mut Findings) {
        for (name, least) in [
            ("HANDOVER_WALLET__DEPOSIT_LEAST_YUAN", self.deposit_least_yuan),
            ("HANDOVER_WALLET__WITHDRAWAL_LEAST_YUAN", self.withdrawal_least_yuan),
        ] {
            if !(1..=1_000).contains(&least) {
                found.refuse(name, "must be 1 to 1000 yuan");
            }
        }
        for (name, least, most) in [
            (
                "HANDOVER_WALLET__DEPOSIT_MOST_YUAN",
                self.deposit_least_yuan,
                self.deposit_most_yuan,
            ),
            (
                "HANDOVER_WALLET__WITHDRAWAL_DAY_YUAN",
                self.withdrawal_least_yuan,
                self.withdrawal_day_yuan,
            ),
        ] {
            if !(least..=AT_MOST).contains(&most) {
                found.refuse(name, "must be the least amount to 1000000 yuan");
            }
        }
        if self.withdrawal_review_yuan > AT_MOST {
            found.refuse("HANDOVER_WALLET__WITHDRAWAL_REVIEW_YUAN", "must be 0 to 1000000 yuan");
        }
        if !(self.withdrawal_review_yuan..=AT_MOST).contains(&self.second_admin_yuan) {
            found.refuse(
                "HANDOVER_WALLET__SECOND_ADMIN_YUAN",
                "must be what one admin must approve (HANDOVER_WALLET__WITHDRAWAL_REVIEW_YUAN) to 1000000 yuan",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(wallet: &Wallet) -> Vec<String> {
        let mut found = Findings::default();
        wallet.check(&mut found);
        found.into_inner().into_iter().map(|finding| finding.name).collect()
    }

    #[test]
    fn each_limit_that_is_out_of_range_is_refused_by_its_own_name() {
        type Change = fn(&mut Wallet);
        let changes: [(&str, Change); 8] = [
            ("DEPOSIT_LEAST_YUAN", |wallet| wallet.deposit_least_yuan = 0),
            ("DEPOSIT_MOST_YUAN", |wallet| wallet.deposit_most_yuan = 0),
            ("WITHDRAWAL_LEAST_YUAN", |wallet| wallet.withdrawal_least_yuan = 1_001),
            ("WITHDRAWAL_DAY_YUAN", |wallet| wallet.withdrawal_day_yuan = 9),
            ("WITHDRAWAL_DAY_YUAN", |wallet| wallet.withdrawal_day_yuan = AT_MOST + 1),
            ("SECOND_ADMIN_YUAN", |wallet| wallet.second_admin_yuan = 4_999),
            ("FREEZE_DAYS", |wallet| wallet.freeze_days = 0),
            ("SETTLING_DAYS", |wallet| wallet.settling_days = 91),
        ];
        assert_eq!(names(&Wallet::default()), [""; 0]);
        for (name, change) in changes {
            let mut wallet = Wallet::default();
            change(&mut wallet);
            assert_eq!(names(&wallet), [format!("HANDOVER_WALLET__{name}")]);
        }
    }
}
