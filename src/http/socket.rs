//! GraphQL over WebSocket: the `graphql-transport-ws` protocol, by its text.

use std::{collections::HashMap, net::SocketAddr, time::Duration};

use axum::{
    extract::{
        ConnectInfo, State, WebSocketUpgrade,
        ws::{CloseFrame, Message, WebSocket},
    },
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use entity::kinds::Locale;
use serde_json::{Value, json};
use tokio::{
    sync::mpsc,
    task::AbortHandle,
    time::{Instant, sleep_until, timeout},
};

use super::{
    HttpState, context,
    door::Refusal,
    frame::{Close, Incoming, Outgoing, read},
    origin, stream,
};
use crate::{
    graphql::request::ClientAddress,
    kernel::{event::session_topic, policy::Actor, port::Wake},
};

/// The protocol's name.
pub const PROTOCOL: &str = "graphql-transport-ws";
const INIT_WITHIN: Duration = Duration::from_secs(10);
const PING_EVERY: Duration = Duration::from_secs(20);
const DEAD_AFTER: Duration = Duration::from_secs(60);
/// How long a peer may take to read what was sent.
const READ_WITHIN: Duration = Duration::from_secs(10);
const MAX_STREAMS: usize = 20;
const MAX_FRAME: usize = 64 * 1024;
/// Answers that wait for the wire. Streams queue for a place in turn, so that a busy one cannot starve the others.
const QUEUE: usize = 16;
/// axum's default keeps 128 KiB for each socket.
const BUFFER: usize = 4 * 1024;

/// `GET /graphql` with an upgrade.
pub async fn upgrade(
    State(state): State<HttpState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    ws: WebSocketUpgrade,
) -> Response {
    if !origin::allowed(&headers, &state.origins) {
        return (StatusCode::FORBIDDEN, "This origin may not open a socket").into_response();
    }
    let address = context::client_address(peer, &headers, &state.trusted_proxies);
    let locale = context::locale(&headers);
    ws.protocols([PROTOCOL])
        .read_buffer_size(BUFFER)
        .write_buffer_size(BUFFER)
        .max_write_buffer_size(16 * MAX_FRAME)
        .max_frame_size(MAX_FRAME)
        .max_message_size(MAX_FRAME)
        .on_upgrade(move |socket| serve(socket, state, address, locale))
}

async fn serve(mut socket: WebSocket, state: HttpState, address: ClientAddress, locale: Locale) {
    if socket.protocol().is_none_or(|protocol| protocol != PROTOCOL) {
        return close(&mut socket, Close::SUBPROTOCOL).await;
    }
    let (queue, answers) = mpsc::channel(QUEUE);
    let started = Instant::now();
    let link = Link {
        state,
        address,
        locale,
        actor: None,
        kick: None,
        streams: HashMap::new(),
        queue,
        answers,
        heard: started,
        next_ping: started + PING_EVERY,
        started,
    };
    link.run(socket).await;
}

/// One socket.
struct Link {
    state: HttpState,
    address: ClientAddress,
    locale: Locale,
    /// Who it is, once the connection is acknowledged.
    actor: Option<Actor>,
    /// Rings when the session may have ended.
    kick: Option<Box<dyn Wake>>,
    streams: HashMap<String, AbortHandle>,
    queue: mpsc::Sender<Outgoing>,
    answers: mpsc::Receiver<Outgoing>,
    heard: Instant,
    next_ping: Instant,
    started: Instant,
}

/// What woke the loop.
enum Turn {
    Frame(Option<Result<Message, axum::Error>>),
    Answer(Outgoing),
    Ping,
    Late,
    Kick,
    Shutdown,
}

impl Link {
    async fn run(mut self, mut socket: WebSocket) {
        loop {
            let turn = self.turn(&mut socket).await;
            match self.take(turn, &mut socket).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(reason) => {
                    close(&mut socket, reason).await;
                    break;
                }
            }
        }
        for stream in self.streams.values() {
            stream.abort();
        }
    }

    async fn turn(&mut self, socket: &mut WebSocket) -> Turn {
        let late = if self.actor.is_none() {
            self.started + INIT_WITHIN
        } else {
            self.heard + DEAD_AFTER
        };
        let kick = async {
            match &mut self.kick {
                Some(kick) => kick.wait(DEAD_AFTER).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = sleep_until(late) => Turn::Late,
            () = self.state.shutdown.wait() => Turn::Shutdown,
            () = kick => Turn::Kick,
            frame = socket.recv() => Turn::Frame(frame),
            Some(answer) = self.answers.recv() => Turn::Answer(answer),
            () = sleep_until(self.next_ping) => Turn::Ping,
        }
    }

    /// Takes a turn. `false`: the peer is gone.
    async fn take(&mut self, turn: Turn, socket: &mut WebSocket) -> Result<bool, Close> {
        match turn {
            Turn::Late if self.actor.is_none() => Err(Close::INIT_TIMEOUT),
            Turn::Late => Ok(false),
            Turn::Shutdown => Err(Close::GOING_AWAY),
            Turn::Kick => self.recheck().await.map(|()| true),
            Turn::Ping => {
                self.next_ping = Instant::now() + PING_EVERY;
                send(socket, json!({ "type": "ping" })).await
            }
            Turn::Answer(answer) => self.answer(answer, socket).await,
            Turn::Frame(None | Some(Err(_)) | Some(Ok(Message::Close(_)))) => Ok(false),
            Turn::Frame(Some(Ok(frame))) => {
                self.heard = Instant::now();
                match frame {
                    Message::Text(text) => self.message(read(&text)?, socket).await,
                    Message::Binary(_) => Err(Close::bad("Send text frames")),
                    Message::Ping(_) | Message::Pong(_) | Message::Close(_) => Ok(true),
                }
            }
        }
    }

    async fn answer(&mut self, answer: Outgoing, socket: &mut WebSocket) -> Result<bool, Close> {
        // An operation that its client completed says nothing more, and its id is free.
        if !self.streams.contains_key(answer.id()) {
            return Ok(true);
        }
        if answer.is_last() {
            self.streams.remove(answer.id());
        }
        send(socket, answer.message()).await
    }

    async fn message(&mut self, message: Incoming, socket: &mut WebSocket) -> Result<bool, Close> {
        match message {
            Incoming::Init(_) if self.actor.is_some() => Err(Close::SECOND_INIT),
            Incoming::Init(payload) => {
                self.init(&payload).await?;
                send(socket, json!({ "type": "connection_ack" })).await
            }
            Incoming::Ping => send(socket, json!({ "type": "pong" })).await,
            Incoming::Pong => Ok(true),
            Incoming::Complete(id) => {
                if let Some(stream) = self.streams.remove(&id) {
                    stream.abort();
                }
                Ok(true)
            }
            Incoming::Subscribe { id, request } => {
                if self.actor.is_none() {
                    return Err(Close::UNAUTHORIZED);
                }
                if self.streams.contains_key(&id) {
                    return Err(Close::duplicate(&id));
                }
                self.recheck().await?;
                self.begin(id, *request);
                Ok(true)
            }
        }
    }

    /// Lets the peer in, as whom his token says, or as nobody.
    async fn init(&mut self, payload: &Value) -> Result<(), Close> {
        let text = ["authorization", "Authorization"].iter().find_map(|name| payload[name].as_str());
        let actor = match text {
            None => Actor::Anonymous,
            Some(text) => {
                let token = context::bearer_in(text).ok_or(Close::FORBIDDEN)?;
                self.state.door.admit(token).await.map_err(closing)?
            }
        };
        if let Some(session) = actor.session() {
            self.kick = Some(self.state.env.bus().listen(&[session_topic(session)]).await);
        }
        self.actor = Some(actor);
        Ok(())
    }

    /// Reads the rights again: they are those of now, not those of when the socket was opened.
    async fn recheck(&mut self) -> Result<(), Close> {
        if let Some(actor @ Actor::User(_)) = &self.actor {
            self.actor = Some(self.state.door.recheck(actor).await.map_err(closing)?);
        }
        Ok(())
    }

    fn begin(&mut self, id: String, request: async_graphql::Request) {
        let actor = self.actor.unwrap_or_default();
        let operation = stream::Operation {
            id: id.clone(),
            engine: self.state.engine.clone(),
            queue: self.queue.clone(),
        };
        let full = self.streams.len() >= MAX_STREAMS;
        let request = request.data(actor).data(self.locale).data(self.address);
        let task = if full {
            tokio::spawn(operation.refuse())
        } else {
            tokio::spawn(operation.run(request))
        };
        self.streams.insert(id, task.abort_handle());
    }
}

const fn closing(refusal: Refusal) -> Close {
    match refusal {
        Refusal::BadToken | Refusal::Ended => Close::FORBIDDEN,
        Refusal::Unavailable => Close::TRY_LATER,
    }
}

/// Sends a message. A peer that does not read it in time is given up.
async fn send(socket: &mut WebSocket, message: Value) -> Result<bool, Close> {
    Ok(matches!(
        timeout(READ_WITHIN, socket.send(Message::Text(message.to_string().into()))).await,
        Ok(Ok(()))
    ))
}

async fn close(socket: &mut WebSocket, reason: Close) {
    let frame = CloseFrame {
        code: reason.code,
        reason: reason.text.as_ref().into(),
    };
    // Whether the peer hears it is his affair.
    let _ = timeout(READ_WITHIN, socket.send(Message::Close(Some(frame)))).await;
}
