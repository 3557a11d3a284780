//! What becomes of the trades of somebody who is blacklisted: his listings are taken off, his offers end, and what he could still undo is undone.

use std::collections::BTreeSet;

use entity::{
    kinds::{OfferStep, OrderState},
    offer, order,
    value::{ListingId, OrderId, UserId},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{cancel, confirm::in_escrow, offer as offers, state::Step};
use crate::{
    kernel::{Event, Fault, Tx},
    market,
    wallet::{debt, ledger},
};

/// Takes the listings of a blacklisted user off the market, ends his open offers, made and received, and cancels his orders that are not paid, not
/// delivered, or not looked at: the buyers have their money back. What was looked at runs on, its timers answer for him, and the other party is told,
/// but not of the order that the caller `ends` next. Nobody gets a strike.
///
/// It belongs into a transaction that holds his standing, already written: listings, offers and orders are locked here, in this order. Done again
/// it finds nothing more.
pub async fn leave(tx: &Tx, user: UserId, ends: Option<OrderId>) -> Result<(), Fault> {
    let seen = undone(tx, user, false).await?;
    let listings: BTreeSet<ListingId> = seen.iter().map(|order| order.listing_id).collect();
    for listing in listings {
        market::store::lock(tx, listing).await?;
    }
    // Only now: whoever held one of these for an order may just have given it back to the market.
    market::store::take_off(tx, user).await?;
    end_offers(tx, user).await?;
    let mut refunds = Vec::new();
    for order in undone(tx, user, true).await? {
        let step = if order.buyer_id == user {
            Step::BuyerBlacklisted
        } else {
            Step::SellerBlacklisted
        };
        refunds.extend(cancel::close(tx, &order, step, None).await.map_err(Fault::internal)?);
    }
    // In one posting: two who leave at once may owe refunds to the same buyers, whose wallets are taken in the ledger's own order.
    if !refunds.is_empty() {
        debt::take_turn(tx).await?;
        ledger::post(tx, &refunds).await.map_err(in_escrow)?;
    }
    tell_of_the_rest(tx, user, ends).await
}

/// What runs on without him: the other party hears what happens now, and until when. Its row is not held; who ends it meanwhile tells so himself.
async fn tell_of_the_rest(tx: &Tx, user: UserId, ends: Option<OrderId>) -> Result<(), Fault> {
    let running = order::Entity::find()
        .filter(his(user))
        .filter(order::Column::EndedAt.is_null())
        .order_by_asc(order::Column::Id);
    let running = running.all(tx.db()).await?.into_iter();
    for order in running.filter(|order| Some(order.id) != ends) {
        let (state, due) = (order.state, order.due_at);
        tx.emit(if order.buyer_id == user {
            Event::BuyerExpelled {
                order: order.id,
                seller: order.seller_id,
                state,
                due,
            }
        } else {
            Event::SellerExpelled {
                order: order.id,
                buyer: order.buyer_id,
                state,
                due,
            }
        });
    }
    Ok(())
}

/// An order of which he is a party.
fn his(user: UserId) -> Condition {
    Condition::any()
        .add(order::Column::BuyerId.eq(user))
        .add(order::Column::SellerId.eq(user))
}

/// His orders that can be undone, by id.
async fn undone(tx: &Tx, user: UserId, lock: bool) -> Result<Vec<order::Model>, Fault> {
    let early = order::Column::State.is_in([OrderState::AwaitingPayment, OrderState::Paid]);
    // A return that was asked for before the first look would end as a delivered order that nobody looked at.
    let unseen = Condition::all()
        .add(order::Column::State.is_in([OrderState::Delivered, OrderState::ReturnRequested]))
        .add(order::Column::RevealedAt.is_null());
    let rows = order::Entity::find()
        .filter(his(user))
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
