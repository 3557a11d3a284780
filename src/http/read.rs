//! Requests out of bodies and addresses, each part checked for its type.

use std::{collections::HashMap, time::Duration};

use async_graphql::{Request, Variables};
use axum::{
    body::Body,
    http::{HeaderMap, StatusCode},
};
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde_json::{Map, Value};
use tokio::time::timeout;

use super::{multipart, negotiate};

/// The most bytes of a JSON body, and of the JSON part of an upload.
pub const MAX_JSON: usize = 256 * 1024;
/// How long a body may take to arrive.
const BODY_WITHIN: Duration = Duration::from_secs(60);

/// A request that is refused before anything ran.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused {
    /// The status.
    pub status: StatusCode,
    /// The code in the body.
    pub code: &'static str,
    /// Words for a stranger.
    pub message: String,
}

impl Refused {
    /// A refusal.
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    /// A malformed request.
    pub fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
    }

    /// A body that is too large.
    pub fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", "The body is too large.")
    }
}

/// The request of a POST. Only content types that a foreign page cannot send without asking are taken.
pub async fn post(headers: &HeaderMap, body: Body) -> Result<Request, Refused> {
    let reading = async {
        match negotiate::content_type(headers).as_deref() {
            Some("application/json") => {
                let value = serde_json::from_slice(&json_body(body).await?).map_err(|_| Refused::bad("The body is not JSON."))?;
                request_of(value).map_err(Refused::bad)
            }
            Some("multipart/form-data") => multipart::read(headers, body).await,
            _ => Err(Refused::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "UNSUPPORTED_MEDIA_TYPE",
                "Send application/json in UTF-8, or multipart/form-data for uploads.",
            )),
        }
    };
    let late = || Refused::new(StatusCode::REQUEST_TIMEOUT, "REQUEST_TIMEOUT", "The body took too long to arrive.");
    timeout(BODY_WITHIN, reading).await.map_err(|_| late())?
}

async fn json_body(body: Body) -> Result<Bytes, Refused> {
    match Limited::new(body, MAX_JSON).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Refused::too_large()),
        Err(_) => Err(Refused::bad("The body broke off.")),
    }
}

/// The request of a GET's parameters.
pub fn get(parameters: &HashMap<String, String>) -> Result<Request, Refused> {
    let mut object = Map::new();
    for (name, text) in parameters {
        let value = match name.as_str() {
            "operationName" | "variables" | "extensions" if text.is_empty() => Value::Null,
            "variables" | "extensions" => serde_json::from_str(text).map_err(|_| Refused::bad(format!("`{name}` is not JSON.")))?,
            _ => Value::String(text.clone()),
        };
        object.insert(name.clone(), value);
    }
    request_of(Value::Object(object)).map_err(Refused::bad)
}

/// A request out of a JSON object.
///
/// # Errors
/// What is wrong with it, in words.
pub fn request_of(value: Value) -> Result<Request, &'static str> {
    let Value::Object(mut object) = value else {
        return Err("A request is one JSON object; batches are not served.");
    };
    let Some(Value::String(query)) = object.remove("query") else {
        return Err("`query` must be a string.");
    };
    let mut request = Request::new(query);
    match object.remove("operationName") {
        None | Some(Value::Null) => {}
        Some(Value::String(name)) => request = request.operation_name(name),
        Some(_) => return Err("`operationName` must be a string."),
    }
    match object.remove("variables") {
        None | Some(Value::Null) => {}
        Some(variables @ Value::Object(_)) => request = request.variables(Variables::from_json(variables)),
        Some(_) => return Err("`variables` must be an object."),
    }
    match object.remove("extensions") {
        None | Some(Value::Null | Value::Object(_)) => Ok(request),
        Some(_) => Err("`extensions` must be an object."),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_part_of_a_request_has_its_type() {
        for (value, good) in [
            (json!({"query": "{a}"}), true),
            (
                json!({"query": "{a}", "operationName": null, "variables": null, "extensions": null, "other": 1}),
                true,
            ),
            (
                json!({"query": "{a}", "operationName": "A", "variables": {"x": 1}, "extensions": {}}),
                true,
            ),
            (json!([{"query": "{a}"}]), false),
            (json!({"query": 1}), false),
            (json!({}), false),
            (json!({"query": "{a}", "operationName": 1}), false),
            (json!({"query": "{a}", "variables": []}), false),
            (json!({"query": "{a}", "extensions": "x"}), false),
        ] {
            assert_eq!(request_of(value.clone()).is_ok(), good, "{value}");
        }
    }
}
