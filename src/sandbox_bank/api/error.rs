//! Refusals, in the shape the protocol gives them.

use axum::{
    Json,
    extract::{FromRequest, Request, rejection::JsonRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::de::DeserializeOwned;
use serde_json::json;

use super::super::desk::DeskError;

/// Why a request was not answered as asked.
#[derive(Debug)]
pub(super) enum ApiError {
    Unauthorised,
    NotFound,
    Unreadable(JsonRejection),
    Invalid(&'static str),
    Desk(DeskError),
}

impl From<DeskError> for ApiError {
    fn from(error: DeskError) -> Self {
        Self::Desk(error)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, code, message) = match self {
            Self::Unauthorised => (StatusCode::UNAUTHORIZED, "unauthorised", "the key is missing or wrong".to_owned()),
            Self::NotFound => (
                StatusCode::NOT_FOUND,
                "not_found",
                "the bank knows nothing under this id".to_owned(),
            ),
            Self::Unreadable(rejection) => (rejection.status(), "malformed", rejection.body_text()),
            Self::Invalid(message) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid", message.to_owned()),
            Self::Desk(error @ DeskError::IdUsed) => (StatusCode::CONFLICT, "id_used", error.to_string()),
            Self::Desk(error) => {
                tracing::error!(%error, "the sandbox bank could not act");
                (
                    StatusCode::SERVICE_UNAVAILABLE,
                    "unavailable",
                    "try again with the same id".to_owned(),
                )
            }
        };
        (status, Json(json!({ "error": { "code": code, "message": message } }))).into_response()
    }
}

/// A JSON body; what cannot be read is refused in the protocol's shape.
#[derive(Debug)]
pub(super) struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let Json(body) = Json::from_request(request, state).await.map_err(ApiError::Unreadable)?;
        Ok(Self(body))
    }
}
