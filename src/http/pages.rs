//! The web pages, out of the binary.

use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use rust_embed::RustEmbed;

/// What `make web` built, if it had when this binary was.
#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Built;

const POLICY: &str = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
/// GraphiQL's editor works in blobs.
const GRAPHIQL_POLICY: &str = "default-src 'self'; img-src 'self' data:; font-src 'self' data:; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; connect-src 'self' ws: wss:; frame-ancestors 'none'";

/// `GET /`.
pub async fn start() -> Response {
    page("index.html", POLICY)
}

/// `GET /graphiql`.
pub async fn graphiql() -> Response {
    page("graphiql.html", GRAPHIQL_POLICY)
}

/// `GET /assets/…`: named by their content, so they never change.
pub async fn asset(Path(path): Path<String>) -> Response {
    file(&format!("assets/{path}"), "public, max-age=31536000, immutable")
}

/// Any other file that was built.
pub async fn other(uri: axum::http::Uri) -> Response {
    file(uri.path().trim_start_matches('/'), "public, max-age=3600")
}

fn page(name: &str, policy: &'static str) -> Response {
    let Some(found) = Built::get(name) else {
        return Html("<!doctype html><title>Handover</title><p>The pages are not built. Run <code>make web</code> and build again.</p>")
            .into_response();
    };
    let mut response = Html(found.data.into_owned()).into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

fn file(name: &str, cache: &'static str) -> Response {
    match Built::get(name) {
        Some(found) => (
            [
                (header::CONTENT_TYPE, found.metadata.mimetype().to_owned()),
                (header::CACHE_CONTROL, cache.to_owned()),
            ],
            found.data.into_owned(),
        )
            .into_response(),
        None => (StatusCode::NOT_FOUND, "Not found").into_response(),
    }
}
