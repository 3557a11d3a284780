//! What becomes of a listing by what its seller or an admin does.

use entity::kinds::ListingState;

/// What is done to a listing, but for what an order does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Its seller lowers the price and changes nothing else.
    LowerPrice,
    /// Its seller changes anything else.
    Change,
    /// Its seller sends it to review.
    Submit,
    /// Its seller takes it off the shelf.
    TakeOff,
    /// Its seller puts it back on the shelf.
    PutOn,
    /// Its seller throws it away.
    Discard,
    /// An admin takes it away.
    Remove,
}

/// The step does not fit where the listing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a listing that is {} cannot do that", .0.as_str())]
pub struct NotNow(pub ListingState);

/// Where the listing stands after a step. What an admin approved is what is sold: any change but a lower price goes back to review.
pub const fn after(state: ListingState, step: Step) -> Result<ListingState, NotNow> {
    use ListingState::{Draft, InReview, OffShelf, OnSale, Rejected, Removed, Reserved, Sold};
    match (state, step) {
        (Draft, Step::LowerPrice | Step::Change | Step::Discard) => Ok(Draft),
        (Draft | Rejected, Step::Submit) => Ok(InReview),
        (Rejected, Step::LowerPrice | Step::Change) => Ok(Rejected),
        (InReview, Step::LowerPrice | Step::Change) => Ok(InReview),
        (OnSale, Step::LowerPrice) | (OffShelf, Step::PutOn) => Ok(OnSale),
        (OffShelf, Step::LowerPrice) | (OnSale, Step::TakeOff) => Ok(OffShelf),
        (OnSale | OffShelf, Step::Change) => Ok(InReview),
        (InReview | OnSale | OffShelf | Rejected, Step::Remove) => Ok(Removed),
        (Draft, Step::TakeOff | Step::PutOn | Step::Remove)
        | (InReview | Rejected, Step::TakeOff | Step::PutOn | Step::Discard)
        | (InReview, Step::Submit)
        | (OnSale, Step::Submit | Step::PutOn | Step::Discard)
        | (OffShelf, Step::Submit | Step::TakeOff | Step::Discard)
        | (
            Reserved | Sold | Removed,
            Step::LowerPrice | Step::Change | Step::Submit | Step::TakeOff | Step::PutOn | Step::Discard | Step::Remove,
        ) => Err(NotNow(state)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table() {
        use sea_orm::Iterable;
        let steps = [
            Step::LowerPrice,
            Step::Change,
            Step::Submit,
            Step::TakeOff,
            Step::PutOn,
            Step::Discard,
            Step::Remove,
        ];
        let mut table = String::new();
        for state in ListingState::iter() {
            for step in steps {
                if let Ok(next) = after(state, step) {
                    table = format!("{table}{} {step:?} {}\n", state.as_str(), next.as_str());
                }
            }
        }
        let expected = "DRAFT LowerPrice DRAFT\nDRAFT Change DRAFT\nDRAFT Submit IN_REVIEW\nDRAFT Discard DRAFT\n\
             IN_REVIEW LowerPrice IN_REVIEW\nIN_REVIEW Change IN_REVIEW\nIN_REVIEW Remove REMOVED\n\
             ON_SALE LowerPrice ON_SALE\nON_SALE Change IN_REVIEW\nON_SALE TakeOff OFF_SHELF\nON_SALE Remove REMOVED\n\
             OFF_SHELF LowerPrice OFF_SHELF\nOFF_SHELF Change IN_REVIEW\nOFF_SHELF PutOn ON_SALE\nOFF_SHELF Remove REMOVED\n\
             REJECTED LowerPrice REJECTED\nREJECTED Change REJECTED\nREJECTED Submit IN_REVIEW\nREJECTED Remove REMOVED\n";
        assert_eq!(table, expected);
    }
}
