//! GraphQL over HTTP, by the GraphQL-over-HTTP draft.

use std::{collections::HashMap, net::SocketAddr, sync::Arc};

use async_graphql::{Request, Response as Answer, ServerError, Value, parser::types::OperationType};
use axum::{
    Extension,
    body::Body,
    extract::{ConnectInfo, Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use entity::kinds::Locale;

use super::{
    HttpState, answer, context,
    door::Refusal,
    gate::{self, Call, Visitor},
    negotiate::{self, Form},
    read::{self, Refused},
};
use crate::{
    graphql::{
        errors::FieldCode,
        request::{RefreshCookie, RequestId},
        said::Said,
    },
    kernel::policy::Actor,
};

/// What came with a request beside its body.
struct Envelope {
    peer: SocketAddr,
    headers: HeaderMap,
    method: Method,
    id: RequestId,
    /// In which form and language to answer.
    form: Form,
    locale: Locale,
}

/// `POST /graphql`.
pub async fn post(
    State(state): State<Arc<HttpState>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let Some(envelope) = open(peer, headers, Method::POST, id) else {
        return not_acceptable(id);
    };
    match receive(&state, &envelope, body).await {
        Ok((request, actor)) => run(&state, &envelope, request, actor).await,
        Err(refused) => refuse(refused, &envelope),
    }
}

/// Reads a POST. A file is taken from members alone, so a stranger's is not even read.
async fn receive(state: &HttpState, envelope: &Envelope, body: Body) -> Result<(Request, Option<Actor>), Refused> {
    let headers = &envelope.headers;
    let mut actor = None;
    if negotiate::content_type(headers).as_deref() == Some("multipart/form-data") {
        actor = Some(admit(state, headers).await?);
        if actor == Some(Actor::Anonymous) {
            let (status, code) = (StatusCode::UNAUTHORIZED, FieldCode::Unauthenticated);
            return Err(Refused::new(status, code.as_str(), "field-unauthenticated"));
        }
    }
    Ok((read::post(headers, body, state.pace.body).await?, actor))
}

/// `GET /graphql`: queries only.
pub async fn get(
    State(state): State<Arc<HttpState>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    parameters: Result<Query<HashMap<String, String>>, QueryRejection>,
) -> Response {
    let Some(envelope) = open(peer, headers, Method::GET, id) else {
        return not_acceptable(id);
    };
    let parameters = parameters.map_err(|_| Refused::bad("request-parameters"));
    match parameters.and_then(|Query(parameters)| read::get(&parameters)) {
        Ok(request) => run(&state, &envelope, request, None).await,
        Err(refused) => refuse(refused, &envelope),
    }
}

/// `/graphql` by any other method. `OPTIONS` that asks for no origin tells what there is.
pub async fn other(
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(id): Extension<RequestId>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    if method == Method::OPTIONS {
        return (StatusCode::NO_CONTENT, [(header::ALLOW, METHODS)]).into_response();
    }
    match open(peer, headers, method, id) {
        Some(envelope) => refuse(not_allowed("request-method"), &envelope),
        None => not_acceptable(id),
    }
}

/// The methods of `/graphql`.
const METHODS: &str = "GET, HEAD, POST, OPTIONS";

/// `None`: the caller takes no form that there is.
fn open(peer: SocketAddr, headers: HeaderMap, method: Method, id: RequestId) -> Option<Envelope> {
    Some(Envelope {
        form: negotiate::form(&headers)?,
        locale: context::locale(&headers),
        peer,
        headers,
        method,
        id,
    })
}

const fn not_allowed(words: &'static str) -> Refused {
    Refused::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", words)
}

/// Admits the caller, runs the request and gives the answer its status.
async fn run(state: &HttpState, envelope: &Envelope, request: Request, actor: Option<Actor>) -> Response {
    match call(state, envelope, request, actor).await {
        Ok(call) => finish(state.engine.run(call).await, envelope),
        Err(Stop::Refused(refused)) => refuse(refused, envelope),
        Err(Stop::Document(error)) => {
            let mut answer = answer::refused(error);
            answer::name_errors(&mut answer, envelope.id, envelope.locale);
            state.engine.count_refused(envelope.id, &answer);
            finish(answer, envelope)
        }
    }
}

/// Why a request does not run.
enum Stop {
    /// The transport refuses it.
    Refused(Refused),
    /// It is well-formed, but its document is not to be run.
    Document(ServerError),
}

async fn call(state: &HttpState, envelope: &Envelope, request: Request, actor: Option<Actor>) -> Result<Call, Stop> {
    let weighed = gate::weigh(state, request).await.map_err(Stop::Document)?;
    let refused = match weighed.kind() {
        Some(OperationType::Subscription) => Some(Refused::bad("request-subscription")),
        Some(OperationType::Mutation) if envelope.method != Method::POST => Some(not_allowed("request-get-mutation")),
        _ => None,
    };
    if let Some(refused) = refused {
        return Err(Stop::Refused(refused));
    }
    let headers = &envelope.headers;
    let actor = match actor {
        Some(actor) => actor,
        None => admit(state, headers).await.map_err(Stop::Refused)?,
    };
    let visitor = Visitor {
        id: envelope.id,
        actor,
        locale: envelope.locale,
        address: context::client_address(envelope.peer, headers, &state.trusted_proxies),
        name: context::client_name(headers),
        cookie: RefreshCookie(context::refresh_cookie(headers)),
    };
    gate::pass(state, weighed, visitor).await.map_err(Stop::Document)
}

async fn admit(state: &HttpState, headers: &HeaderMap) -> Result<Actor, Refused> {
    match context::bearer(headers) {
        None => Ok(Actor::Anonymous),
        Some(None) => Err(unauthenticated(Refusal::BadToken)),
        Some(Some(token)) => state.door.admit(token).await.map_err(unauthenticated),
    }
}

const fn unauthenticated(refusal: Refusal) -> Refused {
    let (status, code) = match refusal {
        Refusal::BadToken | Refusal::Ended => (StatusCode::UNAUTHORIZED, FieldCode::Unauthenticated),
        Refusal::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, FieldCode::Unavailable),
    };
    Refused::new(status, code.as_str(), refusal.words())
}

/// A well-formed request that fails before it runs is 400 in the new form and 200 in the old; one that came too often or at a bad time says so in
/// both.
fn finish(answer: Answer, envelope: &Envelope) -> Response {
    let code = answer.errors.first().and_then(answer::code_of);
    let status = match (answer::is_request_error(&answer), code.as_deref(), envelope.form) {
        (false, ..) => StatusCode::OK,
        (true, Some("UNAVAILABLE"), _) => StatusCode::SERVICE_UNAVAILABLE,
        (true, Some("INTERNAL_SERVER_ERROR"), _) => StatusCode::INTERNAL_SERVER_ERROR,
        (true, Some("RATE_LIMITED"), _) => StatusCode::TOO_MANY_REQUESTS,
        (true, _, Form::GraphQl) => StatusCode::BAD_REQUEST,
        (true, _, Form::Json) => StatusCode::OK,
    };
    let mut response = dressed(status, &answer, envelope.form, envelope.id);
    if let Some(seconds) = retry_after(&answer) {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response.headers_mut().extend(answer.http_headers);
    response
}

/// Seconds until it is worth asking again.
fn retry_after(answer: &Answer) -> Option<u64> {
    match answer.errors.first()?.extensions.as_ref()?.get("retryAfter")? {
        Value::Number(seconds) => seconds.as_u64(),
        _ => None,
    }
}

fn refuse(refused: Refused, envelope: &Envelope) -> Response {
    let Refused { status, code, said } = refused;
    let response = refusal(status, code, said, envelope.form, envelope.locale, envelope.id);
    tracing::info!(id = %envelope.id.0, status = status.as_u16(), code, "refused");
    with_advice(response, status, &envelope.method)
}

fn refusal(status: StatusCode, code: &str, said: Said, form: Form, locale: Locale, id: RequestId) -> Response {
    let mut answer = answer::refused(said.refusal(code));
    answer::name_errors(&mut answer, id, locale);
    dressed(status, &answer, form, id)
}

/// What the status wants beside itself.
fn with_advice(mut response: Response, status: StatusCode, method: &Method) -> Response {
    let headers = response.headers_mut();
    match status {
        StatusCode::METHOD_NOT_ALLOWED if method == Method::GET => headers.insert(header::ALLOW, HeaderValue::from_static("POST")),
        StatusCode::METHOD_NOT_ALLOWED => headers.insert(header::ALLOW, HeaderValue::from_static(METHODS)),
        StatusCode::UNAUTHORIZED => headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")),
        // The rest of a body that nobody reads would be taken for the next request.
        StatusCode::PAYLOAD_TOO_LARGE | StatusCode::REQUEST_TIMEOUT => {
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"))
        }
        _ => None,
    };
    response
}

fn not_acceptable(id: RequestId) -> Response {
    let (status, code, said) = (StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", Said::new("request-accept"));
    tracing::info!(id = %id.0, status = status.as_u16(), code, "refused");
    refusal(status, code, said, Form::Json, Locale::En, id)
}

fn dressed(status: StatusCode, answer: &Answer, form: Form, id: RequestId) -> Response {
    let headers = [
        (header::CONTENT_TYPE, form.content_type()),
        (header::CACHE_CONTROL, "no-store"),
        (header::VARY, "accept, accept-language"),
    ];
    match answer::written(answer) {
        Ok(body) => (status, headers, body).into_response(),
        Err(error) => {
            tracing::error!(id = %id.0, %error, "an answer cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
