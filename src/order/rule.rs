//! Ends of an order after a return: the escrow goes back to the buyer, or is divided by a ruling.

use entity::{
    hand_back,
    kinds::{ListingState, OrderState, OrderStepKind, ReturnStep},
    order, standing,
    value::{Money, OrderId, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{
    confirm::in_escrow,
    giving_back, history,
    keys::{self, DAYS_TO_READ},
    state::{IllegalStep, Settlement, Step, advance},
    store::{self, Stamp},
};
use crate::{
    kernel::{Fault, Tx, policy::System},
    market,
    wallet::ledger::{self, Transfer},
};

/// The seller's share of an escrow, in whole percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(u8);

impl Share {
    /// Nothing for the seller.
    pub const NONE: Self = Self(0);
    /// Everything for the seller.
    pub const ALL: Self = Self(100);

    /// A share of 0 to 100 percent. None: it is out of range.
    #[must_use]
    pub fn percent(percent: i32) -> Option<Self> {
        u8::try_from(percent).ok().filter(|percent| *percent <= 100).map(Self)
    }

    /// The share in percent.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }

    /// What the seller gets of an escrow, rounded down to the fen, and what is left for the buyer.
    #[must_use]
    pub fn divide(self, escrow: Money) -> (Money, Money) {
        let seller = escrow.share(i32::from(self.0) * 100);
        (seller, escrow - seller)
    }
}

/// Why nothing was ruled.
#[derive(Debug, thiserror::Error)]
pub enum RuleError {
    /// There is no such order.
    #[error("no such order")]
    NotFound,
    /// It is not in dispute, or not any more.
    #[error(transparent)]
    WrongState(#[from] IllegalStep),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Ends a disputed order by a ruling, in the transaction of whoever rules: the seller gets his share, the buyer the rest. Nothing for the seller
/// is a refund; anything else is a split, up to everything.
///
/// It locks the listing and the order, in this order; standing rows and claims come before it, cases after it.
pub async fn rule(tx: &Tx, _: System, id: OrderId, share: Share) -> Result<(), RuleError> {
    let seen = store::get(tx.db(), id).await?.ok_or(RuleError::NotFound)?;
    market::store::lock(tx, seen.listing_id).await?;
    let order = store::lock(tx, id).await?.ok_or(RuleError::NotFound)?;
    let step = if share == Share::NONE { Step::RuleRefund } else { Step::RuleSplit };
    divide(tx, &order, step, share, None).await
}

/// Gives the whole escrow back to the buyer of a returned account. The listing and the order are locked.
pub(super) async fn refund(tx: &Tx, order: &order::Model, step: Step, actor: Option<UserId>) -> Result<(), RuleError> {
    divide(tx, order, step, Share::NONE, actor).await
}

async fn divide(tx: &Tx, order: &order::Model, step: Step, share: Share, actor: Option<UserId>) -> Result<(), RuleError> {
    let illegal = IllegalStep { state: order.state, step };
    let (next, settlement) = advance(order.state, step)?;
    let (kind, told, seller_share) = match settlement {
        Settlement::Returned => (OrderStepKind::Refunded, ReturnStep::Refunded, None),
        Settlement::Divided => (OrderStepKind::Split, ReturnStep::Split, Some(i32::from(share.get()))),
        Settlement::Held | Settlement::PaidIn | Settlement::PaidOut | Settlement::Refunded(..) | Settlement::Unpaid(..) => {
            return Err(illegal.into());
        }
    };
    if !market::store::release(tx, order.listing_id, order.id, listing_afterwards(tx, order).await?).await? {
        return Err(Fault::internal("the listing of a running order is not reserved by it").into());
    }
    let stamp = Stamp {
        ended_at: Some(tx.now()),
        seller_share,
        ..Stamp::default()
    };
    if !store::advance(tx, order.id, order.state, next, stamp).await? {
        return Err(illegal.into());
    }
    let transfer = if next == OrderState::Split {
        let (seller, buyer) = share.divide(order.price);
        Transfer::order_split(order.id, (order.seller_id, seller), (order.buyer_id, buyer))
    } else {
        Transfer::order_refund(order.id, order.buyer_id, order.price)
    };
    ledger::post(tx, &[transfer]).await.map_err(in_escrow)?;
    history::append(tx, order.id, kind, actor).await?;
    keys::destroy(tx, order.id).await?;
    destroy_hand_back_later(tx, order.id).await?;
    giving_back::tell(tx, order, told);
    Ok(())
}

/// What the buyer has seen is looked at anew before it is sold again. Of a blacklisted seller nothing is.
async fn listing_afterwards(tx: &Tx, order: &order::Model) -> Result<ListingState, Fault> {
    let blacklisted = seller_is_blacklisted(tx, order).await?;
    Ok(if blacklisted { ListingState::OffShelf } else { ListingState::Draft })
}

/// Whether what an order sold may not go back to the market.
pub(super) async fn seller_is_blacklisted(tx: &Tx, order: &order::Model) -> Result<bool, Fault> {
    let seller = standing::Entity::find_by_id(order.seller_id).one(tx.db()).await?;
    Ok(seller.is_none_or(|seller| seller.blacklisted))
}

/// The seller has so long to read what was handed back to him.
async fn destroy_hand_back_later(tx: &Tx, order: OrderId) -> Result<(), Fault> {
    let update = hand_back::Entity::update_many()
        .col_expr(hand_back::Column::DestroyAt, Expr::value(tx.now().plus_days(DAYS_TO_READ)))
        .filter(hand_back::Column::OrderId.eq(order))
        .filter(hand_back::Column::Wrapped.is_not_null());
    update.exec(tx.db()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::proptest;

    use super::*;

    #[test]
    fn a_share_is_a_whole_percentage() {
        for (percent, is_one) in [
            (-1, false),
            (0, true),
            (1, true),
            (99, true),
            (100, true),
            (101, false),
            (i32::MAX, false),
        ] {
            assert_eq!(Share::percent(percent).is_some(), is_one, "{percent}");
        }
    }

    #[test]
    fn the_seller_s_part_is_rounded_down_and_the_rest_is_the_buyer_s() {
        for (escrow, percent, seller) in [
            (1, 0, 0),
            (1, 1, 0),
            (1, 99, 0),
            (1, 100, 1),
            (2_000, 1, 20),
            (2_003, 50, 1_001),
            (7, 33, 2),
            (104_729, 37, 38_749),
            (20_000_000, 99, 19_800_000),
        ] {
            let parts = Share::percent(percent).unwrap().divide(Money(escrow));
            assert_eq!(parts, (Money(seller), Money(escrow - seller)), "{percent} % of {escrow}");
        }
    }

    proptest! {
        #[test]
        fn the_parts_sum_to_the_escrow_and_none_is_below_nothing(escrow in 1..=20_000_000_i64, percent in 0..=100_i32) {
            let (seller, buyer) = Share::percent(percent).unwrap().divide(Money(escrow));
            assert_eq!(seller + buyer, Money(escrow));
            assert!(seller >= Money::ZERO && buyer >= Money::ZERO);
            assert!(seller.0 * 100 <= escrow * i64::from(percent) && (seller.0 + 1) * 100 > escrow * i64::from(percent));
        }
    }
}
