//! A bare client of `graphql-transport-ws`, which says exactly what a test tells it to.

use std::time::Duration;

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest},
};

/// A deadline for what must come: reaching it fails a test.
const NEVER: Duration = Duration::from_secs(60);
const PROTOCOL: (&str, &str) = ("sec-websocket-protocol", "graphql-transport-ws");

pub struct Speaker(pub WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Speaker {
    /// Opens a socket with these headers beside those of the handshake. The status, when it is refused.
    pub async fn open(address: impl std::fmt::Display, headers: &[(&'static str, &str)]) -> Result<Self, u16> {
        let mut request = format!("ws://{address}/graphql").into_client_request().unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        match connect_async(request).await {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    /// A socket of the right protocol.
    pub async fn plain(address: impl std::fmt::Display) -> Self {
        Self::open(address, &[PROTOCOL]).await.unwrap()
    }

    /// A socket that reads Chinese.
    pub async fn chinese(address: impl std::fmt::Display) -> Self {
        Self::open(address, &[PROTOCOL, ("accept-language", "zh-CN")]).await.unwrap()
    }

    /// A socket that was let in.
    pub async fn ready(address: impl std::fmt::Display, payload: Value) -> Self {
        Self::plain(address).await.init(payload).await
    }

    pub async fn init(mut self, payload: Value) -> Self {
        self.say(json!({"type": "connection_init", "payload": payload})).await;
        assert_eq!(self.hear().await["type"], "connection_ack");
        self
    }

    pub async fn say(&mut self, message: Value) {
        self.0.send(Message::text(message.to_string())).await.unwrap();
    }

    /// Says a text, whatever it is.
    pub async fn say_text(&mut self, text: String) {
        // A peer that closes does not take all of it.
        let _ = self.0.send(Message::text(text)).await;
    }

    /// Says it, though the other side may be gone by now.
    pub async fn try_say(&mut self, message: &Value) {
        // A peer that closed already does not take more.
        let _ = self.0.send(Message::text(message.to_string())).await;
    }

    pub async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(json!({"type": "subscribe", "id": id, "payload": {"query": query}})).await;
    }

    /// What one operation answers first.
    pub async fn asks(&mut self, query: &str) -> Value {
        self.subscribe("asks", query).await;
        let said = self.hear().await;
        if said["type"] == "next" {
            assert_eq!(self.hear().await["type"], "complete");
        }
        said
    }

    /// The next message.
    pub async fn hear(&mut self) -> Value {
        match timeout(NEVER, self.0.next()).await.expect("a message in time") {
            Some(Ok(Message::Text(text))) => serde_json::from_str(&text).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    /// The next message but pings, or the code with which the socket is closed.
    pub async fn hear_or_close(&mut self) -> Result<Value, u16> {
        loop {
            match timeout(NEVER, self.0.next()).await.expect("a word in time") {
                Some(Ok(Message::Text(text))) => {
                    let said: Value = serde_json::from_str(&text).unwrap();
                    if said["type"] != "ping" {
                        return Ok(said);
                    }
                }
                Some(Ok(Message::Close(frame))) => return Err(frame.map_or(1005, |frame| frame.code.into())),
                Some(Ok(_)) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// The code with which the socket is closed; what comes before is dropped.
    pub async fn closed(&mut self) -> u16 {
        loop {
            match timeout(NEVER, self.0.next()).await.expect("a close in time") {
                Some(Ok(Message::Close(frame))) => return frame.map_or(1005, |frame| frame.code.into()),
                Some(Ok(_)) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// Waits until the wire is cut, with or without a word.
    pub async fn cut(&mut self) {
        let rest = async { while let Some(Ok(_)) = self.0.next().await {} };
        timeout(NEVER, rest).await.expect("the wire is cut");
    }
}
