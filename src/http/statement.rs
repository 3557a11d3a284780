//! A statement as a file: `GET /graphql/statement/{ticket}`, under `/graphql`, where browsers send the session's cookie.

use axum::{
    Router,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};

use super::file::{Kind, Visit, give};
use crate::{
    kernel::{
        Env, Fault,
        policy::{self, Actor},
    },
    wallet::statement::{csv, link},
};

/// The route of statements.
pub fn routes(env: Env) -> Router {
    Router::new().route("/graphql/statement/{ticket}", get(table)).with_state(env)
}

/// `GET /graphql/statement/{ticket}`.
pub async fn table(State(env): State<Env>, Path(ticket): Path<String>, visit: Visit) -> Response {
    give(env, visit, Kind::Table, move |env, actor| async move {
        read(&env, &actor, &ticket).await.map(|table| table.map(found))
    })
    .await
}

/// An address is worth something only in the hands of the one it was signed for.
async fn read(env: &Env, actor: &Actor, ticket: &str) -> Result<Option<Vec<u8>>, Fault> {
    let Ok(member) = policy::member(actor) else { return Ok(None) };
    match link::open(env, member, ticket) {
        Some(ticket) => Ok(Some(csv(env, member, &ticket.filter, ticket.locale).await?)),
        None => Ok(None),
    }
}

fn found(table: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"statement.csv\""),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, table).into_response()
}
