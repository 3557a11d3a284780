//! Relay connections over keyset pages, by the Relay cursor connections specification.
//!
//! The library has a connection of its own. It resolves the fields of each edge side by side, which a page of twenty feels, and knows fields that no
//! list of ours has.

use std::borrow::Cow;

use async_graphql::{Object, OutputType, SimpleObject, TypeName};

use super::errors::{Failure, Refusal, UserErrorCode};
use crate::kernel::page::{Ask, BadCursor, DEFAULT_FIRST, Keyset, MAX_FIRST, Page};

/// A page of `T` as clients see it.
pub struct Connection<T> {
    edges: Vec<Edge<T>>,
    before: bool,
    more: bool,
}

/// A row of a list and its place there.
pub struct Edge<T> {
    place: Keyset,
    node: T,
}

/// Whether a list goes on beyond a page, and from where.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct PageInfo {
    /// Whether the page began after a cursor, so that there may be more before it.
    pub has_previous_page: bool,
    /// Whether there is more after it.
    pub has_next_page: bool,
    /// The cursor of its first edge. Null: it is empty.
    pub start_cursor: Option<String>,
    /// The cursor of its last edge, to go on after. Null: it is empty.
    pub end_cursor: Option<String>,
}

/// A page of a list.
#[Object(serial, name_type)]
impl<T: OutputType> Connection<T> {
    /// Whether there is more, and from where.
    async fn page_info(&self) -> PageInfo {
        let cursor = |edge: Option<&Edge<T>>| edge.map(|edge| edge.place.encode());
        PageInfo {
            has_previous_page: self.before,
            has_next_page: self.more,
            start_cursor: cursor(self.edges.first()),
            end_cursor: cursor(self.edges.last()),
        }
    }
    /// The rows with their cursors.
    async fn edges(&self) -> &[Edge<T>] {
        &self.edges
    }
    /// The rows alone.
    async fn nodes(&self) -> Vec<&T> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }
}

/// A row of a list and its cursor there.
#[Object(serial, name_type)]
impl<T: OutputType> Edge<T> {
    /// To go on after this row.
    async fn cursor(&self) -> String {
        self.place.encode()
    }
    /// The row.
    async fn node(&self) -> &T {
        &self.node
    }
}

impl<T: OutputType> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::type_name()).into()
    }
}

impl<T: OutputType> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::type_name()).into()
    }
}

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
pub fn connection<R, T: OutputType>(page: Page<R>, before: bool, place: impl Fn(&R) -> Keyset, node: impl Fn(R) -> T) -> Connection<T> {
    let edge = |row: R| Edge {
        place: place(&row),
        node: node(row),
    };
    Connection {
        before,
        more: page.more,
        edges: page.rows.into_iter().map(edge).collect(),
    }
}
