//! What people are and speak.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

kinds! {
    /// A language the platform speaks.
    Locale {
        /// English.
        En = "en",
        /// Chinese as written on the mainland.
        ZhCn = "zh-CN",
    }

    /// What a user is to the platform.
    Role {
        /// Buys and sells.
        Trader = "TRADER",
        /// Reviews and decides.
        Admin = "ADMIN",
    }

    /// Where a real-name verification stands.
    IdentityState {
        /// Waits for a decision.
        Pending = "PENDING",
        /// The name is verified.
        Approved = "APPROVED",
        /// Refused; he may try again.
        Rejected = "REJECTED",
    }
}
