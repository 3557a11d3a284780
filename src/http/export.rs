//! One's own data: `GET /graphql/export`, by a link that `dataExportCreate` made.

use axum::{
    Router,
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use entity::value::Time;

use super::{
    file::{Kind, Visit, archive, give, not_found},
    media::Signed,
};
use crate::{
    account::EXPORT,
    export,
    kernel::{
        Env, Fault,
        policy::{self, Actor},
    },
    media,
};

/// The route. It lies under `/graphql`, where browsers send the session's cookie.
pub fn routes(env: Env) -> Router {
    Router::new().route("/graphql/export", get(one)).with_state(env)
}

/// `GET /graphql/export`.
pub async fn one(State(env): State<Env>, signed: Result<Query<Signed>, QueryRejection>, visit: Visit) -> Response {
    let Ok(Query(signed)) = signed else { return not_found() };
    give(env, visit, Kind::Archive, move |env, actor| async move {
        read(&env, &actor, &signed).await.map(|bytes| bytes.map(found))
    })
    .await
}

/// A link is worth something only in the hands of the one it was signed for, and only while he is not blacklisted.
async fn read(env: &Env, actor: &Actor, signed: &Signed) -> Result<Option<Vec<u8>>, Fault> {
    let Ok(trader) = policy::trader(actor) else { return Ok(None) };
    if !media::link::holds(env, trader.id(), EXPORT, Time(signed.until), &signed.signature) {
        return Ok(None);
    }
    let _place = archive()?;
    export::build(env, trader.into()).await.map(Some)
}

fn found(bytes: Vec<u8>) -> Response {
    let headers: [(HeaderName, &str); 4] = [
        (header::CONTENT_TYPE, "application/zip"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"handover-data.zip\""),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (StatusCode::OK, headers, bytes).into_response()
}
