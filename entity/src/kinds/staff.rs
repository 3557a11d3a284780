//! The lists of what admins do.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

kinds! {
    /// What waits for admins.
    QueueKind {
        /// Listings under review.
        Listings = "LISTINGS",
        /// Real names.
        Verifications = "VERIFICATIONS",
        /// Withdrawals above what goes out by itself.
        Withdrawals = "WITHDRAWALS",
        /// Differences between the bank's book and ours.
        BankDifferences = "BANK_DIFFERENCES",
        /// Decisions about money that need a second admin.
        MoneyDecisions = "MONEY_DECISIONS",
        /// Cases about orders.
        Cases = "CASES",
        /// Reports, by users and by the platform.
        Reports = "REPORTS",
    }
}
