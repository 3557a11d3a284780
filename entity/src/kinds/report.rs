//! The closed lists of reports.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

kinds! {
    /// What kind of thing is reported.
    ReportSubject {
        /// A user.
        User = "USER",
        /// A listing.
        Listing = "LISTING",
        /// A chat message.
        Message = "MESSAGE",
    }

    /// What is the matter with something that is reported.
    ReportCause {
        /// A fraud, or an account that is not the seller's.
        Fraud = "FRAUD",
        /// What is offered is not as it is described.
        Misleading = "MISLEADING",
        /// Trading outside the platform.
        Outside = "OUTSIDE",
        /// Insults or threats.
        Abuse = "ABUSE",
        /// Something that is forbidden to show or to sell.
        Forbidden = "FORBIDDEN",
        /// Somebody poses as the platform or as somebody else.
        Impersonation = "IMPERSONATION",
        /// The same again and again, or advertising.
        Spam = "SPAM",
        /// Something else.
        Other = "OTHER",
        /// The platform saw too many messages that name contacts outside.
        ChatFlags = "CHAT_FLAGS",
        /// The platform saw a listed word in a message.
        ListedWord = "LISTED_WORD",
        /// The platform gave too many strikes.
        Strikes = "STRIKES",
        /// The bank took back a deposit that was spent.
        ReversedDeposit = "REVERSED_DEPOSIT",
        /// Money came in and went out again without a trade.
        PassedThrough = "PASSED_THROUGH",
        /// The same account was delivered in another order.
        SoldTwice = "SOLD_TWICE",
        /// Too many claims of recovery were rejected.
        RejectedClaims = "REJECTED_CLAIMS",
    }

    /// What came of a report.
    ReportOutcome {
        /// Nothing.
        Dismissed = "DISMISSED",
        /// Whom it is about was warned.
        Warned = "WARNED",
        /// The listing or the message was taken away.
        ContentRemoved = "CONTENT_REMOVED",
        /// Whom it is about was blacklisted.
        Blacklisted = "BLACKLISTED",
    }
}
