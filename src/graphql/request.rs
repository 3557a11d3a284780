//! What travels with a request to its resolvers.

use std::{fmt, net::IpAddr};

use uuid::Uuid;

/// The id of a request, in its log lines, its answer's header and its errors.
#[derive(Debug, Clone, Copy)]
pub struct RequestId(pub Uuid);

impl RequestId {
    /// A name that no other request has.
    #[must_use]
    pub fn fresh() -> Self {
        Self(Uuid::now_v7())
    }
}

/// Where a request comes from.
#[derive(Debug, Clone, Copy)]
pub struct ClientAddress(pub IpAddr);

/// The client as it names itself (`User-Agent`), cut to 200 characters.
#[derive(Debug, Clone, Default)]
pub struct ClientName(pub String);

/// The refresh token that a browser's cookie brought along.
#[derive(Clone, Default)]
pub struct RefreshCookie(pub Option<String>);

impl fmt::Debug for RefreshCookie {
    /// Says whether there is one and never which.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RefreshCookie").field(&self.0.is_some()).finish()
    }
}

/// The name of the cookie that carries the refresh token.
pub const REFRESH_COOKIE: &str = "handover_refresh";
