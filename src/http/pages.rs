//! The web pages, out of the binary.

use std::borrow::Cow;

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use rust_embed::{EmbeddedFile, RustEmbed};

/// What `make web` built, if it had when this binary was.
#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Built;

const POLICY: &str = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
/// GraphiQL's editor works in blobs.
const GRAPHIQL_POLICY: &str = "default-src 'self'; img-src 'self' data:; font-src 'self' data:; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; connect-src 'self' ws: wss:; frame-ancestors 'none'";

/// How files were packed when the pages were built (`web/pack.ts`), the smallest first: the coding's name, and how the packed file's name ends.
const PACKED: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

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
    let alone = !name.ends_with(".html") && !PACKED.iter().any(|(_, end)| name.ends_with(end));
    match Built::get(name).filter(|_| alone) {
        Some(found) => file(name, found, cache, &headers),
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
        Some(found) => file(name, found, "no-cache", headers),
        None => Html(MISSING).into_response(),
    };
    let policy = HeaderValue::from_static(policy);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

fn file(name: &str, found: EmbeddedFile, cache: &'static str, headers: &HeaderMap) -> Response {
    let mime = found.metadata.mimetype().to_owned();
    let packed = packed(headers, |end| Built::get(&format!("{name}{end}")));
    let (coding, found) = packed.map_or((None, found), |(coding, packed)| (Some(coding), packed));
    let tag = format!("\"{}\"", BASE64_URL_SAFE_NO_PAD.encode(found.metadata.sha256_hash()));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let known = known.is_some_and(|tags| tags.split(',').any(|other| other.trim().trim_start_matches("W/") == tag));
    let about = [
        (header::CONTENT_TYPE, mime),
        (header::CACHE_CONTROL, cache.to_owned()),
        (header::ETAG, tag),
        (header::VARY, "accept-encoding".to_owned()),
    ];
    let mut response = if known {
        (StatusCode::NOT_MODIFIED, about).into_response()
    } else {
        let data = match found.data {
            // It lies in the binary already.
            Cow::Borrowed(data) => Bytes::from_static(data),
            Cow::Owned(data) => data.into(),
        };
        (about, data).into_response()
    };
    if let Some(coding) = coding {
        let coding = HeaderValue::from_static(coding);
        response.headers_mut().insert(header::CONTENT_ENCODING, coding);
    }
    response
}

/// The smallest packed form that there is and that the caller takes.
fn packed<T>(headers: &HeaderMap, find: impl Fn(&str) -> Option<T>) -> Option<(&'static str, T)> {
    let accept = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok())?;
    let mut taken = PACKED.into_iter().filter(|(coding, _)| takes(accept, coding));
    taken.find_map(|(coding, end)| Some((coding, find(end)?)))
}

/// Whether an `Accept-Encoding` takes a coding by its name. What is weighed with nothing is refused.
fn takes(accept: &str, coding: &str) -> bool {
    accept.split(',').any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, "q=1"));
        let weight = weight
            .trim()
            .strip_prefix("q=")
            .and_then(|weight| weight.trim().parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case(coding) && weight.is_some_and(|weight| weight > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_form_is_served_that_the_caller_takes() {
        for (accept, there, expected) in [
            ("gzip, deflate, br", &[".br", ".gz"][..], Some("br")),
            ("gzip, deflate, BR;q=0.5", &[".br", ".gz"], Some("br")),
            ("gzip, br;q=0", &[".br", ".gz"], Some("gzip")),
            ("gzip, br", &[".gz"], Some("gzip")),
            ("gzip, br", &[], None),
            ("identity", &[".br", ".gz"], None),
            ("gzip;q=much", &[".br", ".gz"], None),
            ("", &[".br", ".gz"], None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, accept.parse().expect("a header"));
            let chosen = packed(&headers, |end| there.contains(&end).then_some(()));
            assert_eq!(chosen.map(|(coding, ())| coding), expected, "{accept}");
        }
        assert!(packed(&HeaderMap::new(), |_| Some(())).is_none());
    }
}
