//! Many sockets that only listen.

use anyhow::{Context, Result, ensure};
use futures::{SinkExt, StreamExt};
use serde_json::json;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

/// One open socket.
pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Opens `count` sockets. Where there are tokens each signs in with its own and subscribes to its notices.
pub async fn open(address: &str, tokens: &[String], count: usize) -> Result<Vec<Socket>> {
    let mut all = Vec::new();
    for number in 0..count {
        all.push(one(address, tokens.get(number).map(String::as_str)).await?);
    }
    Ok(all)
}

async fn one(address: &str, token: Option<&str>) -> Result<Socket> {
    let mut request = format!("ws://{address}/graphql").into_client_request()?;
    request
        .headers_mut()
        .insert("sec-websocket-protocol", "graphql-transport-ws".parse()?);
    let (mut socket, _) = connect_async(request).await?;
    let payload = token.map_or_else(|| json!({}), |token| json!({ "authorization": format!("Bearer {token}") }));
    socket
        .send(Message::text(json!({ "type": "connection_init", "payload": payload }).to_string()))
        .await?;
    let word = socket.next().await.context("closed at once")??;
    ensure!(word.to_text()?.contains("connection_ack"), "not acknowledged: {word}");
    if token.is_some() {
        let query = "subscription N { noticeEvents { __typename } }";
        let message = json!({ "type": "subscribe", "id": "1", "payload": { "query": query } });
        socket.send(Message::text(message.to_string())).await?;
    }
    Ok(socket)
}
