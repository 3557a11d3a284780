//! A trader's orders, newest first.

use entity::{
    kinds::OrderState,
    value::{OrderId, UserId},
};
use sea_orm::{FromQueryResult, Value};

use super::{
    card::{self, OrderCard},
    side::Side,
};
use crate::kernel::{
    Env, Fault,
    page::{Ask, Keyset, Page},
    policy::{Admin, Trader},
    sql,
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

/// Which orders. What is said must all hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// In this state only.
    pub state: Option<OrderState>,
    /// In one of these states. Empty: in every state.
    pub states: Vec<OrderState>,
}

/// His orders on one side.
pub async fn of(env: &Env, trader: Trader, side: Side, filter: &Filter, ask: &Ask) -> Result<Page<OrderCard>, Fault> {
    let (rest, values) = statement(trader.id(), side, filter, ask);
    Ok(ask.cut(card::some(env.db(), &rest, values).await?))
}

fn statement(user: UserId, side: Side, filter: &Filter, ask: &Ask) -> (String, Vec<Value>) {
    let column = match side {
        Side::Bought => "buyer_id",
        Side::Sold => "seller_id",
    };
    let mut rest = format!("WHERE o.{column} = $1");
    let mut values = vec![user.into()];
    if let Some(state) = filter.state {
        rest = format!("{rest} AND o.state = '{}'", state.as_str());
    }
    if !filter.states.is_empty() {
        let named: Vec<String> = filter.states.iter().map(|state| format!("'{}'", state.as_str())).collect();
        rest = format!("{rest} AND o.state IN ({})", named.join(", "));
    }
    if let Some(Keyset { at, id }) = ask.after {
        rest = format!("{rest} AND (o.placed_at, o.id) < ($2, $3)");
        values.extend([Value::from(at), Value::from(id)]);
    }
    (format!("{rest} ORDER BY o.placed_at DESC, o.id DESC LIMIT {}", ask.limit()), values)
}

/// How many orders a trader has in each state; states without any are missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Of what he bought.
    pub bought: Vec<(OrderState, i64)>,
    /// Of what he sold.
    pub sold: Vec<(OrderState, i64)>,
}

/// Counts his orders on both sides, in one statement.
pub async fn counts(env: &Env, trader: Trader) -> Result<Counts, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        buys: bool,
        state: OrderState,
        n: i64,
    }
    let statement = "SELECT TRUE AS buys, state, count(*) AS n FROM orders WHERE buyer_id = $1 GROUP BY state \
                     UNION ALL SELECT FALSE AS buys, state, count(*) AS n FROM orders WHERE seller_id = $1 GROUP BY state";
    let rows: Vec<Row> = sql::all(env.db(), statement, vec![trader.id().into()]).await?;
    let (bought, sold): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.buys);
    let told = |rows: Vec<Row>| rows.into_iter().map(|row| (row.state, row.n)).collect();
    Ok(Counts {
        bought: told(bought),
        sold: told(sold),
    })
}
