//! Images of listings, to everyone who knows their unguessable address.

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::{
    kernel::{Env, Fault},
    media::{self, File, Part},
};

/// An image never changes under its key.
const CACHE: &str = "public, max-age=31536000, immutable";
/// Whoever opens a file as a page gets a picture and nothing that runs.
const POLICY: &str = "default-src 'none'; sandbox";

/// The routes of images.
pub fn routes(env: Env) -> Router {
    Router::new()
        .route("/media/{key}", get(image))
        .route("/media/{key}/thumbnail", get(thumbnail))
        .with_state(env)
}

/// `GET /media/{key}`.
pub async fn image(env: State<Env>, Path(key): Path<String>) -> Response {
    answer(env, &key, Part::Whole).await
}

/// `GET /media/{key}/thumbnail`.
pub async fn thumbnail(env: State<Env>, Path(key): Path<String>) -> Response {
    answer(env, &key, Part::Thumbnail).await
}

async fn answer(State(env): State<Env>, key: &str, part: Part) -> Response {
    match media::read(&env, key, part).await {
        Ok(Some(file)) => found(file),
        Ok(None) => (StatusCode::NOT_FOUND, "Not found").into_response(),
        Err(fault) => failed(&fault),
    }
}

fn found(file: File) -> Response {
    let headers: [(HeaderName, String); 4] = [
        (header::CONTENT_TYPE, file.mime),
        (header::CACHE_CONTROL, CACHE.to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
    ];
    (headers, file.bytes).into_response()
}

fn failed(fault: &Fault) -> Response {
    tracing::error!(%fault, "an image was not read");
    match fault {
        Fault::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "Try again").into_response(),
        Fault::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong").into_response(),
    }
}
