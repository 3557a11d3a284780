//! Requests out of bodies and addresses, each part checked for its type.

use std::{collections::HashMap, time::Duration};

use async_graphql::{Request, Value as ConstValue, Variables};
use axum::{
    body::Body,
    http::{HeaderMap, StatusCode},
};
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde_json::{Map, Value};
use tokio::time::timeout;

use super::{multipart, negotiate};
use crate::graphql::said::Said;

/// The extension that names a persisted document.
pub const PERSISTED: &str = "persistedQuery";
/// The most bytes of a JSON body, and of the JSON part of an upload.
pub const MAX_JSON: usize = 256 * 1024;

/// A request that is refused before anything ran.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused {
    /// The status.
    pub status: StatusCode,
    /// The code in the body.
    pub code: &'static str,
    /// Words for a stranger.
    pub said: Said,
}

impl Refused {
    /// A refusal that says these words of `transport.ftl`.
    #[must_use]
    pub const fn new(status: StatusCode, code: &'static str, words: &'static str) -> Self {
        Self {
            status,
            code,
            said: Said::new(words),
        }
    }

    /// A malformed request.
    #[must_use]
    pub const fn bad(words: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", words)
    }

    /// The same with an argument for its words.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.said = self.said.with(name, value);
        self
    }

    /// A body that is too large.
    #[must_use]
    pub const fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", "request-body-too-large")
    }
}

/// The request of a POST. Only content types that a foreign page cannot send without asking are taken.
pub async fn post(headers: &HeaderMap, body: Body, within: Duration) -> Result<Request, Refused> {
    let reading = async {
        match negotiate::content_type(headers).as_deref() {
            Some("application/json") => {
                let value = serde_json::from_slice(&json_body(body).await?).map_err(|_| Refused::bad("request-body-not-json"))?;
                request_of(value).map_err(Refused::bad)
            }
            Some("multipart/form-data") => multipart::read(headers, body).await,
            _ => Err(Refused::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "UNSUPPORTED_MEDIA_TYPE",
                "request-media-type",
            )),
        }
    };
    let late = || Refused::new(StatusCode::REQUEST_TIMEOUT, "REQUEST_TIMEOUT", "request-body-late");
    timeout(within, reading).await.map_err(|_| late())?
}

async fn json_body(body: Body) -> Result<Bytes, Refused> {
    match Limited::new(body, MAX_JSON).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Refused::too_large()),
        Err(_) => Err(Refused::bad("request-body-broken")),
    }
}

/// The request of a GET's parameters.
pub fn get(parameters: &HashMap<String, String>) -> Result<Request, Refused> {
    let mut object = Map::new();
    for (name, text) in parameters {
        let value = match name.as_str() {
            "operationName" | "variables" | "extensions" if text.is_empty() => Value::Null,
            "variables" | "extensions" => {
                serde_json::from_str(text).map_err(|_| Refused::bad("request-parameter-not-json").with("name", name))?
            }
            _ => Value::String(text.clone()),
        };
        object.insert(name.clone(), value);
    }
    request_of(Value::Object(object)).map_err(Refused::bad)
}

/// A request out of a JSON object.
///
/// # Errors
/// What is wrong with it, as words of `transport.ftl`.
pub fn request_of(value: Value) -> Result<Request, &'static str> {
    let Value::Object(mut object) = value else {
        return Err("request-not-an-object");
    };
    let extensions = match object.remove("extensions") {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(extensions)) => extensions,
        Some(_) => return Err("request-extensions"),
    };
    let query = match object.remove("query") {
        Some(Value::String(query)) => query,
        // A persisted document is named by its hash alone.
        None | Some(Value::Null) if extensions.contains_key(PERSISTED) => String::new(),
        _ => return Err("request-query"),
    };
    let mut request = Request::new(query);
    // Of all extensions one is ours to read.
    if let Some(Ok(persisted)) = extensions.get(PERSISTED).cloned().map(ConstValue::from_json) {
        request.extensions.insert(PERSISTED.to_owned(), persisted);
    }
    match object.remove("operationName") {
        None | Some(Value::Null) => {}
        Some(Value::String(name)) => request = request.operation_name(name),
        Some(_) => return Err("request-operation-name"),
    }
    match object.remove("variables") {
        None | Some(Value::Null) => {}
        Some(variables @ Value::Object(_)) => request = request.variables(Variables::from_json(variables)),
        Some(_) => return Err("request-variables"),
    }
    Ok(request)
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
            (json!({"extensions": {}}), false),
            (json!({"extensions": {"persistedQuery": {}}}), true),
            (json!({"query": 7, "extensions": {"persistedQuery": {}}}), false),
        ] {
            assert_eq!(request_of(value.clone()).is_ok(), good, "{value}");
        }
    }
}
