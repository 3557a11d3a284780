//! Images: of listings, to everyone who knows their unguessable address; of chats, to the one viewer whom an address was signed for.

use axum::{
    Router,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use entity::value::Time;
use serde::Deserialize;

use super::context::actor;
use crate::{
    chat,
    kernel::{
        Env, Fault,
        policy::{self, Trader},
    },
    media::{self, File, Part},
};

/// An image never changes under its key.
const CACHE: &str = "public, max-age=31536000, immutable";
/// What is not for everybody is kept by its viewer's browser alone, no longer than its address is good.
const CACHE_PRIVATE: &str = "private, max-age=600";
/// Whoever opens a file as a page gets a picture and nothing that runs.
const POLICY: &str = "default-src 'none'; sandbox";

/// The routes of images. Those that are not for everybody lie under `/graphql`, where browsers send the session's cookie.
pub fn routes(env: Env) -> Router {
    Router::new()
        .route("/media/{key}", get(image))
        .route("/media/{key}/thumbnail", get(thumbnail))
        .route("/graphql/media/{key}", get(private_image))
        .route("/graphql/media/{key}/thumbnail", get(private_thumbnail))
        .with_state(env)
}

/// `GET /media/{key}`.
pub async fn image(State(env): State<Env>, Path(key): Path<String>) -> Response {
    answer(media::read(&env, &key, Part::Whole).await, CACHE)
}

/// `GET /media/{key}/thumbnail`.
pub async fn thumbnail(State(env): State<Env>, Path(key): Path<String>) -> Response {
    answer(media::read(&env, &key, Part::Thumbnail).await, CACHE)
}

/// Until when an address is good, and our signature on it.
#[derive(Debug, Deserialize)]
pub struct Signed {
    until: i64,
    signature: String,
}

/// `GET /graphql/media/{key}`.
pub async fn private_image(
    env: State<Env>,
    key: Path<String>,
    signed: Result<Query<Signed>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    private(env, key, signed, &headers, Part::Whole).await
}

/// `GET /graphql/media/{key}/thumbnail`.
pub async fn private_thumbnail(
    env: State<Env>,
    key: Path<String>,
    signed: Result<Query<Signed>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    private(env, key, signed, &headers, Part::Thumbnail).await
}

async fn private(
    State(env): State<Env>,
    Path(key): Path<String>,
    signed: Result<Query<Signed>, QueryRejection>,
    headers: &HeaderMap,
    part: Part,
) -> Response {
    let Ok(Query(signed)) = signed else { return not_found() };
    answer(read_private(&env, &key, &signed, headers, part).await, CACHE_PRIVATE)
}

/// An address is worth something only in the hands of the viewer it was signed for, and only while he may see the image.
async fn read_private(env: &Env, key: &str, signed: &Signed, headers: &HeaderMap, part: Part) -> Result<Option<File>, Fault> {
    let Some(viewer) = viewer(env, headers).await? else {
        return Ok(None);
    };
    if !media::link::holds(env, viewer.id(), key, Time(signed.until), &signed.signature) {
        return Ok(None);
    }
    match chat::image(env, viewer, key).await? {
        Some(image) => media::file(env, image, part).await,
        None => Ok(None),
    }
}

/// Who asks.
async fn viewer(env: &Env, headers: &HeaderMap) -> Result<Option<Trader>, Fault> {
    Ok(policy::trader(&actor(env, headers).await?).ok())
}

fn answer(file: Result<Option<File>, Fault>, cache: &str) -> Response {
    match file {
        Ok(Some(file)) => found(file, cache),
        Ok(None) => not_found(),
        Err(fault) => failed(&fault),
    }
}

fn found(file: File, cache: &str) -> Response {
    let headers: [(HeaderName, String); 4] = [
        (header::CONTENT_TYPE, file.mime),
        (header::CACHE_CONTROL, cache.to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
    ];
    (headers, file.bytes).into_response()
}

fn not_found() -> Response {
    (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, "no-store")], "Not found").into_response()
}

fn failed(fault: &Fault) -> Response {
    tracing::error!(%fault, "an image was not read");
    match fault {
        Fault::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "Try again").into_response(),
        Fault::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong").into_response(),
    }
}
