//! The closed lists of orders and what leads to them.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

kinds! {
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
        /// A ruling found that the seller took the account back; the buyer is given back what he paid.
        Recovered = "RECOVERED",
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
}
