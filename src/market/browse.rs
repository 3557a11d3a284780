//! Lists of listings.

use entity::value::{GameId, Money, ServerId, Time};
use sea_orm::Value;
use uuid::Uuid;

use super::{
    card::{self, Card, List, Texts},
    store,
};
use crate::kernel::{
    Env, Fault,
    page::{Ask, BadCursor, Keyset, Page},
    policy::{Admin, Trader},
};

/// What somebody looks for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Browse {
    /// Of this game only.
    pub game: Option<GameId>,
    /// Of this server only.
    pub server: Option<ServerId>,
    /// At this price or above.
    pub from: Option<Money>,
    /// At this price or below.
    pub to: Option<Money>,
    /// In which order.
    pub sort: Sort,
    /// With which long texts.
    pub texts: Texts,
}

/// In which order listings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The newest first.
    #[default]
    Newest,
    /// The cheapest first.
    Cheapest,
    /// The dearest first.
    Dearest,
}

impl Sort {
    /// A listing's place in this order. Prices stand below zero, where no time is, so that a cursor of one order is none of another.
    #[must_use]
    pub fn place(self, card: &Card) -> Keyset {
        match self {
            Self::Newest => card.published_place(),
            Self::Cheapest | Self::Dearest => Keyset {
                at: Time(-card.listing.price.0),
                id: card.listing.id.0,
            },
        }
    }

    /// What a place stands for in this order.
    fn read(self, place: Keyset) -> Result<(Value, Uuid), BadCursor> {
        let Keyset { at: Time(at), id } = place;
        match self {
            Self::Newest if at >= 0 => Ok((at.into(), id)),
            Self::Cheapest | Self::Dearest if at < 0 => Ok(((-at).into(), id)),
            Self::Newest | Self::Cheapest | Self::Dearest => Err(BadCursor),
        }
    }

    const fn column(self) -> &'static str {
        match self {
            Self::Newest => "published_at",
            Self::Cheapest | Self::Dearest => "price",
        }
    }
}

/// Why nothing is listed.
#[derive(Debug, thiserror::Error)]
pub enum BrowseError {
    /// There is no such game or server.
    #[error("no such game or server")]
    NotFound,
    /// The cursor is of another list.
    #[error(transparent)]
    BadCursor(#[from] BadCursor),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// What is on sale. Open to everyone; what blacklisted sellers offer is left out.
pub async fn browse(env: &Env, wanted: &Browse, ask: &Ask) -> Result<Page<Card>, BrowseError> {
    check(env, wanted).await?;
    let (condition, values) = condition(wanted);
    let list = List {
        condition,
        values,
        column: wanted.sort.column(),
        descending: wanted.sort != Sort::Cheapest,
        after: ask.after.map(|place| wanted.sort.read(place)).transpose()?,
        texts: wanted.texts,
    };
    Ok(card::page(env.db(), list, ask).await?)
}

/// A game or server that does not exist is told apart from one in which nothing is on sale.
async fn check(env: &Env, wanted: &Browse) -> Result<(), BrowseError> {
    if let Some(server) = wanted.server {
        let found = store::server(env.db(), server).await?.ok_or(BrowseError::NotFound)?;
        if wanted.game.is_some_and(|game| game != found.game_id) {
            return Err(BrowseError::NotFound);
        }
    } else if let Some(game) = wanted.game {
        store::game(env.db(), game).await?.ok_or(BrowseError::NotFound)?;
    }
    Ok(())
}

/// The server says the game, and with both in the statement the planner might take the worse index; so the game stands only where no server does.
fn condition(wanted: &Browse) -> (String, Vec<Value>) {
    let mut condition = "l.state = 'ON_SALE' AND NOT s.blacklisted".to_owned();
    let mut values = Vec::new();
    let mut add = |test: &str, value: Option<Value>| {
        if let Some(value) = value {
            values.push(value);
            condition = format!("{condition} AND {test} ${}", values.len());
        }
    };
    match wanted.server {
        Some(server) => add("l.server_id =", Some(server.into())),
        None => add("l.game_id =", wanted.game.map(Into::into)),
    }
    add("l.price >=", wanted.from.map(Into::into));
    add("l.price <=", wanted.to.map(Into::into));
    (condition, values)
}

fn by_time(place: Keyset) -> (Value, Uuid) {
    (place.at.into(), place.id)
}

/// The caller's own listings in every state, newest first.
pub async fn mine(env: &Env, seller: Trader, ask: &Ask) -> Result<Page<Card>, Fault> {
    let list = List {
        condition: "l.seller_id = $1".to_owned(),
        values: vec![seller.id().into()],
        column: "created_at",
        descending: true,
        after: ask.after.map(by_time),
        texts: Texts::default(),
    };
    card::page(env.db(), list, ask).await
}

/// What waits for review, the longest waiting first.
pub async fn queue(env: &Env, _right: Admin, ask: &Ask) -> Result<Page<Card>, Fault> {
    let list = List {
        condition: "l.state = 'IN_REVIEW'".to_owned(),
        values: Vec::new(),
        column: "submitted_at",
        descending: false,
        after: ask.after.map(by_time),
        texts: Texts::default(),
    };
    card::page(env.db(), list, ask).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_of_one_order_is_none_of_another() {
        let id = Uuid::now_v7();
        let (time, price) = (
            Keyset {
                at: Time(1_700_000_000_000),
                id,
            },
            Keyset { at: Time(-2_000), id },
        );
        assert_eq!(Sort::Newest.read(time), Ok((1_700_000_000_000_i64.into(), id)));
        assert_eq!(Sort::Newest.read(price), Err(BadCursor));
        for sort in [Sort::Cheapest, Sort::Dearest] {
            assert_eq!(sort.read(price), Ok((2_000_i64.into(), id)));
            assert_eq!(sort.read(time), Err(BadCursor));
        }
    }
}
