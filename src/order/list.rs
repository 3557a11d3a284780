//! A trader's orders, newest first.

use entity::{
    kinds::OrderState,
    value::{OrderId, UserId},
};
use sea_orm::Value;

use super::{
    card::{self, OrderCard},
    side::Side,
};
use crate::kernel::{
    Env, Fault,
    page::{Ask, Keyset, Page},
    policy::{Admin, Trader},
};

/// One order of his, as buyer or seller.
pub async fn find(env: &Env, party: Trader, id: OrderId) -> Result<Option<OrderCard>, Fault> {
    let card = card::one(env.db(), id).await?;
    Ok(card.filter(|card| card.side(party.id()).is_some()))
}

/// Any order, for an admin who decides about it.
pub async fn find_for_admin(env: &Env, _: Admin, id: OrderId) -> Result<Option<OrderCard>, Fault> {
    card::one(env.db(), id).await
}

/// Those of some orders in which he has a part.
pub async fn find_all(env: &Env, party: Trader, ids: &[OrderId]) -> Result<Vec<OrderCard>, Fault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (1..=ids.len()).map(|place| format!("${place}")).collect();
    let rest = format!("WHERE o.id IN ({})", places.join(", "));
    let mut cards = card::some(env.db(), &rest, ids.iter().map(|id| (*id).into()).collect()).await?;
    cards.retain(|card| card.side(party.id()).is_some());
    Ok(cards)
}

/// His orders on one side, in one state or in all.
pub async fn of(env: &Env, trader: Trader, side: Side, state: Option<OrderState>, ask: &Ask) -> Result<Page<OrderCard>, Fault> {
    let (rest, values) = statement(trader.id(), side, state, ask);
    Ok(ask.cut(card::some(env.db(), &rest, values).await?))
}

fn statement(user: UserId, side: Side, state: Option<OrderState>, ask: &Ask) -> (String, Vec<Value>) {
    let column = match side {
        Side::Bought => "buyer_id",
        Side::Sold => "seller_id",
    };
    let mut rest = format!("WHERE o.{column} = $1");
    let mut values = vec![user.into()];
    if let Some(state) = state {
        rest = format!("{rest} AND o.state = '{}'", state.as_str());
    }
    if let Some(Keyset { at, id }) = ask.after {
        rest = format!("{rest} AND (o.placed_at, o.id) < ($2, $3)");
        values.extend([Value::from(at), Value::from(id)]);
    }
    (format!("{rest} ORDER BY o.placed_at DESC, o.id DESC LIMIT {}", ask.limit()), values)
}
