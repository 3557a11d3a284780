//! Relay connections over keyset pages.

use async_graphql::{
    OutputType,
    connection::{Connection as Relay, CursorType, Edge},
};

use super::errors::{Failure, Refusal, UserErrorCode};
use crate::kernel::page::{Ask, BadCursor, DEFAULT_FIRST, Keyset, MAX_FIRST, Page};

/// A cursor in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListCursor(pub Keyset);

impl CursorType for ListCursor {
    type Error = BadCursor;

    fn decode_cursor(text: &str) -> Result<Self, Self::Error> {
        Keyset::decode(text).map(Self)
    }

    fn encode_cursor(&self) -> String {
        self.0.encode()
    }
}

/// A page of `T` as clients see it.
pub type Connection<T> = Relay<ListCursor, T>;

/// Reads the arguments of a list: `first` 1 to 100, default 20, and a cursor of ours.
pub fn ask(first: Option<i32>, after: Option<&str>) -> Result<Ask, Failure> {
    let refused = |field: &'static str| Failure::Request(Refusal::new(UserErrorCode::InvalidInput, "error-page").at(&[field]));
    let first = match first {
        None => DEFAULT_FIRST,
        Some(first) => u32::try_from(first)
            .ok()
            .filter(|first| (1..=MAX_FIRST).contains(first))
            .ok_or_else(|| refused("first"))?,
    };
    let after = after.map(Keyset::decode).transpose().map_err(|BadCursor| refused("after"))?;
    Ok(Ask { first, after })
}

/// A page as a connection. `place` says where a row stands, `node` turns it into what clients see.
pub fn connection<R, T: OutputType>(page: Page<R>, after: bool, place: impl Fn(&R) -> Keyset, node: impl Fn(R) -> T) -> Connection<T> {
    let mut connection = Connection::new(after, page.more);
    connection.edges = page
        .rows
        .into_iter()
        .map(|row| Edge::new(ListCursor(place(&row)), node(row)))
        .collect();
    connection
}
