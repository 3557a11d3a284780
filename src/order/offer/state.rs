//! The rule of offers. Every pair of state and step is listed.

use entity::{
    kinds::{OfferState, OfferStep},
    value::Money,
};

use crate::order::Side;

/// The least that can be offered.
pub const LEAST: Money = Money::yuan(1);

/// The step is not possible in this state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{step:?} is not possible in {state:?}")]
pub struct IllegalOfferStep {
    /// Where the offer stands.
    pub state: OfferState,
    /// What was wanted.
    pub step: OfferStep,
}

/// Whose turn it is. None: the offer has ended.
#[must_use]
pub const fn waits_for(state: OfferState) -> Option<Side> {
    match state {
        OfferState::Open => Some(Side::Sold),
        OfferState::Countered => Some(Side::Bought),
        OfferState::Accepted
        | OfferState::Declined
        | OfferState::Withdrawn
        | OfferState::Lapsed
        | OfferState::Outdated
        | OfferState::Sold => None,
    }
}

/// Where a step leads. The seller may decline what he has countered as well, and the buyer withdraws instead of declining.
pub const fn advance(state: OfferState, step: OfferStep) -> Result<OfferState, IllegalOfferStep> {
    match (state, step) {
        (OfferState::Open, OfferStep::Countered) => Ok(OfferState::Countered),
        (OfferState::Open, OfferStep::Accepted) | (OfferState::Countered, OfferStep::CounterAccepted) => Ok(OfferState::Accepted),
        (OfferState::Open | OfferState::Countered, OfferStep::Declined) => Ok(OfferState::Declined),
        (OfferState::Open | OfferState::Countered, OfferStep::Withdrawn) => Ok(OfferState::Withdrawn),
        (OfferState::Open | OfferState::Countered, OfferStep::Lapsed) => Ok(OfferState::Lapsed),
        (OfferState::Open | OfferState::Countered, OfferStep::Outdated) => Ok(OfferState::Outdated),
        (OfferState::Open | OfferState::Countered, OfferStep::Sold) => Ok(OfferState::Sold),
        (OfferState::Open, OfferStep::Made | OfferStep::CounterAccepted)
        | (OfferState::Countered, OfferStep::Made | OfferStep::Countered | OfferStep::Accepted)
        | (
            OfferState::Accepted
            | OfferState::Declined
            | OfferState::Withdrawn
            | OfferState::Lapsed
            | OfferState::Outdated
            | OfferState::Sold,
            OfferStep::Made
            | OfferStep::Countered
            | OfferStep::Accepted
            | OfferStep::CounterAccepted
            | OfferStep::Declined
            | OfferStep::Withdrawn
            | OfferStep::Lapsed
            | OfferStep::Outdated
            | OfferStep::Sold,
        ) => Err(IllegalOfferStep { state, step }),
    }
}

/// Whether a price can be offered for a listing: from [`LEAST`], and below what the seller asks.
#[must_use]
pub fn is_offerable(price: Money, asked: Money) -> bool {
    (LEAST..asked).contains(&price)
}

/// Whether a price can be the answer to an offer: above it, and below what the seller asks.
#[must_use]
pub fn is_counter(counter: Money, offered: Money, asked: Money) -> bool {
    offered < counter && counter < asked
}

/// Whether an offer still fits its listing: the version it was made for, and a price above it.
#[must_use]
pub fn fits(version: i64, price: Money, listing_version: i64, asked: Money) -> bool {
    version == listing_version && price < asked
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn the_offer_machine() {
        let mut table = String::new();
        for state in OfferState::iter() {
            for step in OfferStep::iter() {
                if let Ok(next) = advance(state, step) {
                    writeln!(table, "{state:?} + {step:?} -> {next:?}").unwrap();
                }
            }
        }
        insta::assert_snapshot!(table, @r"
        Open + Countered -> Countered
        Open + Accepted -> Accepted
        Open + Declined -> Declined
        Open + Withdrawn -> Withdrawn
        Open + Lapsed -> Lapsed
        Open + Outdated -> Outdated
        Open + Sold -> Sold
        Countered + CounterAccepted -> Accepted
        Countered + Declined -> Declined
        Countered + Withdrawn -> Withdrawn
        Countered + Lapsed -> Lapsed
        Countered + Outdated -> Outdated
        Countered + Sold -> Sold
        ");
    }

    #[test]
    fn prices_keep_their_order() {
        let asked = Money(2_000);
        for (price, offerable) in [(99, false), (100, true), (1_999, true), (2_000, false), (0, false), (-1, false)] {
            assert_eq!(is_offerable(Money(price), asked), offerable, "{price}");
        }
        for (counter, possible) in [(1_500, false), (1_501, true), (1_999, true), (2_000, false), (1, false)] {
            assert_eq!(is_counter(Money(counter), Money(1_500), asked), possible, "{counter}");
        }
        assert!(fits(1, Money(1_999), 1, asked));
        assert!(!fits(1, Money(1_999), 2, asked) && !fits(1, Money(2_000), 1, asked));
    }
}
