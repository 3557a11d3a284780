//! What notices tell.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

kinds! {
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
        /// The buyer says that you took back what you sold: answer within 48 hours.
        CaseOpened = "CASE_OPENED",
        /// The seller answered your claim.
        CaseAnswered = "CASE_ANSWERED",
        /// The other side brought evidence in a case of yours.
        CaseEvidence = "CASE_EVIDENCE",
        /// Your wallet stays frozen for a case.
        CaseFreezeKept = "CASE_FREEZE_KEPT",
        /// Part of your wallet is held for a case; the rest is free.
        CaseFreezeNarrowed = "CASE_FREEZE_NARROWED",
        /// What was held or frozen for a case is yours again; the case goes on.
        CaseFreezeEnded = "CASE_FREEZE_ENDED",
        /// The buyer withdrew his claim.
        CaseWithdrawn = "CASE_WITHDRAWN",
        /// Your claim was upheld: you are given back what you paid.
        CaseUpheldForYou = "CASE_UPHELD_FOR_YOU",
        /// The buyer's claim was upheld against you.
        CaseUpheldAgainstYou = "CASE_UPHELD_AGAINST_YOU",
        /// Your claim was rejected.
        CaseRejected = "CASE_REJECTED",
        /// The buyer's claim against you was rejected.
        CaseDismissed = "CASE_DISMISSED",
        /// An admin read the credentials of an order of yours, to decide a case.
        CaseRevealed = "CASE_REVEALED",
        /// An admin found the returned account damaged: consent, or ask for mediation.
        CaseFoundDamaged = "CASE_FOUND_DAMAGED",
        /// The account that was returned to you counts as intact: the buyer gets his money back unless you ask for mediation.
        CaseFoundIntact = "CASE_FOUND_INTACT",
        /// The account that you returned counts as intact: you get your money back unless the seller asks for mediation.
        CaseFoundForYou = "CASE_FOUND_FOR_YOU",
        /// An admin found that a returned account is worth nothing, or was not handed back: everything goes to the seller.
        CaseFoundWorthless = "CASE_FOUND_WORTHLESS",
        /// An admin found that the seller took the account back: everything goes to the buyer.
        CaseFoundTakenBack = "CASE_FOUND_TAKEN_BACK",
        /// A finding was not accepted: look for a settlement.
        CaseMediationBegan = "CASE_MEDIATION_BEGAN",
        /// A settlement was proposed.
        CaseProposalMade = "CASE_PROPOSAL_MADE",
        /// The other side accepted a settlement.
        CaseProposalAccepted = "CASE_PROPOSAL_ACCEPTED",
        /// No settlement was found in time: an admin rules.
        CaseFinalRulingBegan = "CASE_FINAL_RULING_BEGAN",
        /// An admin ruled for good.
        CaseRuled = "CASE_RULED",
        /// Something waits for admins, and none has taken it for a day.
        QueueOverdue = "QUEUE_OVERDUE",
        /// The platform announces something to everybody.
        Announcement = "ANNOUNCEMENT",
    }
}
