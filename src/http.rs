//! The server's face: GraphQL over HTTP and sockets, pages, health.

use std::{net::IpAddr, sync::Arc};

use axum::{
    Router,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use tower_http::{compression::CompressionLayer, set_header::SetResponseHeaderLayer};

use crate::kernel::{Env, Shutdown};

pub mod answer;
pub mod context;
pub mod door;
pub mod frame;
pub mod graphql;
pub mod media;
pub mod negotiate;
pub mod origin;
pub mod pages;
pub mod socket;
pub mod stream;

/// What the routes share.
#[derive(Clone)]
pub struct HttpState {
    /// The handles.
    pub env: Env,
    /// The schema.
    pub engine: answer::Engine,
    /// Who lets callers in.
    pub door: Arc<dyn door::Door>,
    /// Which pages may talk to us.
    pub origins: origin::Origins,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// When to stop.
    pub shutdown: Shutdown,
}

/// All routes but those of other rooms.
pub fn router(state: HttpState) -> Router {
    Router::new()
        .route("/graphql", get(graphql_get).post(graphql::post))
        .route("/livez", get(|| async { "live" }))
        .route("/readyz", get(ready))
        .route("/", get(pages::start))
        .route("/graphiql", get(pages::graphiql))
        .route("/media/{key}", get(media::image))
        .route("/media/{key}/thumbnail", get(media::thumbnail))
        .route("/assets/{*path}", get(pages::asset))
        .fallback(any(pages::other))
        .layer(CompressionLayer::new().gzip(true))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ))
        .with_state(state)
}

/// A socket, or a query.
async fn graphql_get(
    state: State<HttpState>,
    peer: axum::extract::ConnectInfo<std::net::SocketAddr>,
    headers: axum::http::HeaderMap,
    upgrade: Result<axum::extract::WebSocketUpgrade, axum::extract::ws::rejection::WebSocketUpgradeRejection>,
    parameters: axum::extract::Query<std::collections::HashMap<String, String>>,
) -> Response {
    match upgrade {
        Ok(upgrade) => socket::upgrade(state, peer, headers, upgrade).await,
        Err(_) => graphql::get(state, peer, headers, parameters).await,
    }
}

/// Whether the database answers.
async fn ready(State(state): State<HttpState>) -> Response {
    match crate::kernel::sql::one(state.env.db(), "SELECT 1 AS one", vec![]).await {
        Ok(_) => "ready".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer").into_response(),
    }
}
