//! A small client of the `graphql-transport-ws` protocol.

use std::time::Duration;

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use super::{Person, TestApp};

/// A test fails when nothing comes for so long; it never waits for this to pass.
const NEVER: Duration = Duration::from_secs(60);

/// What a server says of an operation, or that it closed the socket.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// A result: the operation's id and its payload, with `data` and `errors`.
    Next(String, Value),
    /// The operation ended with errors.
    Error(String, Value),
    /// The operation is over.
    Complete(String),
    /// The socket was closed with this code; 1006 when it broke off.
    Closed(u16),
}

/// An open socket.
pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl TestApp {
    /// A socket of whoever the token names, ready for operations.
    pub async fn connect(&self, token: Option<&str>) -> Socket {
        Socket::connect(&self.url("/graphql"), token).await
    }
}

impl Person<'_> {
    /// A socket of his, ready for operations.
    pub async fn connects(&self) -> Socket {
        self.app.connect(Some(&self.token)).await
    }
}

impl Socket {
    /// A socket on which nothing was said yet.
    pub async fn open(url: &str) -> Self {
        let mut request = url.replacen("http://", "ws://", 1).into_client_request().unwrap();
        request
            .headers_mut()
            .insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
        Self(connect_async(request).await.unwrap().0)
    }

    /// A socket of whoever the token names, ready for operations.
    pub async fn connect(url: &str, token: Option<&str>) -> Self {
        Self::try_connect(url, token)
            .await
            .unwrap_or_else(|code| panic!("closed with {code}"))
    }

    /// The same, or the code with which the server closed it.
    pub async fn try_connect(url: &str, token: Option<&str>) -> Result<Self, u16> {
        let mut socket = Self::open(url).await;
        let payload = token.map_or_else(|| json!({}), |token| json!({ "authorization": format!("Bearer {token}") }));
        socket.says(&json!({ "type": "connection_init", "payload": payload })).await;
        match socket.hears().await {
            Ok(message) if message["type"] == "connection_ack" => Ok(socket),
            Ok(message) => panic!("no acknowledgement: {message}"),
            Err(code) => Err(code),
        }
    }

    /// A socket of whoever the token names, if there is a server that takes him now.
    pub async fn reach(url: &str, token: &str) -> Option<Self> {
        let mut request = url.replacen("http://", "ws://", 1).into_client_request().unwrap();
        request
            .headers_mut()
            .insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
        let mut socket = Self(connect_async(request).await.ok()?.0);
        let payload = json!({ "authorization": format!("Bearer {token}") });
        socket.says(&json!({ "type": "connection_init", "payload": payload })).await;
        let acknowledged = socket.hears().await.ok()?;
        (acknowledged["type"] == "connection_ack").then_some(socket)
    }

    /// Sends a message of the protocol.
    pub async fn says(&mut self, message: &Value) {
        // A socket that the server closed meanwhile is seen when listening.
        let _ = self.0.send(Message::Text(message.to_string().into())).await;
    }

    /// The next message, whatever it is; or the code with which the server closed.
    pub async fn hears(&mut self) -> Result<Value, u16> {
        loop {
            let message = timeout(NEVER, self.0.next()).await.expect("the server says nothing");
            match message {
                Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(Some(frame)))) => return Err(frame.code.into()),
                Some(Ok(Message::Close(None))) => return Err(1005),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(1006),
            }
        }
    }

    /// Starts an operation.
    pub async fn subscribe(&mut self, id: &str, query: &str, variables: Value) {
        self.says(&json!({ "id": id, "type": "subscribe", "payload": { "query": query, "variables": variables } }))
            .await;
    }

    /// Ends an operation.
    pub async fn complete(&mut self, id: &str) {
        self.says(&json!({ "id": id, "type": "complete" })).await;
    }

    /// What is said next of any operation. Pings are answered.
    pub async fn next(&mut self) -> Said {
        loop {
            let mut message = match self.hears().await {
                Ok(message) => message,
                Err(code) => return Said::Closed(code),
            };
            let id = message["id"].as_str().unwrap_or_default().to_owned();
            let payload = message["payload"].take();
            match message["type"].as_str() {
                Some("next") => return Said::Next(id, payload),
                Some("error") => return Said::Error(id, payload),
                Some("complete") => return Said::Complete(id),
                Some("ping") => self.says(&json!({ "type": "pong" })).await,
                Some("pong") => {}
                _ => panic!("not of the protocol: {message}"),
            }
        }
    }

    /// The next result of any operation, which must be one without errors.
    pub async fn data(&mut self) -> Value {
        match self.next().await {
            Said::Next(_, mut payload) if payload.get("errors").is_none() => payload["data"].take(),
            other => panic!("no result: {other:?}"),
        }
    }

    /// The code of the error with which the next operation ends.
    pub async fn error(&mut self) -> String {
        match self.next().await {
            Said::Error(_, errors) => errors[0]["extensions"]["code"].as_str().unwrap_or_default().to_owned(),
            other => panic!("no error: {other:?}"),
        }
    }

    /// Runs a query or mutation and answers its whole response. Nothing else may be under way.
    pub async fn asks(&mut self, query: &str, variables: Value) -> Value {
        self.subscribe("asks", query, variables).await;
        let answer = match self.next().await {
            Said::Next(_, payload) => payload,
            other => panic!("no answer: {other:?}"),
        };
        assert_eq!(self.next().await, Said::Complete("asks".to_owned()));
        answer
    }

    /// Listens until the server closes; answers the code and what came before.
    pub async fn closed(&mut self) -> (u16, Vec<Said>) {
        let mut before = Vec::new();
        loop {
            match self.next().await {
                Said::Closed(code) => return (code, before),
                said => before.push(said),
            }
        }
    }

    /// Says goodbye.
    pub async fn close(mut self) {
        // A peer that is gone needs no goodbye.
        let _ = self.0.close(None).await;
    }
}
