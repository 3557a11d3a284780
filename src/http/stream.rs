//! One operation on a socket, in a task of its own.

use async_graphql::{
    Request, Response, Value,
    parser::{parse_query, types::OperationType},
};
use futures::StreamExt;
use serde_json::json;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::{
    answer::{Engine, body, refused},
    frame::Outgoing,
    graphql::kind_in,
};
use crate::graphql::{request::RequestId, scan::scan};

/// An operation and where its answers go.
pub struct Operation {
    /// The client's id of it.
    pub id: String,
    /// What runs it.
    pub engine: Engine,
    /// The socket's queue.
    pub queue: mpsc::Sender<Outgoing>,
}

impl Operation {
    /// Says that the socket has as many as it may.
    pub async fn refuse(self) {
        self.fail(&refused("A socket carries at most 20 operations at once", "LIMIT_REACHED"))
            .await;
    }

    /// Runs it to its end.
    pub async fn run(self, request: Request) {
        let id = Uuid::now_v7();
        let request = request.data(RequestId(id));
        let document = scan(&request.query).ok().and_then(|()| parse_query(&request.query).ok());
        let kind = document.and_then(|document| kind_in(&document, request.operation_name.as_deref()));
        match kind {
            Some(OperationType::Subscription) => self.stream(request, id).await,
            _ => self.once(request, id, kind == Some(OperationType::Mutation)).await,
        }
    }

    async fn once(&self, request: Request, id: Uuid, mutation: bool) {
        let response = self.engine.run(request, id, mutation).await;
        if response.data == Value::Null && !response.errors.is_empty() && response.errors.iter().all(|error| error.path.is_empty()) {
            return self.fail(&response).await;
        }
        self.say(Outgoing::Next(self.id.clone(), body(&response))).await;
        self.say(Outgoing::Complete(self.id.clone())).await;
    }

    async fn stream(&self, request: Request, id: Uuid) {
        let (query, name) = (request.query.clone(), request.operation_name.clone());
        let mut responses = std::pin::pin!(self.engine.schema().execute_stream(request));
        while let Some(mut response) = responses.next().await {
            self.engine.shape(&mut response, &query, name.as_deref(), id);
            // Without data it did not start, or does not go on.
            if response.data == Value::Null && !response.errors.is_empty() {
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
    async fn say(&self, answer: Outgoing) -> bool {
        self.queue.send(answer).await.is_ok()
    }
}
