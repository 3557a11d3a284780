//! Lists of listings.

use entity::{
    kinds::ListingState,
    value::{Time, UserId},
};
use sea_orm::Value;
use uuid::Uuid;

use super::{
    card::{self, Card, List, Texts},
    filter::{Filter, resolve},
    walk::{Key, Parts, Walk},
};
use crate::kernel::{
    Env, Fault,
    claim::{self, Claimed},
    page::{Ask, BadCursor, Keyset, Page},
    policy::{Admin, Trader},
    sql,
    text::TextError,
};

/// What somebody looks for, and in which order.
#[derive(Debug, Clone, Default)]
pub struct Browse {
    /// What.
    pub filter: Filter,
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
    /// The most looked at first.
    Popular,
}

/// Where views stand among the places, far below all prices.
const VIEWS: i64 = i64::MIN / 2;

impl Sort {
    /// A listing's place in this order. Prices stand below zero, where no time is, and views far below them, so that a cursor of one order is none
    /// of another.
    #[must_use]
    pub fn place(self, card: &Card) -> Keyset {
        match self {
            Self::Newest => card.published_place(),
            Self::Cheapest | Self::Dearest => Keyset {
                at: Time(-card.listing.price.0),
                id: card.listing.id.0,
            },
            Self::Popular => Keyset {
                at: Time(VIEWS - card.listing.views),
                id: card.listing.id.0,
            },
        }
    }

    /// What a place stands for in this order.
    fn read(self, place: Keyset) -> Result<(Value, Uuid), BadCursor> {
        let Keyset { at: Time(at), id } = place;
        match self {
            Self::Newest if at >= 0 => Ok((at.into(), id)),
            Self::Cheapest | Self::Dearest if (VIEWS + 1..0).contains(&at) => Ok(((-at).into(), id)),
            Self::Popular if at <= VIEWS => Ok(((VIEWS - at).into(), id)),
            Self::Newest | Self::Cheapest | Self::Dearest | Self::Popular => Err(BadCursor),
        }
    }

    const fn key(self) -> Key {
        match self {
            Self::Newest => Key::Time,
            Self::Cheapest | Self::Dearest => Key::Price,
            Self::Popular => Key::Views,
        }
    }
}

/// Why nothing is listed.
#[derive(Debug, thiserror::Error)]
pub enum BrowseError {
    /// There is no such game, server or seller.
    #[error("no such game, server or seller")]
    NotFound,
    /// The words are too long, or hold what nobody sees.
    #[error("words: {0}")]
    Words(TextError),
    /// Attributes are of a game, and none is chosen.
    #[error("no game is chosen")]
    NoGame,
    /// The game has no such attribute, or it cannot be filtered like this.
    #[error("no such attribute: {0}")]
    NoSuchAttribute(String),
    /// The cursor is of another list.
    #[error(transparent)]
    BadCursor(#[from] BadCursor),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// What is on sale. Open to everyone; what blacklisted sellers offer is left out.
pub async fn browse(env: &Env, wanted: &Browse, ask: &Ask) -> Result<Page<Card>, BrowseError> {
    let key = wanted.sort.key();
    let Parts {
        with,
        from,
        condition,
        values,
        walk,
    } = resolve(env, &wanted.filter, false).await?.list(key);
    let list = List {
        with,
        from,
        condition,
        values,
        column: walk.column(key),
        id: walk.id(),
        descending: wanted.sort != Sort::Cheapest,
        after: ask.after.map(|place| wanted.sort.read(place)).transpose()?,
        texts: wanted.texts,
    };
    Ok(card::page(env.db(), list, ask).await?)
}

fn by_time(place: Keyset) -> (Value, Uuid) {
    (place.at.into(), place.id)
}

/// The caller's own listings, newest first: in these states, or in every state if none is named.
pub async fn mine(env: &Env, seller: Trader, states: &[ListingState], ask: &Ask) -> Result<Page<Card>, Fault> {
    let mut condition = "l.seller_id = $1".to_owned();
    if !states.is_empty() {
        let named: Vec<String> = states.iter().map(|state| format!("'{}'", state.as_str())).collect();
        condition = format!("{condition} AND l.state IN ({})", named.join(", "));
    }
    let list = List {
        with: String::new(),
        from: "listings l".to_owned(),
        condition,
        values: vec![seller.id().into()],
        column: "l.created_at",
        id: Walk::Listings.id(),
        descending: true,
        after: ask.after.map(by_time),
        texts: Texts::default(),
    };
    card::page(env.db(), list, ask).await
}

/// How many listings a seller has in each state; states without any are missing.
pub async fn counts(env: &Env, seller: UserId) -> Result<Vec<(ListingState, i64)>, Fault> {
    #[derive(sea_orm::FromQueryResult)]
    struct Row {
        state: ListingState,
        n: i64,
    }
    let statement = "SELECT state, count(*) AS n FROM listings WHERE seller_id = $1 GROUP BY state";
    let rows: Vec<Row> = sql::all(env.db(), statement, vec![seller.into()]).await?;
    Ok(rows.into_iter().map(|row| (row.state, row.n)).collect())
}

/// What waits for review, the longest waiting first.
pub async fn queue(env: &Env, admin: Admin, claimed: Option<Claimed>, ask: &Ask) -> Result<Page<Card>, Fault> {
    let mut values = Vec::new();
    let claim = claim::condition(claimed, "l", admin.id(), env.now(), &mut values);
    let list = List {
        with: String::new(),
        from: "listings l".to_owned(),
        condition: format!("l.state = 'IN_REVIEW'{claim}"),
        values,
        column: "l.submitted_at",
        id: Walk::Listings.id(),
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
        let views = Keyset { at: Time(VIEWS - 7), id };
        assert_eq!(Sort::Popular.read(views), Ok((7_i64.into(), id)));
        for sort in [Sort::Newest, Sort::Cheapest, Sort::Dearest] {
            assert_eq!(sort.read(views), Err(BadCursor));
        }
        assert_eq!(
            (Sort::Popular.read(time), Sort::Popular.read(price)),
            (Err(BadCursor), Err(BadCursor))
        );
        assert_eq!(Sort::Newest.read(time), Ok((1_700_000_000_000_i64.into(), id)));
        assert_eq!(Sort::Newest.read(price), Err(BadCursor));
        for sort in [Sort::Cheapest, Sort::Dearest] {
            assert_eq!(sort.read(price), Ok((2_000_i64.into(), id)));
            assert_eq!(sort.read(time), Err(BadCursor));
        }
    }
}
