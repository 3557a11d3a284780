//! GraphQL over HTTP, by the GraphQL-over-HTTP draft.

use std::{collections::HashMap, net::SocketAddr};

use async_graphql::{
    Request, Response as Answer,
    parser::types::{DocumentOperations, ExecutableDocument, OperationType},
};
use axum::{
    Extension,
    body::Body,
    extract::{ConnectInfo, Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{
    HttpState,
    answer::{self, Call},
    context,
    door::Refusal,
    negotiate::{self, Form},
    read::{self, Refused},
};
use crate::{
    graphql::{
        errors::FieldCode,
        limits::examine,
        request::{RefreshCookie, RequestId},
    },
    kernel::policy::Actor,
};

/// What came with a request beside its body.
struct Envelope {
    peer: SocketAddr,
    headers: HeaderMap,
    method: Method,
    id: RequestId,
}

/// `POST /graphql`.
pub async fn post(
    State(state): State<HttpState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let Some(form) = negotiate::form(&headers) else {
        return not_acceptable(id);
    };
    match read::post(&headers, body).await {
        Ok(request) => {
            let method = Method::POST;
            let envelope = Envelope { peer, headers, method, id };
            run(&state, &envelope, request, form).await
        }
        Err(refused) => refuse(refused, form, id),
    }
}

/// `GET /graphql`: queries only.
pub async fn get(
    State(state): State<HttpState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    parameters: Result<Query<HashMap<String, String>>, QueryRejection>,
) -> Response {
    let Some(form) = negotiate::form(&headers) else {
        return not_acceptable(id);
    };
    let parameters = parameters.map_err(|_| Refused::bad("The address's parameters are malformed."));
    match parameters.and_then(|Query(parameters)| read::get(&parameters)) {
        Ok(request) => {
            let method = Method::GET;
            let envelope = Envelope { peer, headers, method, id };
            run(&state, &envelope, request, form).await
        }
        Err(refused) => refuse(refused, form, id),
    }
}

/// `/graphql` by any other method.
pub async fn other(Extension(id): Extension<RequestId>) -> Response {
    refuse(not_allowed("Use GET for queries, POST, or a WebSocket."), Form::Json, id)
}

fn not_allowed(message: &str) -> Refused {
    Refused::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", message)
}

/// Admits the caller, runs the request and gives the answer its status.
async fn run(state: &HttpState, envelope: &Envelope, request: Request, form: Form) -> Response {
    match call(state, envelope, request).await {
        Ok(call) => finish(state.engine.run(call).await, form, envelope.id),
        Err(Stop::Refused(refused)) => refuse(refused, form, envelope.id),
        Err(Stop::Document(mut answer)) => {
            answer::name_errors(&mut answer, envelope.id);
            state.engine.count_refused(&answer);
            finish(answer, form, envelope.id)
        }
    }
}

/// Why a request does not run.
enum Stop {
    /// The transport refuses it.
    Refused(Refused),
    /// It is well-formed, but its document is not to be run.
    Document(Answer),
}

async fn call(state: &HttpState, envelope: &Envelope, mut request: Request) -> Result<Call, Stop> {
    let name = request.operation_name.clone();
    let kind = match examine(&mut request) {
        Ok(document) => kind_in(document, name.as_deref()),
        Err(error) => return Err(Stop::Document(Answer::from_errors(vec![error]))),
    };
    let refused = match kind {
        Some(OperationType::Subscription) => Some(Refused::bad("Subscriptions are served over WebSocket on the same path.")),
        Some(OperationType::Mutation) if envelope.method == Method::GET => Some(not_allowed("GET runs queries only.")),
        _ => None,
    };
    if let Some(refused) = refused {
        return Err(Stop::Refused(refused));
    }
    let headers = &envelope.headers;
    let actor = admit(state, headers).await.map_err(Stop::Refused)?;
    let request = request
        .data(actor)
        .data(envelope.id)
        .data(context::locale(headers))
        .data(context::client_address(envelope.peer, headers, &state.trusted_proxies))
        .data(context::client_name(headers))
        .data(RefreshCookie(context::refresh_cookie(headers)));
    let id = envelope.id;
    Ok(Call { request, id, actor, kind })
}

/// The kind of a document's operation of this name, or of its only one, as the engine chooses.
pub fn kind_in(document: &ExecutableDocument, name: Option<&str>) -> Option<OperationType> {
    let operation = match (&document.operations, name) {
        (DocumentOperations::Single(operation), _) => Some(operation),
        (DocumentOperations::Multiple(list), Some(name)) => list.get(name),
        // An only operation may have a name and needs none in the request.
        (DocumentOperations::Multiple(list), None) if list.len() == 1 => list.values().next(),
        (DocumentOperations::Multiple(_), None) => None,
    };
    operation.map(|operation| operation.node.ty)
}

async fn admit(state: &HttpState, headers: &HeaderMap) -> Result<Actor, Refused> {
    match context::bearer(headers) {
        None => Ok(Actor::Anonymous),
        Some(None) => Err(unauthenticated(Refusal::BadToken)),
        Some(Some(token)) => state.door.admit(token).await.map_err(unauthenticated),
    }
}

fn unauthenticated(refusal: Refusal) -> Refused {
    let (status, code) = match refusal {
        Refusal::BadToken | Refusal::Ended => (StatusCode::UNAUTHORIZED, FieldCode::Unauthenticated),
        Refusal::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, FieldCode::Unavailable),
    };
    Refused::new(status, code.as_str(), refusal.to_string())
}

/// A well-formed request that fails before it runs is 400 in the new form and 200 in the old.
fn finish(answer: Answer, form: Form, id: RequestId) -> Response {
    let code = answer.errors.first().and_then(answer::code_of);
    let status = match (answer::is_request_error(&answer), code.as_deref(), form) {
        (false, ..) => StatusCode::OK,
        (true, Some("UNAVAILABLE"), _) => StatusCode::SERVICE_UNAVAILABLE,
        (true, Some("INTERNAL_SERVER_ERROR"), _) => StatusCode::INTERNAL_SERVER_ERROR,
        (true, Some("RATE_LIMITED"), Form::GraphQl) => StatusCode::TOO_MANY_REQUESTS,
        (true, _, Form::GraphQl) => StatusCode::BAD_REQUEST,
        (true, _, Form::Json) => StatusCode::OK,
    };
    let mut response = dressed(status, &answer, form, id);
    response.headers_mut().extend(answer.http_headers);
    response
}

fn refuse(refused: Refused, form: Form, id: RequestId) -> Response {
    let mut answer = answer::refused(&refused.message, refused.code);
    answer::name_errors(&mut answer, id);
    tracing::info!(id = %id.0, status = refused.status.as_u16(), code = refused.code, "refused");
    let mut response = dressed(refused.status, &answer, form, id);
    let headers = response.headers_mut();
    match refused.status {
        StatusCode::METHOD_NOT_ALLOWED => headers.insert(header::ALLOW, HeaderValue::from_static("POST")),
        StatusCode::UNAUTHORIZED => headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")),
        _ => None,
    };
    response
}

fn not_acceptable(id: RequestId) -> Response {
    let message = "Accept application/graphql-response+json or application/json.";
    refuse(Refused::new(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", message), Form::Json, id)
}

fn dressed(status: StatusCode, answer: &Answer, form: Form, id: RequestId) -> Response {
    let headers = [
        (header::CONTENT_TYPE, form.content_type()),
        (header::CACHE_CONTROL, "no-store"),
        (header::VARY, "accept, accept-language"),
    ];
    match serde_json::to_vec(&answer::body(answer)) {
        Ok(body) => (status, headers, body).into_response(),
        Err(error) => {
            tracing::error!(id = %id.0, %error, "an answer cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
