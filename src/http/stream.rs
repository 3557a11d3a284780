//! One operation on a socket, in a task of its own.

use std::panic::AssertUnwindSafe;

use async_graphql::{Request, Response, Value, parser::types::OperationType};
use futures::{FutureExt, StreamExt, stream::BoxStream};
use serde_json::json;
use tokio::sync::mpsc;
use tracing::Instrument;

use super::{
    answer::{Call, Engine, body, is_request_error, name_errors, panicked, refused},
    frame::Outgoing,
    graphql::kind_in,
};
use crate::{
    graphql::{limits::examine, request::RequestId},
    kernel::policy::Actor,
};

/// What an operation says, and which operation it is. A client may use an id again, so the id alone does not tell.
pub struct Said {
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
    /// Who asks.
    pub actor: Actor,
    /// What runs it.
    pub engine: Engine,
    /// The socket's queue. Operations wait for a place in it in turn, so that a busy one cannot starve the others.
    pub queue: mpsc::Sender<Said>,
}

/// The next answer; a resolver that panicked makes it an error.
async fn unbroken(responses: &mut BoxStream<'static, Response>) -> Option<Response> {
    let next = AssertUnwindSafe(responses.next()).catch_unwind().await;
    next.unwrap_or_else(|payload| Some(panicked(&*payload)))
}

/// What an operation is told that a socket has no room for.
pub fn no_room(id: String) -> Outgoing {
    let mut response = refused("A socket carries at most 20 operations at once.", "LIMIT_REACHED");
    name_errors(&mut response, RequestId::fresh());
    Outgoing::Error(id, json!(response.errors))
}

impl Operation {
    /// Runs it to its end.
    pub async fn run(self, mut request: Request) {
        let id = RequestId::fresh();
        let name = request.operation_name.clone();
        let kind = match examine(&mut request) {
            Ok(document) => kind_in(document, name.as_deref()),
            Err(error) => {
                let mut response = Response::from_errors(vec![error]);
                name_errors(&mut response, id);
                self.engine.count_refused(&response);
                return self.fail(&response).await;
            }
        };
        let (actor, request) = (self.actor, request.data(id));
        let call = Call { request, id, actor, kind };
        if kind == Some(OperationType::Subscription) {
            let span = call.span();
            self.stream(call).instrument(span).await;
        } else {
            self.once(call).await;
        }
    }

    async fn once(&self, call: Call) {
        let response = self.engine.run(call).await;
        if is_request_error(&response) {
            return self.fail(&response).await;
        }
        self.say(Outgoing::Next(self.id.clone(), body(&response))).await;
        self.say(Outgoing::Complete(self.id.clone())).await;
    }

    async fn stream(&self, call: Call) {
        let id = call.id;
        tracing::info!("subscribed");
        let _open = self.engine.meters().streams.enter();
        let mut responses = self.engine.stream(call.request);
        while let Some(mut response) = unbroken(&mut responses).await {
            name_errors(&mut response, id);
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
        self.queue.send(Said { serial, what }).await.is_ok()
    }
}
