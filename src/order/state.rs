//! The rule of orders. Every pair of state and step is listed, so that a new one does not compile until somebody has decided.

use entity::kinds::{CancelledBy, ListingState, OrderState};

use super::side::Side;

/// What somebody or a timer wants done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The buyer pays what was agreed on.
    Pay,
    /// The time to pay has run out.
    PaymentTimer,
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
    /// The buyer asks for a return. Once an order: whoever takes the step has looked.
    RequestReturn,
    /// The buyer takes his request back.
    WithdrawReturn,
    /// The time to hand the account back has run out.
    ReturnTimer,
    /// The buyer hands the account back.
    HandBack,
    /// The seller agrees to the return.
    AgreeReturn,
    /// The time to inspect what was handed back has run out.
    InspectionTimer,
    /// The seller refuses the return, with evidence.
    RefuseReturn,
    /// A ruling gives the escrow back to the buyer.
    RuleRefund,
    /// A ruling gives the seller a share of the escrow.
    RuleSplit,
    /// The buyer was blacklisted. Once delivered only before the first reveal: whoever takes the step has looked.
    BuyerBlacklisted,
    /// The seller was blacklisted. Once delivered only before the first reveal: whoever takes the step has looked.
    SellerBlacklisted,
}

/// What a step does to the money and the listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// No money moves; what is in escrow stays.
    Held,
    /// The buyer's money goes into escrow.
    PaidIn,
    /// The escrow goes to the seller's settling, minus the fee; the listing is sold.
    PaidOut,
    /// The escrow goes back to the buyer; the listing goes to this state.
    Refunded(CancelledBy, ListingState),
    /// Nothing was paid and nothing moves; the listing goes to this state.
    Unpaid(CancelledBy, ListingState),
    /// The account was returned: the escrow goes back to the buyer; the listing is to be reviewed anew.
    Returned,
    /// The escrow is divided by a ruling; the listing is to be reviewed anew.
    Divided,
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

/// Whose turn it is. None: the order has ended, or waits for the platform.
#[must_use]
pub const fn waits_for(state: OrderState) -> Option<Side> {
    match state {
        OrderState::Paid | OrderState::ReturnInspection => Some(Side::Sold),
        OrderState::AwaitingPayment | OrderState::Delivered | OrderState::ReturnRequested => Some(Side::Bought),
        OrderState::InDispute | OrderState::Completed | OrderState::Refunded | OrderState::Split | OrderState::Cancelled => None,
    }
}

/// The step that a wait's end takes by itself. None: the order has ended and waits for nothing, or waits for the end of a case, whose timers are
/// the case's.
#[must_use]
pub const fn timer(state: OrderState) -> Option<Step> {
    match state {
        OrderState::AwaitingPayment => Some(Step::PaymentTimer),
        OrderState::Paid => Some(Step::PromiseMissed),
        OrderState::Delivered => Some(Step::ConfirmTimer),
        OrderState::ReturnRequested => Some(Step::ReturnTimer),
        OrderState::ReturnInspection => Some(Step::InspectionTimer),
        OrderState::InDispute | OrderState::Completed | OrderState::Refunded | OrderState::Split | OrderState::Cancelled => None,
    }
}

/// Where a step leads, and what it does.
pub const fn advance(state: OrderState, step: Step) -> Result<(OrderState, Settlement), IllegalStep> {
    let next = match state {
        OrderState::AwaitingPayment => awaiting_payment(step),
        OrderState::Paid => paid(step),
        OrderState::Delivered => delivered(step),
        OrderState::ReturnRequested => return_requested(step),
        OrderState::ReturnInspection => return_inspection(step),
        OrderState::InDispute => in_dispute(step),
        OrderState::Completed | OrderState::Refunded | OrderState::Split | OrderState::Cancelled => None,
    };
    match next {
        Some(next) => Ok(next),
        None => Err(IllegalStep { state, step }),
    }
}

/// Where a step leads from here. None: nowhere.
type Next = Option<(OrderState, Settlement)>;

const fn unpaid(by: CancelledBy, listing: ListingState) -> Next {
    Some((OrderState::Cancelled, Settlement::Unpaid(by, listing)))
}

const fn refunded(by: CancelledBy, listing: ListingState) -> Next {
    Some((OrderState::Cancelled, Settlement::Refunded(by, listing)))
}

const fn awaiting_payment(step: Step) -> Next {
    match step {
        Step::Pay => Some((OrderState::Paid, Settlement::PaidIn)),
        Step::PaymentTimer => unpaid(CancelledBy::Timer, ListingState::OnSale),
        Step::BuyerCancel => unpaid(CancelledBy::Buyer, ListingState::OnSale),
        Step::SellerCancel => unpaid(CancelledBy::Seller, ListingState::OnSale),
        Step::BuyerBlacklisted => unpaid(CancelledBy::Blacklist, ListingState::OnSale),
        Step::SellerBlacklisted => unpaid(CancelledBy::Blacklist, ListingState::OffShelf),
        Step::Deliver
        | Step::Correct
        | Step::Confirm
        | Step::ConfirmTimer
        | Step::PromiseMissed
        | Step::RequestReturn
        | Step::WithdrawReturn
        | Step::ReturnTimer
        | Step::HandBack
        | Step::AgreeReturn
        | Step::InspectionTimer
        | Step::RefuseReturn
        | Step::RuleRefund
        | Step::RuleSplit => None,
    }
}

const fn paid(step: Step) -> Next {
    match step {
        Step::Deliver => Some((OrderState::Delivered, Settlement::Held)),
        Step::BuyerCancel => refunded(CancelledBy::Buyer, ListingState::OnSale),
        Step::SellerCancel => refunded(CancelledBy::Seller, ListingState::OffShelf),
        Step::PromiseMissed => refunded(CancelledBy::Timer, ListingState::OffShelf),
        Step::BuyerBlacklisted => refunded(CancelledBy::Blacklist, ListingState::OnSale),
        Step::SellerBlacklisted => refunded(CancelledBy::Blacklist, ListingState::OffShelf),
        Step::Pay
        | Step::PaymentTimer
        | Step::Correct
        | Step::Confirm
        | Step::ConfirmTimer
        | Step::RequestReturn
        | Step::WithdrawReturn
        | Step::ReturnTimer
        | Step::HandBack
        | Step::AgreeReturn
        | Step::InspectionTimer
        | Step::RefuseReturn
        | Step::RuleRefund
        | Step::RuleSplit => None,
    }
}

const fn delivered(step: Step) -> Next {
    match step {
        Step::Correct => Some((OrderState::Delivered, Settlement::Held)),
        Step::Confirm | Step::ConfirmTimer => Some((OrderState::Completed, Settlement::PaidOut)),
        Step::RequestReturn => Some((OrderState::ReturnRequested, Settlement::Held)),
        Step::BuyerBlacklisted => refunded(CancelledBy::Blacklist, ListingState::OnSale),
        Step::SellerBlacklisted => refunded(CancelledBy::Blacklist, ListingState::OffShelf),
        Step::Pay
        | Step::PaymentTimer
        | Step::Deliver
        | Step::BuyerCancel
        | Step::SellerCancel
        | Step::PromiseMissed
        | Step::WithdrawReturn
        | Step::ReturnTimer
        | Step::HandBack
        | Step::AgreeReturn
        | Step::InspectionTimer
        | Step::RefuseReturn
        | Step::RuleRefund
        | Step::RuleSplit => None,
    }
}

const fn return_requested(step: Step) -> Next {
    match step {
        Step::HandBack => Some((OrderState::ReturnInspection, Settlement::Held)),
        Step::AgreeReturn => Some((OrderState::Refunded, Settlement::Returned)),
        Step::WithdrawReturn | Step::ReturnTimer => Some((OrderState::Delivered, Settlement::Held)),
        Step::Confirm => Some((OrderState::Completed, Settlement::PaidOut)),
        Step::BuyerBlacklisted => refunded(CancelledBy::Blacklist, ListingState::OnSale),
        Step::SellerBlacklisted => refunded(CancelledBy::Blacklist, ListingState::OffShelf),
        Step::Pay
        | Step::PaymentTimer
        | Step::Deliver
        | Step::Correct
        | Step::ConfirmTimer
        | Step::BuyerCancel
        | Step::SellerCancel
        | Step::PromiseMissed
        | Step::RequestReturn
        | Step::InspectionTimer
        | Step::RefuseReturn
        | Step::RuleRefund
        | Step::RuleSplit => None,
    }
}

const fn return_inspection(step: Step) -> Next {
    match step {
        Step::AgreeReturn | Step::InspectionTimer => Some((OrderState::Refunded, Settlement::Returned)),
        Step::RefuseReturn => Some((OrderState::InDispute, Settlement::Held)),
        Step::Pay
        | Step::PaymentTimer
        | Step::Deliver
        | Step::Correct
        | Step::Confirm
        | Step::ConfirmTimer
        | Step::BuyerCancel
        | Step::SellerCancel
        | Step::PromiseMissed
        | Step::RequestReturn
        | Step::WithdrawReturn
        | Step::ReturnTimer
        | Step::HandBack
        | Step::RuleRefund
        | Step::RuleSplit
        | Step::BuyerBlacklisted
        | Step::SellerBlacklisted => None,
    }
}

const fn in_dispute(step: Step) -> Next {
    match step {
        Step::RuleRefund => Some((OrderState::Refunded, Settlement::Returned)),
        Step::RuleSplit => Some((OrderState::Split, Settlement::Divided)),
        Step::Pay
        | Step::PaymentTimer
        | Step::Deliver
        | Step::Correct
        | Step::Confirm
        | Step::ConfirmTimer
        | Step::BuyerCancel
        | Step::SellerCancel
        | Step::PromiseMissed
        | Step::RequestReturn
        | Step::WithdrawReturn
        | Step::ReturnTimer
        | Step::HandBack
        | Step::AgreeReturn
        | Step::InspectionTimer
        | Step::RefuseReturn
        | Step::BuyerBlacklisted
        | Step::SellerBlacklisted => None,
    }
}

/// Every step there is, for tests that try all of them.
pub const STEPS: [Step; 20] = [
    Step::Pay,
    Step::PaymentTimer,
    Step::Deliver,
    Step::Correct,
    Step::Confirm,
    Step::ConfirmTimer,
    Step::BuyerCancel,
    Step::SellerCancel,
    Step::PromiseMissed,
    Step::RequestReturn,
    Step::WithdrawReturn,
    Step::ReturnTimer,
    Step::HandBack,
    Step::AgreeReturn,
    Step::InspectionTimer,
    Step::RefuseReturn,
    Step::RuleRefund,
    Step::RuleSplit,
    Step::BuyerBlacklisted,
    Step::SellerBlacklisted,
];

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn the_order_machine() {
        let mut table = String::new();
        for state in OrderState::iter() {
            for step in STEPS {
                if let Ok((next, settlement)) = advance(state, step) {
                    writeln!(table, "{state:?} + {step:?} -> {next:?}, {settlement:?}").unwrap();
                }
            }
        }
        insta::assert_snapshot!(table, @r"
        AwaitingPayment + Pay -> Paid, PaidIn
        AwaitingPayment + PaymentTimer -> Cancelled, Unpaid(Timer, OnSale)
        AwaitingPayment + BuyerCancel -> Cancelled, Unpaid(Buyer, OnSale)
        AwaitingPayment + SellerCancel -> Cancelled, Unpaid(Seller, OnSale)
        AwaitingPayment + BuyerBlacklisted -> Cancelled, Unpaid(Blacklist, OnSale)
        AwaitingPayment + SellerBlacklisted -> Cancelled, Unpaid(Blacklist, OffShelf)
        Paid + Deliver -> Delivered, Held
        Paid + BuyerCancel -> Cancelled, Refunded(Buyer, OnSale)
        Paid + SellerCancel -> Cancelled, Refunded(Seller, OffShelf)
        Paid + PromiseMissed -> Cancelled, Refunded(Timer, OffShelf)
        Paid + BuyerBlacklisted -> Cancelled, Refunded(Blacklist, OnSale)
        Paid + SellerBlacklisted -> Cancelled, Refunded(Blacklist, OffShelf)
        Delivered + Correct -> Delivered, Held
        Delivered + Confirm -> Completed, PaidOut
        Delivered + ConfirmTimer -> Completed, PaidOut
        Delivered + RequestReturn -> ReturnRequested, Held
        Delivered + BuyerBlacklisted -> Cancelled, Refunded(Blacklist, OnSale)
        Delivered + SellerBlacklisted -> Cancelled, Refunded(Blacklist, OffShelf)
        ReturnRequested + Confirm -> Completed, PaidOut
        ReturnRequested + WithdrawReturn -> Delivered, Held
        ReturnRequested + ReturnTimer -> Delivered, Held
        ReturnRequested + HandBack -> ReturnInspection, Held
        ReturnRequested + AgreeReturn -> Refunded, Returned
        ReturnRequested + BuyerBlacklisted -> Cancelled, Refunded(Blacklist, OnSale)
        ReturnRequested + SellerBlacklisted -> Cancelled, Refunded(Blacklist, OffShelf)
        ReturnInspection + AgreeReturn -> Refunded, Returned
        ReturnInspection + InspectionTimer -> Refunded, Returned
        ReturnInspection + RefuseReturn -> InDispute, Held
        InDispute + RuleRefund -> Refunded, Returned
        InDispute + RuleSplit -> Split, Divided
        ");
    }

    #[test]
    fn every_wait_has_a_timer_and_every_timer_leads_on() {
        for state in OrderState::iter() {
            match timer(state) {
                Some(step) => assert!(advance(state, step).is_ok(), "{state:?}"),
                // The case ends it, by its own timers.
                None if state == OrderState::InDispute => {
                    assert!(advance(state, Step::RuleRefund).is_ok() && advance(state, Step::RuleSplit).is_ok());
                }
                None => assert!(STEPS.iter().all(|step| advance(state, *step).is_err()), "{state:?} has ended"),
            }
        }
    }
}
