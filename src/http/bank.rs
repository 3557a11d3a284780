//! The bank's webhooks: `POST /bank/webhook`.

use axum::{
    Extension, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode},
    routing::post,
};
use tracing::Instrument;

use crate::{
    graphql::request::RequestId,
    kernel::{Env, Fault, policy::System},
    wallet::webhook::{HearError, Webhook, hear},
};

/// No webhook of the protocol is longer.
const BODY_LIMIT: usize = 16 * 1024;

/// The route of the bank.
pub fn routes(env: Env) -> Router {
    Router::new()
        .route("/bank/webhook", post(webhook))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(env)
}

async fn webhook(State(env): State<Env>, Extension(id): Extension<RequestId>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let span = tracing::info_span!("webhook", id = %id.0);
    // In a task of its own: a bank that hangs up cancels nothing half-way.
    let work = async move { take(&env, &headers, &body).await };
    tokio::spawn(work.instrument(span))
        .await
        .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

async fn take(env: &Env, headers: &HeaderMap, body: &[u8]) -> StatusCode {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let webhook = Webhook {
        id: header("webhook-id"),
        timestamp: header("webhook-timestamp"),
        signature: header("webhook-signature"),
        body,
    };
    match hear(env, System::new(), webhook).await {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(HearError::Refused(why)) => {
            tracing::warn!(%why, "a webhook was refused");
            StatusCode::UNAUTHORIZED
        }
        Err(HearError::Fault(fault @ Fault::Unavailable(_))) => {
            tracing::warn!(%fault, "a webhook could not be taken in");
            StatusCode::SERVICE_UNAVAILABLE
        }
        Err(HearError::Fault(fault @ Fault::Internal(_))) => {
            tracing::error!(%fault, "a webhook could not be taken in");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}
