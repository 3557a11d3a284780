//! GraphQL over WebSocket: the `graphql-transport-ws` protocol, by its text.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    extract::{
        ConnectInfo, State, WebSocketUpgrade,
        ws::{CloseFrame, Message, WebSocket},
    },
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use entity::kinds::Locale;
use tokio::{
    sync::mpsc,
    time::{Instant, timeout},
};

use super::{HttpState, context, frame::Close, link::Link, origin, pace::Pace};
use crate::graphql::request::{ClientAddress, ClientName};

/// The protocol's name.
pub const PROTOCOL: &str = "graphql-transport-ws";
/// The most bytes of a message.
pub const MAX_FRAME: usize = 64 * 1024;
/// A message between the two limits is read to its end, so that its sender hears why he is closed; one beyond is cut off.
const MAX_READ: usize = 4 * MAX_FRAME;
/// Answers that wait for the wire.
const QUEUE: usize = 16;
/// What a socket keeps to read into for as long as it lives, and gathers before it writes; larger messages find room while they last. axum's
/// default is 128 KiB.
const BUFFER: usize = 1024;
/// Room for the largest answer while the wire is busy.
const MAX_WAITING: usize = 16 * 1024 * 1024;

/// What the request of the upgrade told of the peer.
pub struct Peer {
    /// Where it is.
    pub address: ClientAddress,
    /// In which language it wants its messages.
    pub locale: Locale,
    /// What it calls itself.
    pub name: ClientName,
}

/// `GET /graphql` with an upgrade.
pub async fn upgrade(
    State(state): State<Arc<HttpState>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    ws: WebSocketUpgrade,
) -> Response {
    if !origin::allowed(&headers, &state.origins) {
        return (StatusCode::FORBIDDEN, "This origin may not open a socket.").into_response();
    }
    let peer = Peer {
        address: context::client_address(peer, &headers, &state.trusted_proxies),
        locale: context::locale(&headers),
        name: context::client_name(&headers),
    };
    ws.protocols([PROTOCOL])
        .read_buffer_size(BUFFER)
        .write_buffer_size(BUFFER)
        .max_write_buffer_size(MAX_WAITING)
        .max_frame_size(MAX_READ)
        .max_message_size(MAX_READ)
        // In a task of its own: the one of the upgrade has room for both, and a socket lives for days.
        .on_upgrade(async move |socket| drop(tokio::spawn(serve(socket, state, peer))))
}

async fn serve(mut socket: WebSocket, state: Arc<HttpState>, peer: Peer) {
    let pace = state.pace;
    let _open = state.engine.meters().sockets.enter();
    if socket.protocol().is_none_or(|protocol| protocol != PROTOCOL) {
        return Box::pin(close(&mut socket, Close::SUBPROTOCOL, pace)).await;
    }
    let Some(silent) = state.sockets.silent(peer.address) else {
        return Box::pin(close(&mut socket, Close::TOO_MANY, pace)).await;
    };
    let (queue, answers) = mpsc::channel(QUEUE);
    let mut link = Box::new(Link::new(state, peer, silent, queue, answers, Instant::now()));
    if let Some(reason) = link.run(&mut socket).await {
        Box::pin(close(&mut socket, reason, pace)).await;
    }
}

/// Tells the peer why it is closed, and waits a little for its goodbye: cutting the wire at once could lose the reason on its way.
async fn close(socket: &mut WebSocket, reason: Close, pace: Pace) {
    let frame = CloseFrame {
        code: reason.code,
        reason: reason.text.as_ref().into(),
    };
    if let Ok(Ok(())) = timeout(pace.read, socket.send(Message::Close(Some(frame)))).await {
        let goodbye = async { while let Some(Ok(_)) = socket.recv().await {} };
        // Whether it comes is the peer's affair.
        let _ = timeout(pace.goodbye, goodbye).await;
    }
}
