//! Images: of listings, to everyone who knows their unguessable address; of chats and verifications, to the one viewer whom an address was
//! signed for.

use axum::{
    Router,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderName, header},
    response::{IntoResponse, Response},
    routing::get,
};
use entity::value::Time;
use serde::Deserialize;

use super::file::{Kind, Visit, give, not_found};
use crate::{
    account::identity_queue,
    chat, dispute,
    kernel::{
        Env, Fault,
        policy::{self, Actor},
    },
    media::{self, File, Part},
    moderation, order,
};

/// An image never changes under its key.
const CACHE: &str = "public, max-age=31536000, immutable";
/// What is not for everybody is kept by its viewer's browser alone, no longer than its address is good.
const CACHE_PRIVATE: &str = "private, max-age=600";
/// What is on record each time is fetched each time.
const CACHE_NEVER: &str = "no-store";
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
pub async fn image(env: State<Env>, key: Path<String>, visit: Visit) -> Response {
    public(env, key, visit, Part::Whole).await
}

/// `GET /media/{key}/thumbnail`.
pub async fn thumbnail(env: State<Env>, key: Path<String>, visit: Visit) -> Response {
    public(env, key, visit, Part::Thumbnail).await
}

async fn public(State(env): State<Env>, Path(key): Path<String>, visit: Visit, part: Part) -> Response {
    give(env, visit, Kind::PublicImage, move |env, _| async move {
        media::read(&env, &key, part).await.map(|file| file.map(|file| found(file, CACHE)))
    })
    .await
}

/// Until when an address is good, and our signature on it.
#[derive(Debug, Deserialize)]
pub struct Signed {
    /// Until when, in milliseconds since 1970.
    pub until: i64,
    /// The signature, in hexadecimal.
    pub signature: String,
}

/// `GET /graphql/media/{key}`.
pub async fn private_image(env: State<Env>, key: Path<String>, signed: Result<Query<Signed>, QueryRejection>, visit: Visit) -> Response {
    private(env, key, signed, visit, Part::Whole).await
}

/// `GET /graphql/media/{key}/thumbnail`.
pub async fn private_thumbnail(
    env: State<Env>,
    key: Path<String>,
    signed: Result<Query<Signed>, QueryRejection>,
    visit: Visit,
) -> Response {
    private(env, key, signed, visit, Part::Thumbnail).await
}

async fn private(
    State(env): State<Env>,
    Path(key): Path<String>,
    signed: Result<Query<Signed>, QueryRejection>,
    visit: Visit,
    part: Part,
) -> Response {
    let Ok(Query(signed)) = signed else { return not_found() };
    give(env, visit, Kind::PrivateImage, move |env, actor| async move {
        let shown = read_private(&env, &actor, &key, &signed, part).await;
        shown.map(|shown| shown.map(|(file, cache)| found(file, cache)))
    })
    .await
}

/// An address is worth something only in the hands of the viewer it was signed for, and only while he may see the image.
async fn read_private(env: &Env, actor: &Actor, key: &str, signed: &Signed, part: Part) -> Result<Option<(File, &'static str)>, Fault> {
    let Ok(viewer) = policy::trader(actor) else { return Ok(None) };
    if !media::link::holds(env, viewer.id(), key, Time(signed.until), &signed.signature) {
        return Ok(None);
    }
    let shown = match chat::image(env, viewer, key).await? {
        Some(image) => Some(image),
        None => order::evidence::image(env, viewer, key).await?,
    };
    let shown = match shown {
        Some(image) => Some(image),
        None => moderation::report::image(env, actor, key).await?,
    };
    if let Some(image) = shown {
        return Ok(media::file(env, image, part).await?.map(|file| (file, CACHE_PRIVATE)));
    }
    let Ok(admin) = policy::admin(actor) else { return Ok(None) };
    if let Some(image) = dispute::image::image(env, admin, key).await? {
        return Ok(media::file(env, image, part).await?.map(|file| (file, CACHE_PRIVATE)));
    }
    match identity_queue::photo(env, admin, key).await? {
        // A browser that kept it would show it again without a look on record.
        Some(image) => Ok(media::file(env, image, part).await?.map(|file| (file, CACHE_NEVER))),
        None => Ok(None),
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
