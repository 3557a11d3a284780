//! What becomes of the trades of somebody who is blacklisted: his offers end, and what he could still undo is undone.

use std::collections::BTreeSet;

use entity::{
    kinds::{OfferStep, OrderState},
    offer, order,
    value::{ListingId, UserId},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{cancel, offer as offers, state::Step};
use crate::{
    kernel::{Fault, Tx, policy::System},
    market,
};

/// Ends the open offers of a blacklisted user, made and received, and cancels his orders that are not paid, not delivered, or not looked at: the
/// buyers have their money back. What was looked at runs on, and its timers answer for him. Nobody gets a strike.
///
/// It belongs into a transaction that holds his standing, already written: listings, offers and orders are locked here, in this order. Done again
/// it finds nothing more.
pub async fn leave(tx: &Tx, _: System, user: UserId) -> Result<(), Fault> {
    let seen = undone(tx, user, false).await?;
    let listings: BTreeSet<ListingId> = seen.iter().map(|order| order.listing_id).collect();
    for listing in listings {
        market::store::lock(tx, listing).await?;
    }
    end_offers(tx, user).await?;
    for order in undone(tx, user, true).await? {
        let step = if order.buyer_id == user {
            Step::BuyerBlacklisted
        } else {
            Step::SellerBlacklisted
        };
        cancel::end(tx, &order, step, None).await.map_err(Fault::internal)?;
    }
    Ok(())
}

/// His orders that can be undone, by id.
async fn undone(tx: &Tx, user: UserId, lock: bool) -> Result<Vec<order::Model>, Fault> {
    let early = order::Column::State.is_in([OrderState::AwaitingPayment, OrderState::Paid]);
    let unseen = Condition::all()
        .add(order::Column::State.eq(OrderState::Delivered))
        .add(order::Column::RevealedAt.is_null());
    let his = Condition::any()
        .add(order::Column::BuyerId.eq(user))
        .add(order::Column::SellerId.eq(user));
    let rows = order::Entity::find()
        .filter(his)
        .filter(Condition::any().add(early).add(unseen))
        .order_by_asc(order::Column::Id);
    let rows = if lock { rows.lock_exclusive() } else { rows };
    Ok(rows.all(tx.db()).await?)
}

async fn end_offers(tx: &Tx, user: UserId) -> Result<(), Fault> {
    let his = Condition::any()
        .add(offer::Column::BuyerId.eq(user))
        .add(offer::Column::SellerId.eq(user));
    let open = offer::Entity::find()
        .filter(his)
        .filter(offer::Column::EndedAt.is_null())
        .order_by_asc(offer::Column::Id)
        .lock_exclusive();
    for offer in open.all(tx.db()).await? {
        let step = if offer.buyer_id == user {
            OfferStep::Withdrawn
        } else {
            OfferStep::Declined
        };
        let next = offers::state::advance(offer.state, step).map_err(Fault::internal)?;
        offers::store::advance(tx, &offer, step, next, offers::store::Stamp::default()).await?;
    }
    Ok(())
}
