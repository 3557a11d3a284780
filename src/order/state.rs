//! The rule of orders. Every pair of state and step is listed, so that a new one does not compile until somebody has decided.

use entity::kinds::{CancelledBy, ListingState, OrderState};

use super::side::Side;

/// What somebody or a timer wants done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The seller hands the credentials over.
    Deliver,
    /// The seller corrects what he handed over.
    Correct,
    /// The buyer confirms.
    Confirm,
    /// The time to confirm has run out.
    ConfirmTimer,
    /// The buyer cancels.
    BuyerCancel,
    /// The seller cancels.
    SellerCancel,
    /// The promise to deliver was missed.
    PromiseMissed,
}

/// What a step does to the money and the listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// The escrow stays.
    Held,
    /// The escrow goes to the seller's settling, minus the fee; the listing is sold.
    PaidOut,
    /// The escrow goes back to the buyer; the listing goes to this state.
    Refunded(CancelledBy, ListingState),
}

/// The step is not possible in this state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{step:?} is not possible in {state:?}")]
pub struct IllegalStep {
    /// Where the order stands.
    pub state: OrderState,
    /// What was wanted.
    pub step: Step,
}

/// Whose turn it is. None: the order has ended.
#[must_use]
pub const fn waits_for(state: OrderState) -> Option<Side> {
    match state {
        OrderState::Paid => Some(Side::Sold),
        OrderState::Delivered => Some(Side::Bought),
        OrderState::Completed | OrderState::Cancelled => None,
    }
}

/// Where a step leads, and what it does.
pub const fn advance(state: OrderState, step: Step) -> Result<(OrderState, Settlement), IllegalStep> {
    use OrderState::{Cancelled, Completed, Delivered, Paid};
    use Step::{BuyerCancel, Confirm, ConfirmTimer, Correct, Deliver, PromiseMissed, SellerCancel};
    match (state, step) {
        (Paid, Deliver) | (Delivered, Correct) => Ok((Delivered, Settlement::Held)),
        (Delivered, Confirm | ConfirmTimer) => Ok((Completed, Settlement::PaidOut)),
        (Paid, BuyerCancel) => Ok((Cancelled, Settlement::Refunded(CancelledBy::Buyer, ListingState::OnSale))),
        (Paid, SellerCancel) => Ok((Cancelled, Settlement::Refunded(CancelledBy::Seller, ListingState::OffShelf))),
        (Paid, PromiseMissed) => Ok((Cancelled, Settlement::Refunded(CancelledBy::Timer, ListingState::OffShelf))),
        (Paid, Correct | Confirm | ConfirmTimer)
        | (Delivered, Deliver | BuyerCancel | SellerCancel | PromiseMissed)
        | (Completed | Cancelled, Deliver | Correct | Confirm | ConfirmTimer | BuyerCancel | SellerCancel | PromiseMissed) => {
            Err(IllegalStep { state, step })
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    #[test]
    fn the_order_machine() {
        use Step::{BuyerCancel, Confirm, ConfirmTimer, Correct, Deliver, PromiseMissed, SellerCancel};
        let mut table = String::new();
        for state in [
            OrderState::Paid,
            OrderState::Delivered,
            OrderState::Completed,
            OrderState::Cancelled,
        ] {
            for step in [Deliver, Correct, Confirm, ConfirmTimer, BuyerCancel, SellerCancel, PromiseMissed] {
                if let Ok((next, settlement)) = advance(state, step) {
                    writeln!(table, "{state:?} + {step:?} -> {next:?}, {settlement:?}").unwrap();
                }
            }
        }
        insta::assert_snapshot!(table, @r"
        Paid + Deliver -> Delivered, Held
        Paid + BuyerCancel -> Cancelled, Refunded(Buyer, OnSale)
        Paid + SellerCancel -> Cancelled, Refunded(Seller, OffShelf)
        Paid + PromiseMissed -> Cancelled, Refunded(Timer, OffShelf)
        Delivered + Correct -> Delivered, Held
        Delivered + Confirm -> Completed, PaidOut
        Delivered + ConfirmTimer -> Completed, PaidOut
        ");
    }
}
