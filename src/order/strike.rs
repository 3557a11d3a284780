//! Strikes: what a trader did that trade suffers from. Each counts for 30 days, and an order strikes a user once.
//!
//! Three strikes as a buyer: no offers for 7 days. Six as a buyer, or three as a seller: somebody should look at him.

use std::collections::HashMap;

use entity::{
    kinds::StrikeKind,
    strike::{ActiveModel, Column, Entity, Model},
    value::{OrderId, Time, UserId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::OnConflict};

use super::side::Side;
use crate::kernel::{
    Env, Event, Fault, Tx,
    policy::{Admin, Trader},
};

/// For how many days a strike counts.
pub const DAYS: i64 = 30;
/// From how many strikes on a buyer makes no offers.
pub const NO_OFFERS: usize = 3;
/// For how many days he makes none, from the last of them on.
pub const NO_OFFERS_DAYS: i64 = 7;
/// At how many strikes somebody should look at a buyer.
pub const SUSPECT_BUYER: usize = 6;
/// At how many strikes somebody should look at a seller.
pub const SUSPECT_SELLER: usize = 3;

/// On which side of an order a strike is earned.
#[must_use]
pub const fn side(kind: StrikeKind) -> Side {
    match kind {
        StrikeKind::LeftUnpaid | StrikeKind::BuyerCancelled => Side::Bought,
        StrikeKind::SellerCancelled | StrikeKind::PromiseMissed => Side::Sold,
    }
}

/// Gives a user a strike, and tells of it when they become too many. His standing is held whole, so that two at once count each other.
pub(super) async fn give(tx: &Tx, user: UserId, order: OrderId, kind: StrikeKind) -> Result<(), Fault> {
    let row = ActiveModel {
        order_id: Set(order),
        user_id: Set(user),
        kind: Set(kind),
        at: Set(tx.now()),
    };
    let once = OnConflict::columns([Column::OrderId, Column::UserId]).do_nothing().to_owned();
    if Entity::insert(row).on_conflict(once).exec_without_returning(tx.db()).await? == 0 {
        return Ok(());
    }
    tx.emit(Event::StrikeGiven { user, order, strike: kind });
    let strikes = counting(tx.db(), user, tx.now()).await?;
    let count = strikes.iter().filter(|strike| side(strike.kind) == side(kind)).count();
    if is_suspect(side(kind), count) {
        tx.emit(Event::TraderSuspected { user, order });
        tracing::info!(%user, count, ?kind, "a trader has many strikes");
    }
    Ok(())
}

/// Whether this strike, the `count`th on its side, is the one at which somebody should look.
const fn is_suspect(side: Side, count: usize) -> bool {
    match side {
        Side::Bought => count > 0 && count.is_multiple_of(SUSPECT_BUYER),
        Side::Sold => count > 0 && count.is_multiple_of(SUSPECT_SELLER),
    }
}

/// A user's strikes that count at `now`, oldest first.
async fn counting<C: ConnectionTrait>(db: &C, user: UserId, now: Time) -> Result<Vec<Model>, Fault> {
    let counting = Entity::find()
        .filter(Column::UserId.eq(user))
        .filter(Column::At.gt(now.plus_days(-DAYS)))
        .order_by_asc(Column::At);
    Ok(counting.all(db).await?)
}

/// The caller's own strikes that count, oldest first.
pub async fn mine(env: &Env, trader: Trader) -> Result<Vec<Model>, Fault> {
    counting(env.db(), trader.id(), env.now()).await
}

/// The strikes of some users that count, oldest first.
pub async fn of_users(env: &Env, _: Admin, users: &[UserId]) -> Result<HashMap<UserId, Vec<Model>>, Fault> {
    let counting = Entity::find()
        .filter(Column::UserId.is_in(users.iter().copied()))
        .filter(Column::At.gt(env.now().plus_days(-DAYS)))
        .order_by_asc(Column::At);
    let mut found = HashMap::<UserId, Vec<Model>>::new();
    for strike in counting.all(env.db()).await? {
        found.entry(strike.user_id).or_default().push(strike);
    }
    Ok(found)
}

/// Until when a buyer makes no offers. None: he may.
pub(super) async fn no_offers_until(tx: &Tx, buyer: UserId) -> Result<Option<Time>, Fault> {
    // Three that counted together at the time of the last of them: they need not all count today.
    let seen = counting(tx.db(), buyer, tx.now().plus_days(-NO_OFFERS_DAYS)).await?;
    Ok(barred_until(&times_as_buyer(&seen), tx.now()))
}

/// Until when the caller makes no offers. None: he may.
pub async fn barred(env: &Env, trader: Trader) -> Result<Option<Time>, Fault> {
    let seen = counting(env.db(), trader.id(), env.now().plus_days(-NO_OFFERS_DAYS)).await?;
    Ok(barred_until(&times_as_buyer(&seen), env.now()))
}

fn times_as_buyer(strikes: &[Model]) -> Vec<Time> {
    let as_buyer = strikes.iter().filter(|strike| side(strike.kind) == Side::Bought);
    as_buyer.map(|strike| strike.at).collect()
}

/// The rule: from the last strike that was the third or a later one within 30 days, 7 days. `strikes` are a buyer's, oldest first.
fn barred_until(strikes: &[Time], now: Time) -> Option<Time> {
    let last = strikes.last()?;
    let together = strikes.iter().filter(|at| last.since(**at) < Time(0).plus_days(DAYS).0).count();
    let until = last.plus_days(NO_OFFERS_DAYS);
    (together >= NO_OFFERS && now < until).then_some(until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_strikes_within_thirty_days_bar_for_seven() {
        let day = |days: i64| Time(0).plus_days(days);
        for (strikes, now, until) in [
            (&[][..], 40, None),
            (&[1, 2], 3, None),
            (&[1, 2, 3], 3, Some(10)),
            (&[1, 2, 3], 9, Some(10)),
            (&[1, 2, 3], 10, None),
            (&[1, 2, 30], 31, Some(37)),
            (&[1, 2, 31], 32, None),
            (&[1, 2, 3, 9], 12, Some(16)),
        ] {
            let strikes: Vec<Time> = strikes.iter().map(|days| day(*days)).collect();
            assert_eq!(barred_until(&strikes, day(now)), until.map(day), "{strikes:?} on day {now}");
        }
    }

    #[test]
    fn somebody_looks_at_the_sixth_of_a_buyer_and_the_third_of_a_seller() {
        let suspect = |side| (0..=12).filter(|count| is_suspect(side, *count)).collect::<Vec<usize>>();
        assert_eq!(suspect(Side::Bought), [6, 12]);
        assert_eq!(suspect(Side::Sold), [3, 6, 9, 12]);
    }
}
