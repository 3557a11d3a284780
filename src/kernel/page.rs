//! Keyset pages: where a page begins is said by the last row of the one before, so a deep page costs what the first does.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::value::Time;
use uuid::Uuid;

/// How many rows a page has unless asked otherwise.
pub const DEFAULT_FIRST: u32 = 20;
/// The most rows a page may have.
pub const MAX_FIRST: u32 = 100;

/// A place in a list ordered by time and id. Opaque to clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Keyset {
    /// The row's time.
    pub at: Time,
    /// The row's id, which makes the place unique.
    pub id: Uuid,
}

/// A cursor that we did not make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the cursor is not one of ours")]
pub struct BadCursor;

impl Keyset {
    /// The cursor's text.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut bytes = [0; 24];
        bytes[..8].copy_from_slice(&self.at.0.to_be_bytes());
        bytes[8..].copy_from_slice(self.id.as_bytes());
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a cursor's text.
    pub fn decode(text: &str) -> Result<Self, BadCursor> {
        let bytes: [u8; 24] = BASE64_URL_SAFE_NO_PAD
            .decode(text)
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(BadCursor)?;
        let (at, id) = bytes.split_at(8);
        let at = Time(i64::from_be_bytes(at.try_into().map_err(|_| BadCursor)?));
        Ok(Self {
            at,
            id: Uuid::from_slice(id).map_err(|_| BadCursor)?,
        })
    }
}

/// What page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// How many rows, 1 to [`MAX_FIRST`].
    pub first: u32,
    /// After which place; none: from the start.
    pub after: Option<Keyset>,
}

/// A page of rows, and whether more follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Whether another page follows.
    pub more: bool,
}

/// So many rows a page fetches at least.
const FEWEST: u32 = 20;

impl Ask {
    /// How many rows to fetch: one more than asked for, to know whether more follow, and never very few: for those SQLite would rather sort a whole
    /// table than walk an index.
    #[must_use]
    pub fn limit(&self) -> u64 {
        u64::from(self.first.max(FEWEST)) + 1
    }

    /// Cuts what was fetched to the page.
    #[must_use]
    pub fn cut<T>(&self, mut rows: Vec<T>) -> Page<T> {
        let first = self.first as usize;
        let more = rows.len() > first;
        rows.truncate(first);
        Page { rows, more }
    }
}

impl<T> Page<T> {
    /// The same page of other rows.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page {
            rows: self.rows.into_iter().map(change).collect(),
            more: self.more,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_says_its_place_and_no_other_text_is_one() {
        let place = Keyset {
            at: Time(1_700_000_000_123),
            id: Uuid::now_v7(),
        };
        assert_eq!(Keyset::decode(&place.encode()), Ok(place));
        for text in ["", "abc", "!!!!", &place.encode()[1..], &format!("{}A", place.encode())] {
            assert_eq!(Keyset::decode(text), Err(BadCursor), "{text}");
        }
    }

    #[test]
    fn a_page_is_cut_to_what_was_asked_and_knows_of_more() {
        let ask = Ask { first: 2, after: None };
        assert_eq!(
            ask.cut(vec![1, 2, 3]),
            Page {
                rows: vec![1, 2],
                more: true
            }
        );
        assert_eq!(
            ask.cut(vec![1, 2]),
            Page {
                rows: vec![1, 2],
                more: false
            }
        );
    }
}
