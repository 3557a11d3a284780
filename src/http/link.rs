//! The life of one socket: whom it belongs to, what runs on it, and when it ends.

use std::{collections::HashMap, time::Duration};

use axum::extract::ws::{Message, WebSocket};
use serde_json::{Value, json};
use tokio::{
    sync::mpsc,
    task::AbortHandle,
    time::{Instant, sleep_until, timeout},
};

use super::{
    HttpState, context,
    door::Refusal,
    frame::{Close, Incoming, read},
    socket::{MAX_FRAME, Peer, READ_WITHIN},
    stream::{Operation, Said, no_room},
};
use crate::{
    graphql::request::RefreshCookie,
    kernel::{policy::Actor, port::Wake},
};

const INIT_WITHIN: Duration = Duration::from_secs(10);
const PING_EVERY: Duration = Duration::from_secs(20);
const DEAD_AFTER: Duration = Duration::from_secs(60);
/// How often rights are read again though nobody rang, with the bell working and without.
const LOOK_EVERY: Duration = Duration::from_secs(60);
const LOOK_OFTEN: Duration = Duration::from_secs(4);
const MAX_STREAMS: usize = 20;

/// One socket.
pub struct Link {
    state: HttpState,
    peer: Peer,
    /// Who it is, once the connection is acknowledged.
    actor: Option<Actor>,
    /// Rings when the session may have ended.
    kick: Option<Box<dyn Wake>>,
    /// What runs, by the client's ids.
    streams: HashMap<String, Running>,
    /// Operations so far.
    serial: u64,
    queue: mpsc::Sender<Said>,
    answers: mpsc::Receiver<Said>,
    heard: Instant,
    next_ping: Instant,
    started: Instant,
}

struct Running {
    serial: u64,
    task: AbortHandle,
}

/// What woke the loop.
enum Turn {
    Frame(Option<Result<Message, axum::Error>>),
    Answer(Said),
    Ping,
    Late,
    Kick,
    Shutdown,
}

/// Why a socket ends.
enum End {
    /// We close it, with a reason.
    Close(Close),
    /// The peer is gone, or does not read.
    Gone,
}

impl From<Close> for End {
    fn from(close: Close) -> Self {
        Self::Close(close)
    }
}

impl Link {
    /// A socket that was opened `now`.
    pub fn new(state: HttpState, peer: Peer, queue: mpsc::Sender<Said>, answers: mpsc::Receiver<Said>, now: Instant) -> Self {
        Self {
            state,
            peer,
            actor: None,
            kick: None,
            streams: HashMap::new(),
            serial: 0,
            queue,
            answers,
            heard: now,
            next_ping: now + PING_EVERY,
            started: now,
        }
    }

    /// Serves the socket to its end. The reason to close it with, if the peer is still there.
    pub async fn run(mut self, socket: &mut WebSocket) -> Option<Close> {
        let end = loop {
            let turn = self.turn(socket).await;
            if let Err(end) = self.take(turn, socket).await {
                break end;
            }
        };
        for stream in self.streams.values() {
            stream.task.abort();
        }
        match end {
            End::Close(reason) => Some(reason),
            End::Gone => None,
        }
    }

    async fn turn(&mut self, socket: &mut WebSocket) -> Turn {
        let late = match self.actor {
            None => self.started + INIT_WITHIN,
            Some(_) => self.heard + DEAD_AFTER,
        };
        let look = if self.state.door.rings() { LOOK_EVERY } else { LOOK_OFTEN };
        let kick = async {
            match &mut self.kick {
                Some(kick) => kick.wait(look).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            () = self.state.shutdown.wait() => Turn::Shutdown,
            () = kick => Turn::Kick,
            () = sleep_until(late) => Turn::Late,
            () = sleep_until(self.next_ping) => Turn::Ping,
            turn = traffic(socket, &mut self.answers) => turn,
        }
    }

    async fn take(&mut self, turn: Turn, socket: &mut WebSocket) -> Result<(), End> {
        match turn {
            Turn::Late if self.actor.is_none() => Err(Close::INIT_TIMEOUT.into()),
            Turn::Late => Err(End::Gone),
            Turn::Shutdown => Err(Close::GOING_AWAY.into()),
            Turn::Kick => self.recheck().await,
            Turn::Ping => {
                self.next_ping = Instant::now() + PING_EVERY;
                send(socket, json!({ "type": "ping" })).await
            }
            Turn::Answer(said) => self.answer(said, socket).await,
            Turn::Frame(None | Some(Err(_))) => Err(End::Gone),
            Turn::Frame(Some(Ok(frame))) => {
                self.heard = Instant::now();
                match frame {
                    Message::Text(text) if text.len() > MAX_FRAME => Err(Close::TOO_BIG.into()),
                    Message::Text(text) => self.message(read(&text)?, socket).await,
                    Message::Binary(_) => Err(Close::bad("Send text frames").into()),
                    Message::Close(_) => Err(End::Gone),
                    Message::Ping(_) | Message::Pong(_) => Ok(()),
                }
            }
        }
    }

    async fn answer(&mut self, said: Said, socket: &mut WebSocket) -> Result<(), End> {
        // An operation that its client completed says nothing more, and its id is free for another.
        let running = self.streams.get(said.what.id());
        if running.is_none_or(|running| running.serial != said.serial) {
            return Ok(());
        }
        if said.what.is_last() {
            self.streams.remove(said.what.id());
        }
        send(socket, said.what.message()).await
    }

    async fn message(&mut self, message: Incoming, socket: &mut WebSocket) -> Result<(), End> {
        match message {
            Incoming::Init(_) if self.actor.is_some() => Err(Close::SECOND_INIT.into()),
            Incoming::Init(payload) => {
                self.init(&payload).await?;
                send(socket, json!({ "type": "connection_ack" })).await
            }
            Incoming::Ping(Value::Null) => send(socket, json!({ "type": "pong" })).await,
            Incoming::Ping(payload) => send(socket, json!({ "type": "pong", "payload": payload })).await,
            Incoming::Pong => Ok(()),
            Incoming::Complete(id) => {
                if let Some(stream) = self.streams.remove(&id) {
                    stream.task.abort();
                }
                Ok(())
            }
            Incoming::Subscribe { id, request } => self.subscribe(id, *request, socket).await,
        }
    }

    /// Lets the peer in, as whom his token says, or as nobody.
    async fn init(&mut self, payload: &Value) -> Result<(), End> {
        let text = ["authorization", "Authorization"].iter().find_map(|name| payload[name].as_str());
        let Some(text) = text else {
            self.actor = Some(Actor::Anonymous);
            return Ok(());
        };
        let token = context::bearer_in(text).ok_or(Close::FORBIDDEN)?;
        let actor = self.state.door.admit(token).await.map_err(closing)?;
        // Listen first, then look: what ends in between is seen.
        self.kick = Some(self.state.door.watch(&actor).await);
        self.actor = Some(actor);
        self.recheck().await
    }

    /// Reads the rights again. What began under rights that are gone ends with the socket.
    async fn recheck(&mut self) -> Result<(), End> {
        let Some(old @ Actor::User(had)) = self.actor else { return Ok(()) };
        let new = self.state.door.recheck(&old).await.map_err(closing)?;
        match new {
            Actor::User(has) if has.role == had.role && has.blacklisted == had.blacklisted => {
                self.actor = Some(new);
                Ok(())
            }
            _ => Err(Close::FORBIDDEN.into()),
        }
    }

    async fn subscribe(&mut self, id: String, request: async_graphql::Request, socket: &mut WebSocket) -> Result<(), End> {
        if self.actor.is_none() {
            return Err(Close::UNAUTHORIZED.into());
        }
        if self.streams.contains_key(&id) {
            return Err(Close::duplicate(&id).into());
        }
        if self.streams.len() >= MAX_STREAMS {
            return send(socket, no_room(id).message()).await;
        }
        self.recheck().await?;
        self.serial += 1;
        let actor = self.actor.unwrap_or_default();
        let operation = Operation {
            id: id.clone(),
            serial: self.serial,
            actor,
            engine: self.state.engine.clone(),
            queue: self.queue.clone(),
        };
        let request = request
            .data(actor)
            .data(self.peer.locale)
            .data(self.peer.address)
            .data(self.peer.name.clone())
            .data(RefreshCookie::default());
        let serial = self.serial;
        let task = tokio::spawn(operation.run(request));
        self.streams.insert(
            id,
            Running {
                serial,
                task: task.abort_handle(),
            },
        );
        Ok(())
    }
}

/// Whatever comes first, from either side; neither side waits for a chatty other.
async fn traffic(socket: &mut WebSocket, answers: &mut mpsc::Receiver<Said>) -> Turn {
    tokio::select! {
        frame = socket.recv() => Turn::Frame(frame),
        Some(said) = answers.recv() => Turn::Answer(said),
    }
}

const fn closing(refusal: Refusal) -> Close {
    match refusal {
        Refusal::BadToken | Refusal::Ended => Close::FORBIDDEN,
        Refusal::Unavailable => Close::TRY_LATER,
    }
}

/// Sends a message. A peer that does not read it in time is given up.
async fn send(socket: &mut WebSocket, message: Value) -> Result<(), End> {
    match timeout(READ_WITHIN, socket.send(Message::Text(message.to_string().into()))).await {
        Ok(Ok(())) => Ok(()),
        _ => Err(End::Gone),
    }
}
