//! Requests run to their end, and their errors get codes and the request's id.

use std::{
    any::Any,
    panic::AssertUnwindSafe,
    sync::Arc,
    time::{Duration, Instant},
};

use async_graphql::{ObjectType, Request, Response, ServerError, SubscriptionType, Value, parser::types::OperationType};
use async_trait::async_trait;
use entity::kinds::Locale;
use futures::{FutureExt, stream::BoxStream};
use serde_json::json;
use tokio::time::timeout;
use tracing::{Instrument, Span};

use super::gate::Call;
use crate::{
    graphql::{
        errors::FieldCode,
        limits::{Known, bad_input, validation_failed},
        request::RequestId,
        run,
        said::{Said, say_again},
        shape::Shape,
    },
    kernel::{Meters, tx::reading},
};

/// How long a caller waits at most. A mutation goes on to its end behind his back.
pub const PATIENCE: Duration = Duration::from_secs(15);

/// A schema, whatever its roots are.
#[async_trait]
trait Schema: Send + Sync {
    async fn once(&self, shape: &Shape, request: Request) -> Response;
    fn stream(&self, shape: Arc<Shape>, request: Request) -> BoxStream<'static, Response>;
}

#[async_trait]
impl<Q, M, S> Schema for async_graphql::Schema<Q, M, S>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    async fn once(&self, shape: &Shape, request: Request) -> Response {
        run::once(self, shape, request).await
    }

    fn stream(&self, shape: Arc<Shape>, request: Request) -> BoxStream<'static, Response> {
        run::stream(self, shape, request)
    }
}

/// Runs requests.
#[derive(Clone)]
pub struct Engine {
    schema: Arc<dyn Schema>,
    shape: Arc<Shape>,
    known: Arc<Known>,
    patience: Duration,
    meters: Arc<Meters>,
}

impl Engine {
    /// An engine of this schema, which has no extensions: what they would do is done in `graphql/run.rs`.
    ///
    /// # Panics
    /// When the schema's own text is not a schema.
    #[must_use]
    pub fn new<Q, M, S>(schema: async_graphql::Schema<Q, M, S>) -> Self
    where
        Q: ObjectType + 'static,
        M: ObjectType + 'static,
        S: SubscriptionType + 'static,
    {
        let shape = Shape::of(&schema.sdl()).expect("a schema reads its own text");
        Self {
            schema: Arc::new(schema),
            shape: Arc::new(shape),
            known: Arc::default(),
            patience: PATIENCE,
            meters: Arc::default(),
        }
    }

    /// What is known of the schema's fields.
    #[must_use]
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Documents that it was asked lately.
    #[must_use]
    pub fn known(&self) -> &Known {
        &self.known
    }

    /// The same, counting there.
    #[must_use]
    pub fn metered(self, meters: Arc<Meters>) -> Self {
        Self { meters, ..self }
    }

    /// Where it counts.
    #[must_use]
    pub fn meters(&self) -> &Arc<Meters> {
        &self.meters
    }

    /// The same with another patience than 15 s.
    #[must_use]
    pub fn patient(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Runs a request. A mutation runs in a task of its own, so that a caller who hangs up cancels nothing, and goes on when he waits no longer; a
    /// query changes nothing and ends with its caller, or when its time is over. A resolver that panics fails its request and nothing else.
    pub async fn run(&self, call: Call) -> Response {
        let (schema, shape, patience, span) = (Arc::clone(&self.schema), Arc::clone(&self.shape), self.patience, call.span());
        let (id, locale, cost) = (call.id, call.locale, call.cost);
        let (kind, start, running) = (kind_name(call.kind), Instant::now(), self.meters.running.enter());
        let ended = if call.kind == Some(OperationType::Mutation) {
            let work = async move {
                let _running = running;
                let response = schema.once(&shape, call.request).await;
                tell(&response, start.elapsed());
                response
            };
            let task = tokio::spawn(work.instrument(span.clone()));
            // Nobody cancels the task but a runtime that ends, and then nobody hears.
            let ended = timeout(patience, task).await.unwrap_or_else(|_| Ok(too_slow()));
            ended.map_err(|error| error.try_into_panic().unwrap_or_else(|error| Box::new(error.to_string())))
        } else {
            let mut waits = Waits {
                span: span.clone(),
                start,
                answered: false,
            };
            let run = AssertUnwindSafe(reading(schema.once(&shape, call.request))).catch_unwind();
            let ended = timeout(patience, run.instrument(span.clone()))
                .await
                .unwrap_or_else(|_| Ok(too_slow()));
            waits.answered = true;
            if let Ok(response) = &ended {
                span.in_scope(|| tell(response, start.elapsed()));
            }
            ended
        };
        let mut response = ended.unwrap_or_else(|payload| span.in_scope(|| panicked(&*payload)));
        name_errors(&mut response, id, locale);
        response.extensions.insert("cost".to_owned(), cost.told());
        self.meters.operation(kind, &codes(&response), start.elapsed());
        response
    }

    /// Counts a request that is refused before it runs, and leaves a line in the log.
    pub fn count_refused(&self, id: RequestId, response: &Response) {
        let codes = codes(response);
        tracing::info!(id = %id.0, code = codes.first(), "refused");
        self.meters.operation(kind_name(None), &codes, Duration::ZERO);
    }

    /// The answers of a subscription, one for each event.
    pub fn stream(&self, call: Call) -> BoxStream<'static, Response> {
        self.schema.stream(Arc::clone(&self.shape), call.request)
    }
}

/// Somebody waits for a query. One who hangs up leaves a line in the log.
struct Waits {
    span: Span,
    start: Instant,
    answered: bool,
}

impl Drop for Waits {
    fn drop(&mut self) {
        if !self.answered {
            let elapsed_ms = millis(self.start.elapsed());
            self.span.in_scope(|| tracing::info!(elapsed_ms, "abandoned"));
        }
    }
}

fn millis(elapsed: Duration) -> u64 {
    u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
}

/// The kind of an operation, as the metrics name it.
const fn kind_name(kind: Option<OperationType>) -> &'static str {
    match kind {
        Some(OperationType::Query) => "query",
        Some(OperationType::Mutation) => "mutation",
        Some(OperationType::Subscription) => "subscription",
        None => "unknown",
    }
}

fn codes(response: &Response) -> Vec<String> {
    response.errors.iter().filter_map(code_of).collect()
}

fn tell(response: &Response, elapsed: Duration) {
    let elapsed_ms = millis(elapsed);
    let code = response.errors.first().and_then(code_of);
    tracing::info!(
        status = code.as_deref().unwrap_or(if response.is_ok() { "OK" } else { "FAILED" }),
        errors = response.errors.len(),
        elapsed_ms,
        "answered"
    );
}

fn too_slow() -> Response {
    refused(Said::new("request-too-slow").refusal(FieldCode::Unavailable.as_str()))
}

/// What a request answers whose resolver panicked. The span around tells its id.
pub fn panicked(payload: &(dyn Any + Send)) -> Response {
    let words = payload.downcast_ref::<String>().map(String::as_str);
    let cause = words.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("no words");
    tracing::error!(cause, "a resolver panicked");
    refused(FieldCode::Internal.said().refusal(FieldCode::Internal.as_str()))
}

/// Gives all errors a code, the request's id, and words in the reader's language.
pub fn name_errors(response: &mut Response, id: RequestId, locale: Locale) {
    for error in &mut response.errors {
        if code_of(error).is_none() {
            // The document or a value in it is wrong, since resolvers name their own.
            let bare = std::mem::replace(error, ServerError::new("", None));
            *error = if bare.path.is_empty() {
                validation_failed(bare)
            } else {
                bad_input(bare)
            };
        }
        say_again(error, locale);
        error.extensions.get_or_insert_default().set("requestId", id.0.to_string());
    }
}

/// The code of an error.
#[must_use]
pub fn code_of(error: &ServerError) -> Option<String> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code.clone()),
        _ => None,
    }
}

/// A response that refuses the whole request.
#[must_use]
pub fn refused(error: ServerError) -> Response {
    Response::from_errors(vec![error])
}

/// Whether the request itself failed: nothing ran, so there is no `data`.
#[must_use]
pub fn is_request_error(response: &Response) -> bool {
    response.data == Value::Null && response.errors.iter().any(|error| error.path.is_empty())
}

/// The body of an answer, written.
///
/// # Errors
/// None in truth; the serialiser may have some.
pub fn written(response: &Response) -> serde_json::Result<Vec<u8>> {
    if is_request_error(response) {
        serde_json::to_vec(&body(response))
    } else {
        // Straight from the answer: as a value in between it would be copied whole.
        serde_json::to_vec(response)
    }
}

/// The body of an answer. A request that failed has no `data` at all.
#[must_use]
pub fn body(response: &Response) -> serde_json::Value {
    if !is_request_error(response) {
        return json!(response);
    }
    let mut body = json!({ "errors": response.errors });
    if !response.extensions.is_empty() {
        body["extensions"] = json!(response.extensions);
    }
    body
}
