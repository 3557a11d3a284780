//! The closed lists of the market.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

kinds! {
    /// What an attribute of a game's listings is.
    AttributeKind {
        /// One of some choices.
        Choice = "CHOICE",
        /// Some of some choices.
        ManyChoice = "MANY_CHOICE",
        /// A whole number in a range.
        Number = "NUMBER",
        /// Yes or no.
        YesNo = "YES_NO",
        /// A line of words.
        Text = "TEXT",
    }

    /// Where a listing stands.
    ListingState {
        /// Not sent to review yet; its seller's alone.
        Draft = "DRAFT",
        /// Waits for an admin.
        InReview = "IN_REVIEW",
        /// Can be bought.
        OnSale = "ON_SALE",
        /// Taken off by its seller or by the platform; not for sale.
        OffShelf = "OFF_SHELF",
        /// Refused by an admin, with a reason.
        Rejected = "REJECTED",
        /// An order runs.
        Reserved = "RESERVED",
        /// Bought.
        Sold = "SOLD",
        /// Taken away by an admin for good, with a reason.
        Removed = "REMOVED",
    }
}
