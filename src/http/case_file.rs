//! The file of a case: `GET /graphql/case-file/{id}`, by a link that `caseFileCreate` made.

use axum::{
    Router,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use entity::value::{CaseId, Time};

use super::{
    context::actor,
    media::{Signed, failed, not_found},
};
use crate::{
    dispute::file,
    export,
    kernel::{Env, Fault, policy},
    media,
};

/// The route. It lies under `/graphql`, where browsers send the session's cookie.
pub fn routes(env: Env) -> Router {
    Router::new().route("/graphql/case-file/{id}", get(one)).with_state(env)
}

/// `GET /graphql/case-file/{id}`.
pub async fn one(
    State(env): State<Env>,
    Path(id): Path<String>,
    signed: Result<Query<Signed>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let (Ok(Query(signed)), Ok(id)) = (signed, id.parse().map(CaseId)) else {
        return not_found();
    };
    match read(&env, id, &signed, &headers).await {
        Ok(Some(bytes)) => found(bytes),
        Ok(None) => not_found(),
        Err(fault) => failed(&fault),
    }
}

/// A link is worth something only in the hands of the one it was signed for, and only while he may read the file.
async fn read(env: &Env, id: CaseId, signed: &Signed, headers: &HeaderMap) -> Result<Option<Vec<u8>>, Fault> {
    let actor = actor(env, headers).await?;
    let Ok(reader) = policy::trader(&actor) else { return Ok(None) };
    if !media::link::holds(env, reader.id(), &file::place(id), Time(signed.until), &signed.signature) {
        return Ok(None);
    }
    match file::readable(env, reader, id).await? {
        Some(case) => export::case(env, reader, case).await.map(Some),
        None => Ok(None),
    }
}

fn found(bytes: Vec<u8>) -> Response {
    let headers: [(HeaderName, &str); 4] = [
        (header::CONTENT_TYPE, "application/zip"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"handover-case.zip\""),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (StatusCode::OK, headers, bytes).into_response()
}
