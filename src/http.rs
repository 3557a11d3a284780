//! The server's face: GraphQL over HTTP and sockets, pages, health, metrics.

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    Extension, Router,
    extract::{ConnectInfo, Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::{Next, from_fn_with_state},
    response::Response,
    routing::get,
};
use tower_http::{compression::CompressionLayer, set_header::SetResponseHeaderLayer};

use self::{crowd::Arrival, pace::Pace};
use crate::{
    config::Introspection,
    graphql::{limits::rates::Rates, request::RequestId},
    kernel::Shutdown,
};

pub mod answer;
pub mod bank;
pub mod case_file;
pub mod context;
pub mod crowd;
pub mod door;
pub mod export;
pub mod file;
pub mod frame;
pub mod gate;
pub mod graphql;
pub mod health;
pub mod link;
pub mod media;
pub mod metrics;
pub mod multipart;
pub mod negotiate;
pub mod origin;
pub mod pace;
pub mod pages;
pub mod patient;
pub mod payer;
pub mod persisted;
pub mod read;
pub mod serve;
pub mod socket;
pub mod sockets;
pub mod statement;
pub mod stream;

/// What the routes share.
pub struct HttpState {
    /// The schema.
    pub engine: answer::Engine,
    /// Who lets callers in.
    pub door: Arc<dyn door::Door>,
    /// Which pages may talk to us.
    pub origins: origin::Origins,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// How much a caller may ask for in a while.
    pub rates: Rates,
    /// To whom the schema is shown.
    pub introspection: Introspection,
    /// How long the wire may take.
    pub pace: Pace,
    /// Who has how many sockets.
    pub sockets: sockets::Sockets,
    /// When to stop.
    pub shutdown: Shutdown,
}

/// The header with the request's id.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// All routes: ours and those of `others`, such as [`media::routes`].
pub fn router(state: HttpState, others: Router) -> Router {
    let graphql = get(graphql_get).post(graphql::post).fallback(graphql::other);
    let state = Arc::new(state);
    let graphql = graphql.layer(from_fn_with_state(Arc::clone(&state), origin::share));
    Router::new()
        .route("/graphql", graphql)
        .route("/", get(pages::start))
        .route("/graphiql", get(pages::graphiql))
        .fallback(get(pages::other))
        .with_state(Arc::clone(&state))
        .merge(others)
        .layer(CompressionLayer::new().gzip(true))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ))
        .layer(from_fn_with_state(state, name_request))
}

/// Gives each request an id, tells it in the answer, and counts the answer.
async fn name_request(State(state): State<Arc<HttpState>>, mut request: Request, next: Next) -> Response {
    let id = RequestId::fresh();
    let extensions = request.extensions_mut();
    extensions.insert(id);
    if let (Some(arrival), Some(ConnectInfo(peer))) = (extensions.get::<Arrival>(), extensions.get::<ConnectInfo<SocketAddr>>())
        && context::is_proxy(peer.ip(), &state.trusted_proxies)
    {
        arrival.forget();
    }
    let mut response = next.run(request).await;
    state.engine.meters().answer(response.status().as_u16());
    if let Ok(id) = HeaderValue::from_str(&id.0.to_string()) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// A socket, or a query.
async fn graphql_get(
    state: State<Arc<HttpState>>,
    peer: ConnectInfo<SocketAddr>,
    id: Extension<RequestId>,
    headers: axum::http::HeaderMap,
    upgrade: Result<axum::extract::WebSocketUpgrade, axum::extract::ws::rejection::WebSocketUpgradeRejection>,
    parameters: Result<axum::extract::Query<HashMap<String, String>>, axum::extract::rejection::QueryRejection>,
) -> Response {
    match upgrade {
        Ok(upgrade) => socket::upgrade(state, peer, headers, upgrade).await,
        Err(_) => graphql::get(state, peer, id, headers, parameters).await,
    }
}
