//! Runs one request, and does around the whole of it what an extension of the library would.
//!
//! A schema with any extension asks it for each field of each answer, which made a page of twenty listings half as dear again. What we want done
//! is done once a request, here: the live cursor is taken before anything is read, errors that stop a request get their codes, nulls go where the
//! specification wants them.

use async_graphql::{ObjectType, Request, Response, Schema, ServerError, SubscriptionType, Value};
use futures::{StreamExt, stream::BoxStream};
use std::sync::Arc;

use super::{limits::validation_failed, live, nulls, shape::Shape};
use crate::kernel::Env;

/// The most errors of validation that one answer tells.
const MOST_ERRORS: usize = 20;

/// Runs a query or a mutation.
pub async fn once<Q, M, S>(schema: &Schema<Q, M, S>, shape: &Shape, request: Request) -> Response
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    let asked = Asked::of(&request);
    let request = live::begin(schema.data::<Env>(), request).await;
    let mut response = schema.execute(request).await;
    asked.mend(shape, &mut response);
    response
}

/// Runs a subscription.
pub fn stream<Q, M, S>(schema: &Schema<Q, M, S>, shape: Arc<Shape>, request: Request) -> BoxStream<'static, Response>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    let asked = Asked::of(&request);
    let mended = move |mut response| {
        asked.mend(&shape, &mut response);
        response
    };
    schema.execute_stream(request).map(mended).boxed()
}

/// What is remembered of a request, in case it fails.
struct Asked {
    text: String,
    operation: Option<String>,
}

impl Asked {
    fn of(request: &Request) -> Self {
        Self {
            text: request.query.clone(),
            operation: request.operation_name.clone(),
        }
    }

    fn mend(&self, shape: &Shape, response: &mut Response) {
        if response.is_ok() {
            return;
        }
        if response.data == Value::Null && response.errors.iter().all(|error| error.path.is_empty()) {
            let errors = std::mem::take(&mut response.errors).into_iter().take(MOST_ERRORS);
            response.errors = errors.map(coded).collect();
        } else {
            nulls::mend(shape, &self.text, self.operation.as_deref(), response);
        }
    }
}

/// An error that stopped the request, with its code.
fn coded(error: ServerError) -> ServerError {
    let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
    if code.is_some() { error } else { validation_failed(error) }
}
