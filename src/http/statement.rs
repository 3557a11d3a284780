//! A statement as a file: `GET /graphql/statement/{ticket}`, under `/graphql`, where browsers send the session's cookie.

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use super::context::actor;
use crate::{
    kernel::{Env, Fault, policy},
    wallet::statement::{csv, link},
};

/// The route of statements.
pub fn routes(env: Env) -> Router {
    Router::new().route("/graphql/statement/{ticket}", get(table)).with_state(env)
}

/// `GET /graphql/statement/{ticket}`.
pub async fn table(State(env): State<Env>, Path(ticket): Path<String>, headers: HeaderMap) -> Response {
    match read(&env, &ticket, &headers).await {
        Ok(Some(table)) => found(table),
        Ok(None) => (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, "no-store")], "Not found").into_response(),
        Err(fault) => {
            tracing::error!(%fault, "a statement was not read");
            match fault {
                Fault::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "Try again").into_response(),
                Fault::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong").into_response(),
            }
        }
    }
}

/// An address is worth something only in the hands of the one it was signed for.
async fn read(env: &Env, ticket: &str, headers: &HeaderMap) -> Result<Option<Vec<u8>>, Fault> {
    let Ok(member) = policy::member(&actor(env, headers).await?) else {
        return Ok(None);
    };
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
