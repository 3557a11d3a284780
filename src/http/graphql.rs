//! GraphQL over HTTP, by the GraphQL-over-HTTP draft and the multipart request specification.

use std::{collections::HashMap, net::SocketAddr};

use async_graphql::{
    Request, Response as Answer, Variables,
    http::MultipartOptions,
    parser::{
        parse_query,
        types::{DocumentOperations, ExecutableDocument, OperationType},
    },
};
use axum::{
    body::Body,
    extract::{ConnectInfo, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures::{StreamExt, TryStreamExt, stream::BoxStream};
use http_body_util::{BodyExt, Limited};
use serde_json::Value;
use tracing::Instrument;
use uuid::Uuid;

use super::{
    HttpState, answer, context,
    door::Refusal,
    negotiate::{self, Form},
};
use crate::{
    graphql::{
        request::{ClientName, RefreshCookie, RequestId},
        scan::scan,
    },
    kernel::policy::Actor,
};

/// The most bytes of a JSON body.
const MAX_BODY: usize = 256 * 1024;
/// The most bytes of an uploaded file, and of the parts around it.
const MAX_UPLOAD: usize = 10 * 1024 * 1024;
const MAX_MULTIPART: usize = MAX_UPLOAD + 64 * 1024;
/// The headers that a page of another origin cannot send without asking first.
const PREFLIGHT: [&str; 2] = ["x-handover-preflight", "apollo-require-preflight"];

/// A request that is refused before anything ran.
struct Refused(StatusCode, &'static str, String);

impl Refused {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self(status, code, message.into())
    }

    fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
    }
}

/// `POST /graphql`.
pub async fn post(State(state): State<HttpState>, ConnectInfo(peer): ConnectInfo<SocketAddr>, headers: HeaderMap, body: Body) -> Response {
    let id = Uuid::now_v7();
    let Some(form) = negotiate::form(&headers) else {
        return not_acceptable(id);
    };
    match read_post(&headers, body).await {
        Ok(request) => run(&state, peer, &headers, request, form, id, false).await,
        Err(refused) => refuse(refused, form, id),
    }
}

/// `GET /graphql`: queries only.
pub async fn get(
    State(state): State<HttpState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Query(parameters): Query<HashMap<String, String>>,
) -> Response {
    let id = Uuid::now_v7();
    let Some(form) = negotiate::form(&headers) else {
        return not_acceptable(id);
    };
    match read_get(&parameters) {
        Ok(request) => run(&state, peer, &headers, request, form, id, true).await,
        Err(refused) => refuse(refused, form, id),
    }
}

async fn read_post(headers: &HeaderMap, body: Body) -> Result<Request, Refused> {
    let unsupported = || {
        Refused::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "UNSUPPORTED_MEDIA_TYPE",
            "Send application/json in UTF-8, or multipart/form-data for uploads",
        )
    };
    match negotiate::content_type(headers).as_deref() {
        Some("application/json") => {
            let bytes = Limited::new(body, MAX_BODY).collect().await.map_err(|_| too_large())?.to_bytes();
            let value = serde_json::from_slice(&bytes).map_err(|_| Refused::bad("The body is not JSON"))?;
            request_of(value)
        }
        Some("multipart/form-data") => read_multipart(headers, body).await,
        _ => Err(unsupported()),
    }
}

fn too_large() -> Refused {
    Refused::new(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", "The body is too large")
}

/// One upload. A form of another site's page could send this without asking, so a header it cannot send is needed.
async fn read_multipart(headers: &HeaderMap, body: Body) -> Result<Request, Refused> {
    if !PREFLIGHT.iter().any(|name| headers.contains_key(*name)) {
        return Err(Refused::bad(format!("Send the header {} with a multipart request", PREFLIGHT[0])));
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let options = MultipartOptions::default().max_file_size(MAX_UPLOAD).max_num_files(1);
    let bytes = chunks(body);
    async_graphql::http::receive_body(kind, bytes.into_async_read(), options)
        .await
        .map_err(|error| match error {
            async_graphql::ParseRequestError::PayloadTooLarge => too_large(),
            async_graphql::ParseRequestError::Io(error) if error.to_string().contains("length limit") => too_large(),
            _ => Refused::bad("The multipart request is malformed"),
        })
}

/// The body's chunks, as long as they are not too many.
fn chunks(body: Body) -> BoxStream<'static, std::io::Result<Bytes>> {
    Limited::new(body, MAX_MULTIPART)
        .into_data_stream()
        .map_err(std::io::Error::other)
        .boxed()
}

/// A request out of a JSON object, each part checked for its type.
fn request_of(value: Value) -> Result<Request, Refused> {
    let Value::Object(mut object) = value else {
        return Err(Refused::bad("The body must be one JSON object; batches are not served"));
    };
    let Some(Value::String(query)) = object.remove("query") else {
        return Err(Refused::bad("`query` must be a string"));
    };
    let mut request = Request::new(query);
    match object.remove("operationName") {
        None | Some(Value::Null) => {}
        Some(Value::String(name)) => request = request.operation_name(name),
        Some(_) => return Err(Refused::bad("`operationName` must be a string")),
    }
    match object.remove("variables") {
        None | Some(Value::Null) => {}
        Some(variables @ Value::Object(_)) => request = request.variables(Variables::from_json(variables)),
        Some(_) => return Err(Refused::bad("`variables` must be an object")),
    }
    match object.remove("extensions") {
        None | Some(Value::Null | Value::Object(_)) => Ok(request),
        Some(_) => Err(Refused::bad("`extensions` must be an object")),
    }
}

fn read_get(parameters: &HashMap<String, String>) -> Result<Request, Refused> {
    let mut object = serde_json::Map::new();
    for (name, text) in parameters {
        let value = match name.as_str() {
            "variables" | "extensions" if text.is_empty() => Value::Null,
            "variables" | "extensions" => serde_json::from_str(text).map_err(|_| Refused::bad(format!("`{name}` is not JSON")))?,
            "operationName" if text.is_empty() => Value::Null,
            _ => Value::String(text.clone()),
        };
        object.insert(name.clone(), value);
    }
    request_of(Value::Object(object))
}

/// Admits the caller, runs the request and gives the answer its status.
async fn run(state: &HttpState, peer: SocketAddr, headers: &HeaderMap, request: Request, form: Form, id: Uuid, get: bool) -> Response {
    let kind = operation_kind(&request);
    if get && kind.is_some_and(|kind| kind != OperationType::Query) {
        let mut response = refuse(
            Refused::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", "GET runs queries only"),
            form,
            id,
        );
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
        return response;
    }
    if kind == Some(OperationType::Subscription) {
        return refuse(Refused::bad("Subscriptions are served over WebSocket on the same path"), form, id);
    }
    let actor = match admit(state, headers).await {
        Ok(actor) => actor,
        Err(refused) => return refuse(refused, form, id),
    };
    let span = tracing::info_span!("request", id = %id, user = actor.user().map(tracing::field::display), operation = request.operation_name.as_deref());
    let request = request
        .data(actor)
        .data(RequestId(id))
        .data(context::locale(headers))
        .data(context::client_address(peer, headers, &state.trusted_proxies))
        .data(client_name(headers))
        .data(RefreshCookie(context::refresh_cookie(headers)));
    let answer = state
        .engine
        .run(request, id, kind == Some(OperationType::Mutation))
        .instrument(span.clone())
        .await;
    span.in_scope(|| tracing::info!(kind = ?kind, errors = answer.errors.len(), "answered"));
    finish(answer, form, id)
}

/// The kind of the operation that would run; `None` if the text does not say.
fn operation_kind(request: &Request) -> Option<OperationType> {
    scan(&request.query).ok()?;
    kind_in(&parse_query(&request.query).ok()?, request.operation_name.as_deref())
}

/// The kind of a document's operation of this name, or of its only one.
pub fn kind_in(document: &ExecutableDocument, name: Option<&str>) -> Option<OperationType> {
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), _) => Some(operation.node.ty),
        (DocumentOperations::Multiple(list), Some(name)) => list.get(name).map(|operation| operation.node.ty),
        (DocumentOperations::Multiple(_), None) => None,
    }
}

async fn admit(state: &HttpState, headers: &HeaderMap) -> Result<Actor, Refused> {
    match context::bearer(headers) {
        None => Ok(Actor::Anonymous),
        Some(None) => Err(unauthenticated(Refusal::BadToken)),
        Some(Some(token)) => state.door.admit(token).await.map_err(unauthenticated),
    }
}

fn unauthenticated(refusal: Refusal) -> Refused {
    match refusal {
        Refusal::BadToken | Refusal::Ended => Refused::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", refusal.to_string()),
        Refusal::Unavailable => Refused::new(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", refusal.to_string()),
    }
}

fn client_name(headers: &HeaderMap) -> ClientName {
    let name = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    ClientName(name.chars().take(200).collect())
}

/// A well-formed request that fails before it runs is 400 in the new form and 200 in the old.
fn finish(answer: Answer, form: Form, id: Uuid) -> Response {
    let status = match (answer::is_request_error(&answer), form) {
        _ if has_code(&answer, "UNAVAILABLE") && answer::is_request_error(&answer) => StatusCode::SERVICE_UNAVAILABLE,
        _ if has_code(&answer, "INTERNAL_SERVER_ERROR") && answer::is_request_error(&answer) => StatusCode::INTERNAL_SERVER_ERROR,
        (true, Form::GraphQl) => StatusCode::BAD_REQUEST,
        _ => StatusCode::OK,
    };
    let mut response = (status, answer::body(&answer).to_string()).into_response();
    response.headers_mut().extend(answer.http_headers.clone());
    dress(&mut response, form, id);
    response
}

fn has_code(answer: &Answer, code: &str) -> bool {
    answer
        .errors
        .iter()
        .any(|error| error.extensions.as_ref().and_then(|extensions| extensions.get("code")) == Some(&code.into()))
}

fn refuse(Refused(status, code, message): Refused, form: Form, id: Uuid) -> Response {
    let mut answer = answer::refused(&message, code);
    for error in &mut answer.errors {
        error.extensions.get_or_insert_default().set("requestId", id.to_string());
    }
    let mut response = (status, answer::body(&answer).to_string()).into_response();
    dress(&mut response, form, id);
    response
}

fn not_acceptable(id: Uuid) -> Response {
    refuse(
        Refused::new(
            StatusCode::NOT_ACCEPTABLE,
            "NOT_ACCEPTABLE",
            "Accept application/graphql-response+json or application/json",
        ),
        Form::Json,
        id,
    )
}

fn dress(response: &mut Response, form: Form, id: Uuid) {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(form.content_type()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(id) = HeaderValue::from_str(&id.to_string()) {
        headers.insert("x-request-id", id);
    }
}
