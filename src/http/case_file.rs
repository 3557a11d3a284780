//! The file of a case: `GET /graphql/case-file/{id}`, by a link that `caseFileCreate` made.

use axum::{
    Router,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use entity::value::{CaseId, Time};

use super::{
    file::{Kind, Visit, archive, give, not_found},
    media::Signed,
};
use crate::{
    dispute::file,
    export,
    kernel::{
        Env, Fault,
        policy::{self, Actor},
    },
    media,
};

/// The route. It lies under `/graphql`, where browsers send the session's cookie.
pub fn routes(env: Env) -> Router {
    Router::new().route("/graphql/case-file/{id}", get(one)).with_state(env)
}

/// `GET /graphql/case-file/{id}`.
pub async fn one(State(env): State<Env>, Path(id): Path<String>, signed: Result<Query<Signed>, QueryRejection>, visit: Visit) -> Response {
    let (Ok(Query(signed)), Ok(id)) = (signed, id.parse().map(CaseId)) else {
        return not_found();
    };
    give(env, visit, Kind::Archive, move |env, actor| async move {
        read(&env, &actor, id, &signed).await.map(|bytes| bytes.map(found))
    })
    .await
}

/// A link is worth something only in the hands of the one it was signed for, and only while he may read the file.
async fn read(env: &Env, actor: &Actor, id: CaseId, signed: &Signed) -> Result<Option<Vec<u8>>, Fault> {
    let Ok(reader) = policy::trader(actor) else { return Ok(None) };
    if !media::link::holds(env, reader.id(), &file::place(id), Time(signed.until), &signed.signature) {
        return Ok(None);
    }
    let Some(case) = file::readable(env, reader, policy::admin(actor).is_ok(), id).await? else {
        return Ok(None);
    };
    let _place = archive()?;
    export::case(env, reader, case).await.map(Some)
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
