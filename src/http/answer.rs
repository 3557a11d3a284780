//! Requests run to their end, and their answers get their shape: nulls, codes, request ids.

use std::{sync::Arc, time::Duration};

use async_graphql::{Request, Response, ServerError, Value, parser::parse_query};
use serde_json::json;
use tokio::{task::JoinHandle, time::timeout};
use uuid::Uuid;

use crate::graphql::{nulls::Shapes, schema::Schema};

/// How long a caller waits at most. A mutation goes on to its end behind his back.
const PATIENCE: Duration = Duration::from_secs(15);

/// The schema and what shaping its answers needs.
#[derive(Clone)]
pub struct Engine {
    schema: Schema,
    shapes: Arc<Shapes>,
}

impl Engine {
    /// An engine of this schema.
    #[must_use]
    pub fn new(schema: Schema) -> Self {
        let shapes = Arc::new(Shapes::read(&schema.sdl()));
        Self { schema, shapes }
    }

    /// The schema itself, for streams.
    #[must_use]
    pub const fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Runs a request in a task of its own: a caller who hangs up cancels nothing, and a resolver that panics takes nobody with it.
    pub async fn run(&self, request: Request, id: Uuid, mutation: bool) -> Response {
        let (query, operation) = (request.query.clone(), request.operation_name.clone());
        let schema = self.schema.clone();
        let mut task = tokio::spawn(async move { schema.execute(request).await });
        let mut response = wait(&mut task, mutation).await;
        self.shape(&mut response, &query, operation.as_deref(), id);
        response
    }

    /// Gives a response its nulls, codes and request ids.
    pub fn shape(&self, response: &mut Response, query: &str, operation: Option<&str>, id: Uuid) {
        if response.errors.is_empty() {
            return;
        }
        if let Ok(document) = parse_query(query) {
            self.shapes.mend(response, &document, operation);
        }
        for error in &mut response.errors {
            let missing = if error.path.is_empty() {
                "GRAPHQL_VALIDATION_FAILED"
            } else {
                "BAD_USER_INPUT"
            };
            let extensions = error.extensions.get_or_insert_default();
            if extensions.get("code").is_none() {
                extensions.set("code", missing);
            }
            extensions.set("requestId", id.to_string());
        }
    }
}

async fn wait(task: &mut JoinHandle<Response>, mutation: bool) -> Response {
    match timeout(PATIENCE, &mut *task).await {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => {
            tracing::error!(%panic, "a resolver panicked");
            refused("Something went wrong on our side. It has been logged.", "INTERNAL_SERVER_ERROR")
        }
        Err(_) => {
            if !mutation {
                task.abort();
            }
            refused(
                "This takes too long. Try again; with the same idempotency key nothing happens twice.",
                "UNAVAILABLE",
            )
        }
    }
}

/// A response that refuses the whole request.
#[must_use]
pub fn refused(message: &str, code: &str) -> Response {
    let mut error = ServerError::new(message, None);
    error.extensions.get_or_insert_default().set("code", code);
    Response::from_errors(vec![error])
}

/// Whether the request itself failed: nothing ran, so there is no `data`.
#[must_use]
pub fn is_request_error(response: &Response) -> bool {
    response.data == Value::Null && response.errors.iter().any(|error| error.path.is_empty())
}

/// The body of an answer. A request that failed has no `data` at all.
#[must_use]
pub fn body(response: &Response) -> serde_json::Value {
    if is_request_error(response) {
        return json!({ "errors": response.errors });
    }
    serde_json::to_value(response).unwrap_or_else(|_| json!({ "errors": [{ "message": "The answer cannot be written." }] }))
}
