//! What travels with a request to its resolvers.

use std::net::IpAddr;

use uuid::Uuid;

/// The id of a request, in its log lines, its answer's header and its errors.
#[derive(Debug, Clone, Copy)]
pub struct RequestId(pub Uuid);

/// Where a request comes from.
#[derive(Debug, Clone, Copy)]
pub struct ClientAddress(pub IpAddr);

/// The client as it names itself (`User-Agent`), cut to 200 characters.
#[derive(Debug, Clone, Default)]
pub struct ClientName(pub String);

/// The refresh token that a browser's cookie brought along.
#[derive(Debug, Clone, Default)]
pub struct RefreshCookie(pub Option<String>);

/// The name of the cookie that carries the refresh token.
pub const REFRESH_COOKIE: &str = "handover_refresh";
