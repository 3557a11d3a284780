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

    /// What an image was uploaded for.
    ImagePurpose {
        /// To show in a listing; public once attached.
        Listing = "LISTING",
        /// To send in a chat; for the members of its conversation only.
        Chat = "CHAT",
        /// To show beside a nickname; public.
        Avatar = "AVATAR",
        /// To prove something about an order; for its parties only.
        Evidence = "EVIDENCE",
    }

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
        /// What the platform earned.
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

    /// Where an offer stands.
    OfferState {
        /// The buyer made it; it waits for the seller.
        Open = "OPEN",
        /// The seller asks for another price; it waits for the buyer.
        Countered = "COUNTERED",
        /// One accepted what the other asked for; an order was opened.
        Accepted = "ACCEPTED",
        /// The seller declined it.
        Declined = "DECLINED",
        /// The buyer withdrew it.
        Withdrawn = "WITHDRAWN",
        /// Nobody answered in time.
        Lapsed = "LAPSED",
        /// The listing changed, or its price came down to it.
        Outdated = "OUTDATED",
        /// Somebody bought the listing.
        Sold = "SOLD",
    }

    /// What happened to an offer.
    OfferStep {
        /// The buyer made it.
        Made = "MADE",
        /// The seller asks for another price.
        Countered = "COUNTERED",
        /// The seller accepted it.
        Accepted = "ACCEPTED",
        /// The buyer accepted the seller's price.
        CounterAccepted = "COUNTER_ACCEPTED",
        /// The seller declined it.
        Declined = "DECLINED",
        /// The buyer withdrew it.
        Withdrawn = "WITHDRAWN",
        /// Nobody answered in time.
        Lapsed = "LAPSED",
        /// The listing changed, or its price came down to it.
        Outdated = "OUTDATED",
        /// Somebody bought the listing.
        Sold = "SOLD",
    }

    /// What a trader did that trade suffers from.
    StrikeKind {
        /// As a buyer he left an accepted offer unpaid.
        LeftUnpaid = "LEFT_UNPAID",
        /// As a buyer he cancelled a paid order.
        BuyerCancelled = "BUYER_CANCELLED",
        /// As a seller he cancelled a paid order.
        SellerCancelled = "SELLER_CANCELLED",
        /// As a seller he missed his promise to deliver.
        PromiseMissed = "PROMISE_MISSED",
    }

    /// Where an order stands.
    OrderState {
        /// An offer was accepted; the buyer has to pay.
        AwaitingPayment = "AWAITING_PAYMENT",
        /// The money is in escrow; the seller has to deliver.
        Paid = "PAID",
        /// The credentials are handed over; the buyer has to confirm.
        Delivered = "DELIVERED",
        /// The buyer asked for a return and has to hand the account back.
        ReturnRequested = "RETURN_REQUESTED",
        /// The account was handed back; the seller has to look at it.
        ReturnInspection = "RETURN_INSPECTION",
        /// The seller refused the return; the platform decides.
        InDispute = "IN_DISPUTE",
        /// Confirmed; the seller is paid.
        Completed = "COMPLETED",
        /// Returned; the buyer has his money back.
        Refunded = "REFUNDED",
        /// Returned; the money was divided by a ruling.
        Split = "SPLIT",
        /// Ended before delivery; the buyer is refunded.
        Cancelled = "CANCELLED",
    }

    /// Who ended an order before delivery.
    CancelledBy {
        /// The buyer.
        Buyer = "BUYER",
        /// The seller.
        Seller = "SELLER",
        /// The timer: the buyer did not pay in time, or the seller missed his promise.
        Timer = "TIMER",
        /// The platform: a party was blacklisted.
        Blacklist = "BLACKLIST",
    }

    /// What happened to an order.
    OrderStepKind {
        /// It was bought and paid.
        Placed = "PLACED",
        /// An offer was accepted; the buyer has to pay.
        Agreed = "AGREED",
        /// The buyer paid what was agreed on.
        Paid = "PAID",
        /// The seller handed the credentials over.
        Delivered = "DELIVERED",
        /// The seller corrected what he handed over.
        Corrected = "CORRECTED",
        /// The buyer read the credentials for the first time.
        Revealed = "REVEALED",
        /// Half of the present wait was over, and whoever is waited for was reminded.
        RemindedAtHalf = "REMINDED_AT_HALF",
        /// Nine tenths of the present wait were over, and whoever is waited for was reminded.
        RemindedAtEnd = "REMINDED_AT_END",
        /// The buyer confirmed, or did not answer in time; the seller was paid.
        Completed = "COMPLETED",
        /// It ended before delivery; the buyer was refunded.
        Cancelled = "CANCELLED",
        /// The buyer asked for a return.
        ReturnRequested = "RETURN_REQUESTED",
        /// The buyer took his request back.
        ReturnWithdrawn = "RETURN_WITHDRAWN",
        /// The buyer did not hand the account back in time; his request lapsed.
        ReturnLapsed = "RETURN_LAPSED",
        /// The buyer handed the account back.
        HandedBack = "HANDED_BACK",
        /// The seller read what was handed back for the first time.
        HandBackRevealed = "HAND_BACK_REVEALED",
        /// The seller agreed to the return.
        ReturnAgreed = "RETURN_AGREED",
        /// The seller refused the return.
        ReturnRefused = "RETURN_REFUSED",
        /// The buyer got his money back.
        Refunded = "REFUNDED",
        /// The money was divided by a ruling.
        Split = "SPLIT",
        /// The proceeds became available to the seller.
        Settled = "SETTLED",
        /// The key of the credentials was destroyed: nobody can read them any more.
        KeyDestroyed = "KEY_DESTROYED",
    }

    /// What happened to the return of an order.
    ReturnStep {
        /// The buyer asked for it.
        Requested = "REQUESTED",
        /// The buyer took his request back.
        Withdrawn = "WITHDRAWN",
        /// The buyer did not hand the account back in time.
        Lapsed = "LAPSED",
        /// The buyer handed the account back.
        HandedBack = "HANDED_BACK",
        /// The seller refused it; the platform decides.
        Refused = "REFUSED",
        /// The buyer has his money back.
        Refunded = "REFUNDED",
        /// The money was divided by a ruling.
        Split = "SPLIT",
    }

    /// How a buyer gave an account back.
    HandBackKind {
        /// He hands over the credentials that it has now.
        Credentials = "CREDENTIALS",
        /// He says that it is as it was delivered.
        AsDelivered = "AS_DELIVERED",
        /// He says that he never got in.
        NeverGotIn = "NEVER_GOT_IN",
    }

    /// What the platform tells two people in their conversation.
    ChatStep {
        /// An offer was accepted; the buyer has to pay.
        OrderAgreed = "ORDER_AGREED",
        /// The order ended before it was paid.
        OrderUnpaid = "ORDER_UNPAID",
        /// A party was blacklisted; the order is cancelled.
        CancelledByBlacklist = "CANCELLED_BY_BLACKLIST",
        /// The buyer asked for a return.
        ReturnRequested = "RETURN_REQUESTED",
        /// The buyer took his request back, or let it lapse.
        ReturnWithdrawn = "RETURN_WITHDRAWN",
        /// The buyer handed the account back.
        HandedBack = "HANDED_BACK",
        /// The seller refused the return; the platform decides.
        ReturnRefused = "RETURN_REFUSED",
        /// The buyer got his money back.
        OrderRefunded = "ORDER_REFUNDED",
        /// The money was divided by a ruling.
        OrderSplit = "ORDER_SPLIT",
        /// An order was placed and paid.
        OrderPlaced = "ORDER_PLACED",
        /// The seller handed the account over, or corrected what he had handed over.
        OrderDelivered = "ORDER_DELIVERED",
        /// The order is complete.
        OrderCompleted = "ORDER_COMPLETED",
        /// The buyer cancelled.
        CancelledByBuyer = "CANCELLED_BY_BUYER",
        /// The seller cancelled.
        CancelledBySeller = "CANCELLED_BY_SELLER",
        /// The seller missed his promise.
        PromiseMissed = "PROMISE_MISSED",
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
        /// You were taken off the blacklist.
        Reinstated = "REINSTATED",
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
    }

    /// What kind of thing a notice or an audit row is about.
    SubjectKind {
        /// A user.
        User = "USER",
        /// A listing.
        Listing = "LISTING",
        /// An order.
        Order = "ORDER",
        /// A deposit.
        Deposit = "DEPOSIT",
        /// A withdrawal.
        Withdrawal = "WITHDRAWAL",
        /// An offer.
        Offer = "OFFER",
    }
}
