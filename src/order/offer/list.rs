//! A trader's offers, made and received, newest first.

use entity::{
    kinds::OfferState,
    offer,
    value::{OfferId, UserId},
};
use sea_orm::{FromQueryResult, Value};

use super::card::{self, OfferCard};
use crate::{
    kernel::{
        Env, Fault,
        page::{Ask, Keyset, Page},
        policy::Trader,
        sql,
    },
    order::side::Side,
};

/// On which side of an offer a user stands. None: he has no part in it.
#[must_use]
pub fn side(offer: &offer::Model, user: UserId) -> Option<Side> {
    if offer.buyer_id == user {
        Some(Side::Bought)
    } else if offer.seller_id == user {
        Some(Side::Sold)
    } else {
        None
    }
}

/// Those of some offers in which he has a part.
pub async fn find_all(env: &Env, party: Trader, ids: &[OfferId]) -> Result<Vec<OfferCard>, Fault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rest = format!("WHERE o.id IN ({})", sql::places(1, ids.len()));
    let mut cards = card::some(env.db(), &rest, ids.iter().map(|id| (*id).into()).collect()).await?;
    cards.retain(|card| side(&card.offer, party.id()).is_some());
    Ok(cards)
}

/// Which offers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filter {
    /// In this state only.
    pub state: Option<OfferState>,
    /// Only those that are open, or only those that have ended.
    pub open: Option<bool>,
}

/// His offers on one side.
pub async fn of(env: &Env, trader: Trader, side: Side, filter: Filter, ask: &Ask) -> Result<Page<OfferCard>, Fault> {
    let mut rest = format!("WHERE o.{} = $1", column(side));
    let mut values = vec![trader.id().into()];
    if let Some(state) = filter.state {
        rest = format!("{rest} AND o.state = '{}'", state.as_str());
    }
    match filter.open {
        Some(true) => rest.push_str(" AND o.ended_at IS NULL"),
        Some(false) => rest.push_str(" AND o.ended_at IS NOT NULL"),
        None => {}
    }
    if let Some(Keyset { at, id }) = ask.after {
        rest = format!("{rest} AND (o.created_at, o.id) < ($2, $3)");
        values.extend([Value::from(at), Value::from(id)]);
    }
    let rest = format!("{rest} ORDER BY o.created_at DESC, o.id DESC LIMIT {}", ask.limit());
    Ok(ask.cut(card::some(env.db(), &rest, values).await?))
}

const fn column(side: Side) -> &'static str {
    match side {
        Side::Bought => "buyer_id",
        Side::Sold => "seller_id",
    }
}

/// How many offers a trader has in each state; states without any are missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Of those he made.
    pub made: Vec<(OfferState, i64)>,
    /// Of those he received.
    pub received: Vec<(OfferState, i64)>,
}

/// Counts his offers on both sides, in one statement.
pub async fn counts(env: &Env, trader: Trader) -> Result<Counts, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        buys: bool,
        state: OfferState,
        n: i64,
    }
    let statement = "SELECT TRUE AS buys, state, count(*) AS n FROM offers WHERE buyer_id = $1 GROUP BY state \
                     UNION ALL SELECT FALSE AS buys, state, count(*) AS n FROM offers WHERE seller_id = $1 GROUP BY state";
    let rows: Vec<Row> = sql::all(env.db(), statement, vec![trader.id().into()]).await?;
    let (made, received): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.buys);
    let told = |rows: Vec<Row>| rows.into_iter().map(|row| (row.state, row.n)).collect();
    Ok(Counts {
        made: told(made),
        received: told(received),
    })
}
