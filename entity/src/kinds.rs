//! The closed lists that columns hold: states, roles, causes.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
        #[sea_orm(rs_type = "String", db_type = "Text")]
        pub enum $name {
            $($(#[$vdoc])* #[sea_orm(string_value = $text)] #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// The word the database holds.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }
    )+};
}

mod person;

pub use person::{IdentityState, Locale, Role};
mod deal;
mod market;
mod matter;
mod notice;
mod report;
mod staff;

pub use deal::{CancelledBy, ChatStep, HandBackKind, OfferState, OfferStep, OrderState, OrderStepKind, ReturnStep, StrikeKind};
pub use market::{AttributeKind, ListingState};
pub use matter::{CaseKind, CaseState, CaseStep, Finding, FreezeStage, RulingKind, RulingState};
pub use notice::NoticeKind;
pub use report::{ReportCause, ReportOutcome, ReportSubject};
pub use staff::QueueKind;

kinds! {
    /// What an image was uploaded for.
    ImagePurpose {
        /// To show in a listing; public once attached.
        Listing = "LISTING",
        /// To send in a chat; for the members of its conversation only.
        Chat = "CHAT",
        /// To show beside a nickname; public.
        Avatar = "AVATAR",
        /// An identity card; sealed, for the admin who decides on it, and destroyed after the decision.
        IdentityCard = "IDENTITY_CARD",
        /// A person with an identity card; as the card.
        IdentityPerson = "IDENTITY_PERSON",
        /// To prove something about an order; for its parties only.
        Evidence = "EVIDENCE",
        /// To show beside the name of a game; public.
        GameIcon = "GAME_ICON",
    }

    /// What the money in a ledger account is. In the order in which accounts are locked.
    AccountKind {
        /// The buyer's money while an order runs; owned by the order.
        Escrow = "ESCROW",
        /// What is held of a seller's wallet while a case about what he sold is open; owned by the case.
        CaseHold = "CASE_HOLD",
        /// A withdrawal under way.
        WithdrawalHold = "WITHDRAWAL_HOLD",
        /// Proceeds that are not yet available.
        Settling = "SETTLING",
        /// A user's money.
        Available = "AVAILABLE",
        /// What the platform keeps to advance what others owe.
        Compensation = "COMPENSATION",
        /// What the platform earned, less what it lost.
        Fees = "FEES",
        /// What the bank holds for us, negated.
        BankClearing = "BANK_CLEARING",
    }

    /// Why money moved.
    TransferCause {
        /// A deposit was credited.
        Deposit = "DEPOSIT",
        /// The bank took a credited deposit back.
        DepositReversed = "DEPOSIT_REVERSED",
        /// A purchase went into escrow.
        OrderHold = "ORDER_HOLD",
        /// A cancelled purchase went back to the buyer.
        OrderRefund = "ORDER_REFUND",
        /// The proceeds of a completed order went to the seller's settling.
        OrderPayout = "ORDER_PAYOUT",
        /// The platform's fee on a completed order.
        OrderFee = "ORDER_FEE",
        /// A returned purchase was divided by a ruling.
        OrderSplit = "ORDER_SPLIT",
        /// Proceeds became available.
        Settle = "SETTLE",
        /// A withdrawal was asked for.
        WithdrawalHold = "WITHDRAWAL_HOLD",
        /// A withdrawal was paid by the bank.
        WithdrawalPaid = "WITHDRAWAL_PAID",
        /// A withdrawal was taken back, rejected or failed before it was paid.
        WithdrawalGivenBack = "WITHDRAWAL_GIVEN_BACK",
        /// A paid withdrawal came back from the bank.
        WithdrawalReturned = "WITHDRAWAL_RETURNED",
        /// The bank took a deposit back that was spent; the platform bore it.
        DepositShortfall = "DEPOSIT_SHORTFALL",
        /// A debt was paid out of the debtor's wallet.
        DebtPaid = "DEBT_PAID",
        /// The platform advanced what is owed to somebody.
        DebtAdvanced = "DEBT_ADVANCED",
        /// The platform put some of its earnings aside for compensation.
        CompensationFunded = "COMPENSATION_FUNDED",
        /// Part of a seller's wallet is held for a case.
        CaseHeld = "CASE_HELD",
        /// What was held for a case went back into the seller's wallet.
        CaseHoldReturned = "CASE_HOLD_RETURNED",
        /// A ruling gave a buyer back, out of the seller's wallet, what he had paid for an account that the seller took back.
        CaseRecovered = "CASE_RECOVERED",
    }

    /// What asks for a frozen wallet.
    FreezeCause {
        /// A case about an order.
        Case = "CASE",
        /// An admin, by hand.
        Admin = "ADMIN",
    }

    /// What a debt comes from.
    DebtCause {
        /// The bank took a deposit back that was spent already.
        DepositReversed = "DEPOSIT_REVERSED",
        /// An account that was sold was recovered by its seller.
        Recovery = "RECOVERY",
        /// The platform advanced what was owed to another.
        Advance = "ADVANCE",
    }

    /// What made a debt smaller.
    DebtChangeKind {
        /// It was paid out of the debtor's wallet.
        Paid = "PAID",
        /// The platform advanced it and is owed it now.
        Advanced = "ADVANCED",
        /// The creditor waived it.
        Waived = "WAIVED",
        /// The platform wrote it off.
        WrittenOff = "WRITTEN_OFF",
    }

    /// What an admin decides about money.
    MoneyDecisionKind {
        /// To advance what a user is owed.
        Advance = "ADVANCE",
        /// To write off what the platform is owed.
        WriteOff = "WRITE_OFF",
        /// To put earnings aside for compensation.
        Fund = "FUND",
        /// To book a withdrawal of which the bank says nothing as paid.
        SettlePaid = "SETTLE_PAID",
        /// To book a withdrawal of which the bank says nothing as not paid.
        SettleFailed = "SETTLE_FAILED",
    }

    /// Where such a decision stands.
    MoneyDecisionState {
        /// Waits for a second admin.
        Open = "OPEN",
        /// Done.
        Done = "DONE",
        /// The second admin refused.
        Refused = "REFUSED",
        /// No second admin came in time.
        Void = "VOID",
    }

    /// What is the matter between the bank's book and ours.
    BankDifferenceKind {
        /// A webhook does not fit our record.
        Webhook = "WEBHOOK",
        /// Both know it and say different things.
        Mismatch = "MISMATCH",
        /// The bank does not know it.
        UnknownToBank = "UNKNOWN_TO_BANK",
        /// We do not know it.
        UnknownToUs = "UNKNOWN_TO_US",
        /// The bank says nothing of a withdrawal that it was handed.
        Silence = "SILENCE",
    }

    /// Where a deposit stands.
    DepositState {
        /// Asked for; the payer has not paid.
        Open = "OPEN",
        /// In the wallet.
        Credited = "CREDITED",
        /// The bank says it failed.
        Failed = "FAILED",
        /// Not paid in 24 hours; a late success is still credited.
        Lapsed = "LAPSED",
        /// The bank took the money back.
        Reversed = "REVERSED",
    }

    /// Where a withdrawal stands.
    WithdrawalState {
        /// Asked for; waits for an admin if it is large.
        Requested = "REQUESTED",
        /// Will be sent.
        Approved = "APPROVED",
        /// Handed to the bank, or about to be.
        Sent = "SENT",
        /// The bank paid it.
        Paid = "PAID",
        /// An admin refused it; given back.
        Rejected = "REJECTED",
        /// Its owner took it back before it was sent.
        TakenBack = "TAKEN_BACK",
        /// The bank refused it; given back.
        Failed = "FAILED",
        /// The bank returned it; given back.
        Returned = "RETURNED",
    }

    /// What became of a webhook.
    BankEventOutcome {
        /// It changed our books.
        Applied = "APPLIED",
        /// It told nothing new.
        Nothing = "NOTHING",
        /// It does not fit our record and waits for a person.
        Quarantined = "QUARANTINED",
    }

    /// Why a chat message was flagged.
    FlagKind {
        /// It holds a way to trade outside: an account of a messenger, a number, a link.
        Contact = "CONTACT",
        /// It holds a listed word.
        ListedWord = "LISTED_WORD",
    }

    /// What kind of thing a notice or an audit row is about.
    SubjectKind {
        /// A user.
        User = "USER",
        /// A listing.
        Listing = "LISTING",
        /// An order.
        Order = "ORDER",
        /// Something that was reported, for admins.
        Report = "REPORT",
        /// What somebody reported.
        Complaint = "COMPLAINT",
        /// A deposit.
        Deposit = "DEPOSIT",
        /// A withdrawal.
        Withdrawal = "WITHDRAWAL",
        /// An offer.
        Offer = "OFFER",
        /// A game of the catalogue.
        Game = "GAME",
        /// A debt.
        Debt = "DEBT",
        /// A decision of admins about money.
        MoneyDecision = "MONEY_DECISION",
        /// A difference between the bank's book and ours.
        BankDifference = "BANK_DIFFERENCE",
        /// An announcement to everybody.
        Announcement = "ANNOUNCEMENT",
        /// A case about an order.
        Case = "CASE",
    }
}
