//! The web pages, out of the binary.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use rust_embed::{EmbeddedFile, RustEmbed};

/// What `make web` built, if it had when this binary was.
#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Built;

const POLICY: &str = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
/// GraphiQL's editor works in blobs.
const GRAPHIQL_POLICY: &str = "default-src 'self'; img-src 'self' data:; font-src 'self' data:; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; connect-src 'self' ws: wss:; frame-ancestors 'none'";

/// What is not built yet.
const MISSING: &str = "<!doctype html><title>Handover</title><p>The pages are not built. Run <code>make web</code> and build again.</p>";

/// `GET /`.
pub async fn start(headers: HeaderMap) -> Response {
    page("index.html", POLICY, &headers)
}

/// `GET /graphiql`.
pub async fn graphiql(headers: HeaderMap) -> Response {
    page("graphiql.html", GRAPHIQL_POLICY, &headers)
}

/// Any other file that was built, else, for whoever wants a page, the web client: it knows its own addresses, such as `/orders/…`.
///
/// What lies under `assets` is named by its content and never changes.
pub async fn other(uri: Uri, headers: HeaderMap) -> Response {
    let name = uri.path().trim_start_matches('/');
    let named_by_content = name.starts_with("assets/");
    let cache = if named_by_content {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    // A page is served with its policy or not at all.
    match Built::get(name).filter(|_| !name.ends_with(".html")) {
        Some(found) => file(found, cache, &headers),
        None if !named_by_content && wants_page(&headers) => page("index.html", POLICY, &headers),
        None => (StatusCode::NOT_FOUND, "Not found").into_response(),
    }
}

/// Browsers ask for HTML when somebody goes to an address, and for something else when a page needs a part.
fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|types| types.split(',').any(|one| one.trim().starts_with("text/html")))
}

fn page(name: &str, policy: &'static str, headers: &HeaderMap) -> Response {
    let mut response = match Built::get(name) {
        Some(found) => file(found, "no-cache", headers),
        None => Html(MISSING).into_response(),
    };
    let policy = HeaderValue::from_static(policy);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

fn file(found: EmbeddedFile, cache: &'static str, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", BASE64_URL_SAFE_NO_PAD.encode(found.metadata.sha256_hash()));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let known = known.is_some_and(|tags| tags.split(',').any(|other| other.trim().trim_start_matches("W/") == tag));
    let about = [
        (header::CONTENT_TYPE, found.metadata.mimetype().to_owned()),
        (header::CACHE_CONTROL, cache.to_owned()),
        (header::ETAG, tag),
    ];
    if known {
        (StatusCode::NOT_MODIFIED, about).into_response()
    } else {
        (about, found.data.into_owned()).into_response()
    }
}
