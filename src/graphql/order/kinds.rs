//! The closed lists of orders, as clients see them.

use async_graphql::Enum;
use entity::kinds;

use crate::order::Side;

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::OrderState")]
pub enum OrderState {
    /// An offer was accepted; the buyer has to pay within 2 hours.
    AwaitingPayment,
    /// The money is in escrow; the seller has to deliver.
    Paid,
    /// The credentials are handed over; the buyer has to confirm.
    Delivered,
    /// The buyer asked for a return and has 24 hours to hand the account back.
    ReturnRequested,
    /// The account was handed back; the seller has 48 hours to look at it.
    ReturnInspection,
    /// The seller refused the return; the platform decides.
    InDispute,
    /// Confirmed; the seller is paid.
    Completed,
    /// Returned; the buyer has his money back.
    Refunded,
    /// Returned; the money was divided by a ruling.
    Split,
    /// Ended before it was paid, delivered or looked at; the buyer has what he paid back.
    Cancelled,
}

/// Who ended an order before delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::CancelledBy")]
pub enum OrderCancelledBy {
    /// The buyer.
    Buyer,
    /// The seller.
    Seller,
    /// The platform: the buyer did not pay in time, or the seller missed his promise.
    Timer,
    /// The platform: a party was blacklisted.
    Blacklist,
}

/// What happened to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::OrderStepKind")]
pub enum OrderStepKind {
    /// It was bought and paid.
    Placed,
    /// An offer was accepted; the buyer had to pay.
    Agreed,
    /// The buyer paid what was agreed on.
    Paid,
    /// The seller handed the credentials over.
    Delivered,
    /// The seller corrected what he handed over.
    Corrected,
    /// The buyer read the credentials for the first time.
    Revealed,
    /// Half of the present wait was over, and whoever is waited for was reminded.
    RemindedAtHalf,
    /// Nine tenths of the present wait were over, and whoever is waited for was reminded.
    RemindedAtEnd,
    /// The buyer confirmed, or did not answer in time; the seller was paid.
    Completed,
    /// It ended before delivery; the buyer was refunded.
    Cancelled,
    /// The buyer asked for a return.
    ReturnRequested,
    /// The buyer took his request back.
    ReturnWithdrawn,
    /// The buyer did not hand the account back in time; his request lapsed.
    ReturnLapsed,
    /// The buyer handed the account back.
    HandedBack,
    /// The seller read what was handed back for the first time.
    HandBackRevealed,
    /// The seller agreed to the return.
    ReturnAgreed,
    /// The seller refused the return.
    ReturnRefused,
    /// The buyer got his money back.
    Refunded,
    /// The money was divided by a ruling.
    Split,
    /// The proceeds became available. Only the seller sees it.
    Settled,
    /// A ruling found that the seller took the account back; the buyer is given back what he paid.
    Recovered,
    /// The key of the credentials was destroyed: nobody can read them any more.
    KeyDestroyed,
}

/// A side of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum OrderSide {
    /// The buyer's.
    Buyer,
    /// The seller's.
    Seller,
}

impl From<Side> for OrderSide {
    fn from(side: Side) -> Self {
        match side {
            Side::Bought => Self::Buyer,
            Side::Sold => Self::Seller,
        }
    }
}
