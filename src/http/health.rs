//! Whether the server lives, whether it can work, and what it counts of itself.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use async_trait::async_trait;
use axum::{
    Router,
    extract::{ConnectInfo, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use sha2::{Digest, Sha256};
use tokio::time::timeout;

use super::{context, metrics};
use crate::kernel::{Meters, Shutdown};

/// A part that does not say how it is within this time is away.
const SAY_WITHIN: Duration = Duration::from_secs(3);

/// A part of the house that may be away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: &'static str,
    /// Whether it answers.
    pub up: bool,
    /// Whether the server should get no requests while it is away.
    pub essential: bool,
}

/// A figure of this moment, as `/metrics` tells it.
#[derive(Debug, Clone)]
pub struct Gauge {
    /// Its name without the house's own prefix.
    pub name: &'static str,
    /// What it means, with its unit.
    pub help: &'static str,
    /// Which of several it is; empty name: there is one.
    pub label: (&'static str, String),
    /// The figure.
    pub value: f64,
}

/// Looks at the parts of the house. The composition root gives the transport one.
#[async_trait]
pub trait Watchman: Send + Sync {
    /// Every part that may be away.
    async fn parts(&self) -> Vec<Part>;
    /// Every figure of this moment.
    async fn gauges(&self) -> Vec<Gauge>;
}

/// What these routes need.
#[derive(Clone)]
pub struct Health {
    /// Who looks.
    pub watchman: Arc<dyn Watchman>,
    /// What was counted.
    pub meters: Arc<Meters>,
    /// When the server stops.
    pub shutdown: Shutdown,
    /// What callers of `/metrics` must show; none: nothing.
    pub token: Option<String>,
}

/// `/livez` and `/readyz`.
pub fn routes(health: Health) -> Router {
    Router::new()
        .route("/livez", get(|| async { "live\n" }))
        .route("/readyz", get(ready))
        .with_state(health)
}

/// `/metrics` beside the API: without a token for this machine alone.
pub fn metrics_beside(health: Health) -> Router {
    Router::new().route("/metrics", get(beside)).with_state(health)
}

/// `/metrics` in a place of its own: for everybody who reaches it and shows the token, if there is one.
pub fn metrics_alone(health: Health) -> Router {
    Router::new().route("/metrics", get(alone)).with_state(health)
}

/// Names each part and how it is; 503 when one is away that nothing goes without, or the server stops.
async fn ready(State(health): State<Health>) -> Response {
    if health.shutdown.is_on() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response();
    }
    let parts = timeout(SAY_WITHIN, health.watchman.parts()).await.unwrap_or_default();
    let lines: String = parts.iter().map(line).collect();
    let fine = !parts.is_empty() && parts.iter().all(|part| part.up || !part.essential);
    let status = if fine { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let word = if fine { "ready" } else { "not ready" };
    (status, [(header::CACHE_CONTROL, "no-store")], format!("{word}\n{lines}")).into_response()
}

fn line(part: &Part) -> String {
    format!("{}: {}\n", part.name, if part.up { "up" } else { "away" })
}

async fn beside(State(health): State<Health>, ConnectInfo(peer): ConnectInfo<SocketAddr>, headers: HeaderMap) -> Response {
    // Behind a proxy on this machine everybody seems to be on this machine.
    let forwarded = headers.contains_key("x-forwarded-for") || headers.contains_key(header::FORWARDED);
    let near = peer.ip().to_canonical().is_loopback() && !forwarded;
    if health.token.is_none() && !near {
        return (StatusCode::NOT_FOUND, "Not found").into_response();
    }
    alone(State(health), headers).await
}

async fn alone(State(health): State<Health>, headers: HeaderMap) -> Response {
    if let Some(token) = &health.token {
        let shown = context::bearer(&headers).flatten().unwrap_or_default();
        // Equal digests, so that the time tells nothing of the token.
        if Sha256::digest(shown) != Sha256::digest(token) {
            return (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")], "Show the token.").into_response();
        }
    }
    let (parts, gauges) = tokio::join!(
        timeout(SAY_WITHIN, health.watchman.parts()),
        timeout(SAY_WITHIN, health.watchman.gauges())
    );
    let text = metrics::text(&health.meters, &parts.unwrap_or_default(), &gauges.unwrap_or_default());
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}

#[cfg(test)]
mod tests;
