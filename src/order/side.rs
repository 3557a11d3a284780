//! The two sides of an order.

use entity::{order, value::UserId};

/// On which side of an order somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The buyer's: what he bought.
    Bought,
    /// The seller's: what he sold.
    Sold,
}

impl Side {
    /// Who stands on it.
    #[must_use]
    pub const fn of(self, order: &order::Model) -> UserId {
        match self {
            Self::Bought => order.buyer_id,
            Self::Sold => order.seller_id,
        }
    }

    /// On which side a user stands. None: he has no part in it.
    #[must_use]
    pub fn find(order: &order::Model, user: UserId) -> Option<Self> {
        [Self::Bought, Self::Sold].into_iter().find(|side| side.of(order) == user)
    }
}
