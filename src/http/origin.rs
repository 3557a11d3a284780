//! Which pages may talk to us.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::HttpState;

/// The allowed origins.
#[derive(Debug, Clone)]
pub struct Origins {
    /// Origins by name, as `https://shop.example`.
    pub listed: Vec<String>,
    /// Whether any page of this machine may.
    pub localhost: bool,
}

/// Whether the page behind a request may open a socket. A request without an origin comes from no page; our own host is ours.
#[must_use]
pub fn allowed(headers: &HeaderMap, origins: &Origins) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    let Some((_, authority)) = origin.split_once("://") else {
        return false;
    };
    let own = headers.get(header::HOST).and_then(|host| host.to_str().ok()) == Some(authority);
    own || origins.listed.iter().any(|listed| listed == origin) || (origins.localhost && is_localhost(authority))
}

/// Lets pages of the allowed origins, and no others, read our answers and send credentials.
pub async fn share(State(state): State<Arc<HttpState>>, request: Request, next: Next) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let origin = origin.filter(|_| allowed(request.headers(), &state.origins));
    let asks = request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if asks {
        StatusCode::NO_CONTENT.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    let Some(origin) = origin else { return response };
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    let fixed = [
        (header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true"),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, "x-request-id, retry-after"),
    ];
    let asked = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "accept, accept-language, authorization, content-type, x-handover-preflight, apollo-require-preflight",
        ),
        (header::ACCESS_CONTROL_MAX_AGE, "600"),
    ];
    for (name, value) in fixed.into_iter().chain(asked.into_iter().filter(|_| asks)) {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn is_localhost(authority: &str) -> bool {
    let host = authority.rsplit_once(':').map_or(authority, |(host, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) {
            host
        } else {
            authority
        }
    });
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_listed_origins_our_own_and_in_demo_this_machine_s_may() {
        let origins = Origins {
            listed: vec!["https://shop.example".to_owned()],
            localhost: true,
        };
        for (origin, expected) in [
            ("https://shop.example", true),
            ("http://shop.example", false),
            ("http://localhost:5173", true),
            ("http://127.0.0.1", true),
            ("http://localhost.evil.example", false),
            ("http://own.example:8080", true),
            ("null", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ORIGIN, origin.parse().unwrap());
            headers.insert(header::HOST, "own.example:8080".parse().unwrap());
            assert_eq!(allowed(&headers, &origins), expected, "{origin}");
        }
    }
}
