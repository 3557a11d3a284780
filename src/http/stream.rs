//! One operation on a socket, in a task of its own.

use std::{panic::AssertUnwindSafe, sync::Arc};

use async_graphql::{Request, Response, ServerError, Value, parser::types::OperationType};
use entity::kinds::Locale;
use futures::{FutureExt, StreamExt, stream::BoxStream};
use serde_json::json;
use tokio::sync::mpsc;
use tracing::Instrument;

use super::{
    HttpState,
    answer::{body, is_request_error, name_errors, panicked, refused},
    frame::Outgoing,
    gate::{self, Call, Visitor},
};
use crate::graphql::{request::RequestId, said::Said};

/// What an operation says, and which operation it is. A client may use an id again, so the id alone does not tell.
pub struct Line {
    /// The operation's number on its socket.
    pub serial: u64,
    /// What it says.
    pub what: Outgoing,
}

/// One operation and where its answers go.
pub struct Operation {
    /// The client's id of it.
    pub id: String,
    /// Its number on the socket.
    pub serial: u64,
    /// What runs it.
    pub state: Arc<HttpState>,
    /// The socket's queue. Operations wait for a place in it in turn, so that a busy one cannot starve the others.
    pub queue: mpsc::Sender<Box<Line>>,
}

/// The next answer; a resolver that panicked makes it an error.
async fn unbroken(responses: &mut BoxStream<'static, Response>) -> Option<Response> {
    let next = AssertUnwindSafe(responses.next()).catch_unwind().await;
    next.unwrap_or_else(|payload| Some(panicked(&*payload)))
}

/// What an operation is told that a socket has no room for.
pub fn no_room(id: String, most: usize, locale: Locale) -> Outgoing {
    let (request, code) = (RequestId::fresh(), "LIMIT_REACHED");
    tracing::info!(id = %request.0, code, "refused");
    let mut response = refused(Said::new("request-streams").with("max", most).refusal(code));
    name_errors(&mut response, request, locale);
    Outgoing::Error(id, json!(response.errors))
}

impl Operation {
    /// Runs it to its end.
    pub async fn run(self, asked: Box<(Request, Visitor)>) {
        let (id, locale) = (asked.1.id, asked.1.locale);
        // What is soon over has a place of its own: this future has room for the largest of its parts, and a subscription waits in it for days.
        match Box::pin(self.call(asked)).await {
            Ok(call) if call.kind == Some(OperationType::Subscription) => {
                let span = call.span();
                self.stream(call).instrument(span).await;
            }
            Ok(call) => Box::pin(self.once(call)).await,
            Err(error) => {
                let mut response = refused(error);
                name_errors(&mut response, id, locale);
                self.state.engine.count_refused(id, &response);
                Box::pin(self.fail(&response)).await;
            }
        }
    }

    async fn call(&self, asked: Box<(Request, Visitor)>) -> Result<Box<Call>, ServerError> {
        let (request, visitor) = *asked;
        let weighed = gate::weigh(&self.state, request).await?;
        gate::pass(&self.state, weighed, visitor).await.map(Box::new)
    }

    async fn once(&self, call: Box<Call>) {
        let response = self.state.engine.run(*call).await;
        if is_request_error(&response) {
            return self.fail(&response).await;
        }
        self.say(Outgoing::Next(self.id.clone(), body(&response))).await;
        self.say(Outgoing::Complete(self.id.clone())).await;
    }

    async fn stream(&self, call: Box<Call>) {
        let (id, locale) = (call.id, call.locale);
        tracing::info!("subscribed");
        let _open = self.state.engine.meters().streams.enter();
        // What it was made of is over with.
        let mut responses = {
            let call = call;
            self.state.engine.stream(*call)
        };
        while let Some(mut response) = unbroken(&mut responses).await {
            name_errors(&mut response, id, locale);
            // Without data it did not start, or does not go on.
            if response.data == Value::Null && response.is_err() {
                return self.fail(&response).await;
            }
            if !self.say(Outgoing::Next(self.id.clone(), body(&response))).await {
                return;
            }
        }
        self.say(Outgoing::Complete(self.id.clone())).await;
    }

    async fn fail(&self, response: &Response) {
        self.say(Outgoing::Error(self.id.clone(), json!(response.errors))).await;
    }

    /// Waits for a place in the queue. `false`: the socket is gone.
    async fn say(&self, what: Outgoing) -> bool {
        let serial = self.serial;
        self.queue.send(Box::new(Line { serial, what })).await.is_ok()
    }
}
