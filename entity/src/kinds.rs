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
mod report;

pub use deal::{CancelledBy, ChatStep, HandBackKind, OfferState, OfferStep, OrderState, OrderStepKind, ReturnStep, StrikeKind};
pub use market::{AttributeKind, ListingState};
pub use report::{ReportCause, ReportOutcome, ReportSubject};

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
    }

    /// What the money in a ledger account is. In the order in which accounts are locked.
    AccountKind {
        /// The buyer's money while an order runs; owned by the order.
        Escrow = "ESCROW",
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

    /// What a notice tells.
    NoticeKind {
        /// Your listing was approved.
        ListingApproved = "LISTING_APPROVED",
        /// Your listing was rejected.
        ListingRejected = "LISTING_REJECTED",
        /// Your deposit is in your wallet.
        DepositCredited = "DEPOSIT_CREDITED",
        /// Your deposit failed.
        DepositFailed = "DEPOSIT_FAILED",
        /// The bank took your deposit back.
        DepositReversed = "DEPOSIT_REVERSED",
        /// Your account was bought: deliver.
        OrderPaid = "ORDER_PAID",
        /// You bought an account.
        OrderPlaced = "ORDER_PLACED",
        /// The seller delivered.
        OrderDelivered = "ORDER_DELIVERED",
        /// The order is complete.
        OrderCompleted = "ORDER_COMPLETED",
        /// An order waits for you, and half or nine tenths of the time are over.
        OrderWaits = "ORDER_WAITS",
        /// The order was cancelled.
        OrderCancelled = "ORDER_CANCELLED",
        /// The seller of your order was banned; it goes on.
        SellerBanned = "SELLER_BANNED",
        /// The buyer of your order was banned; it goes on.
        BuyerBanned = "BUYER_BANNED",
        /// The proceeds of a sale are available.
        ProceedsSettled = "PROCEEDS_SETTLED",
        /// Your withdrawal waits or goes out.
        WithdrawalRequested = "WITHDRAWAL_REQUESTED",
        /// Your withdrawal is on its way.
        WithdrawalSent = "WITHDRAWAL_SENT",
        /// Your withdrawal was paid.
        WithdrawalPaid = "WITHDRAWAL_PAID",
        /// Your withdrawal was given back.
        WithdrawalGivenBack = "WITHDRAWAL_GIVEN_BACK",
        /// Your real name was verified.
        IdentityApproved = "IDENTITY_APPROVED",
        /// Your real name could not be verified.
        IdentityRejected = "IDENTITY_REJECTED",
        /// Somebody signed in to your account with a client that was not used before.
        SignedInAnew = "SIGNED_IN_ANEW",
        /// Your password was changed or reset.
        PasswordChanged = "PASSWORD_CHANGED",
        /// Another mail address was bound to your account.
        EmailChanged = "EMAIL_CHANGED",
        /// You were blacklisted.
        Blacklisted = "BLACKLISTED",
        /// Something that you reported was decided.
        ReportAnswered = "REPORT_ANSWERED",
        /// You were reported, and nothing came of it.
        ReportDismissed = "REPORT_DISMISSED",
        /// You were reported, and are warned.
        Warned = "WARNED",
        /// You were reported, and a message of yours was taken away.
        MessageRemoved = "MESSAGE_REMOVED",
        /// You were taken off the blacklist.
        Reinstated = "REINSTATED",
        /// Nobody decided on your real name in time; hand it in again.
        IdentityLapsed = "IDENTITY_LAPSED",
        /// Somebody made an offer for your listing.
        OfferReceived = "OFFER_RECEIVED",
        /// The seller asks for another price.
        OfferCountered = "OFFER_COUNTERED",
        /// The seller accepted your offer: pay.
        OfferAccepted = "OFFER_ACCEPTED",
        /// The buyer accepted your price.
        OfferCounterAccepted = "OFFER_COUNTER_ACCEPTED",
        /// The seller declined your offer.
        OfferDeclined = "OFFER_DECLINED",
        /// The buyer withdrew his offer.
        OfferWithdrawn = "OFFER_WITHDRAWN",
        /// An offer lapsed unanswered.
        OfferLapsed = "OFFER_LAPSED",
        /// The listing that you made an offer for changed.
        OfferOutdated = "OFFER_OUTDATED",
        /// The listing that you made an offer for was sold.
        OfferSold = "OFFER_SOLD",
        /// An order ended before it was paid.
        OrderUnpaid = "ORDER_UNPAID",
        /// You were given a strike.
        StrikeGiven = "STRIKE_GIVEN",
        /// The buyer asked for a return.
        ReturnRequested = "RETURN_REQUESTED",
        /// The request for a return was taken back or lapsed.
        ReturnEnded = "RETURN_ENDED",
        /// The account was handed back to you: look at it.
        HandedBack = "HANDED_BACK",
        /// The return was refused; the platform decides.
        ReturnRefused = "RETURN_REFUSED",
        /// You have your money back.
        RefundedToYou = "REFUNDED_TO_YOU",
        /// The buyer has his money back: change the account's password.
        RefundedToBuyer = "REFUNDED_TO_BUYER",
        /// The money of an order was divided by a ruling.
        OrderSplit = "ORDER_SPLIT",
        /// Somebody wrote what you were like in a trade.
        ReviewWritten = "REVIEW_WRITTEN",
        /// An admin took your listing away.
        ListingRemoved = "LISTING_REMOVED",
        /// A favourite of yours costs less.
        FavouriteCheaper = "FAVOURITE_CHEAPER",
        /// A favourite of yours was sold to somebody else.
        FavouriteSold = "FAVOURITE_SOLD",
        /// Your wallet was frozen.
        WalletFrozen = "WALLET_FROZEN",
        /// Your wallet is open again.
        WalletThawed = "WALLET_THAWED",
        /// You owe something.
        DebtOpened = "DEBT_OPENED",
        /// Somebody owes you something.
        DebtClaimed = "DEBT_CLAIMED",
        /// Some of what you owe was paid out of your wallet.
        DebtPaid = "DEBT_PAID",
        /// Some of what you are owed was paid.
        DebtReceived = "DEBT_RECEIVED",
        /// You do not owe it any more: it was waived or written off.
        DebtForgiven = "DEBT_FORGIVEN",
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
    }
}
