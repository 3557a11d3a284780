//! The life of one socket: whom it belongs to, what runs on it, and when it ends.

use std::{collections::HashMap, sync::Arc};

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
    frame::{Close, Incoming, Outgoing, read},
    gate::Visitor,
    payer::Payer,
    socket::{MAX_FRAME, Peer},
    sockets::{Place, Seat},
    stream::{Line, Operation, no_room},
};
use crate::{
    graphql::request::{RefreshCookie, RequestId},
    kernel::{policy::Actor, port::Wake, words},
};

/// Operations that run at once on one socket.
const MAX_STREAMS: usize = 20;

/// One socket.
pub struct Link {
    state: Arc<HttpState>,
    peer: Peer,
    /// Who it is, once the connection is acknowledged.
    actor: Option<Actor>,
    /// Rings when the session may have ended.
    kick: Option<Box<dyn Wake>>,
    /// Until then, one of the few places that its address has for those who said nothing yet.
    silent: Option<Seat>,
    /// One of the few places that its user has.
    seat: Option<Seat>,
    /// And one of those that he has on all servers together.
    place: Option<Place>,
    /// What runs, by the client's ids.
    streams: HashMap<String, Running>,
    /// Operations so far.
    serial: u64,
    queue: mpsc::Sender<Box<Line>>,
    answers: mpsc::Receiver<Box<Line>>,
    heard: Instant,
    next_ping: Instant,
    /// When its rights were read last.
    looked: Instant,
    started: Instant,
}

struct Running {
    serial: u64,
    task: AbortHandle,
}

/// What woke the loop.
enum Turn {
    Frame(Option<Result<Message, axum::Error>>),
    Answer(Box<Line>),
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
    pub fn new(
        state: Arc<HttpState>,
        peer: Peer,
        silent: Seat,
        queue: mpsc::Sender<Box<Line>>,
        answers: mpsc::Receiver<Box<Line>>,
        now: Instant,
    ) -> Self {
        let next_ping = now + state.pace.ping;
        Self {
            state,
            peer,
            actor: None,
            kick: None,
            silent: Some(silent),
            seat: None,
            place: None,
            streams: HashMap::new(),
            serial: 0,
            queue,
            answers,
            heard: now,
            next_ping,
            looked: now,
            started: now,
        }
    }

    /// Serves the socket to its end. The reason to close it with, if the peer is still there.
    pub async fn run(&mut self, socket: &mut WebSocket) -> Option<Close> {
        let end = loop {
            let turn = self.turn(socket).await;
            // In a place of its own while it lasts: a socket mostly waits for its turn.
            if let Err(end) = Box::pin(self.take(turn, socket)).await {
                break end;
            }
        };
        for stream in self.streams.values() {
            stream.task.abort();
        }
        // The seat first: whoever finds the place free finds a seat as well.
        self.seat = None;
        if let Some(place) = self.place.take() {
            Box::pin(place.leave(self.state.door.cache())).await;
        }
        match end {
            End::Close(reason) => Some(reason),
            End::Gone => None,
        }
    }

    async fn turn(&mut self, socket: &mut WebSocket) -> Turn {
        let pace = self.state.pace;
        let late = match self.actor {
            None => self.started + pace.init,
            Some(_) => self.heard + pace.silence,
        };
        let look = if self.state.door.rings() { pace.look } else { pace.look_often };
        // Since the last look: a chatty peer does not put it off.
        let look = look.saturating_sub(self.looked.elapsed());
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
                self.next_ping = Instant::now() + self.state.pace.ping;
                if let Some(place) = &mut self.place {
                    place.renew(self.state.door.cache()).await;
                }
                self.send(socket, json!({ "type": "ping" })).await
            }
            Turn::Answer(said) => self.answer(said, socket).await,
            Turn::Frame(None | Some(Err(_))) => Err(End::Gone),
            Turn::Frame(Some(Ok(frame))) => {
                self.heard = Instant::now();
                match frame {
                    Message::Text(text) if text.len() > MAX_FRAME => Err(Close::TOO_BIG.into()),
                    Message::Text(text) => self.message(read(&text)?, socket).await,
                    Message::Binary(_) => Err(Close::bad("Send text frames").into()),
                    Message::Close(_) => {
                        // Our answer to it lies ready, and is written by whoever reads on.
                        let _ = timeout(self.state.pace.goodbye, socket.recv()).await;
                        Err(End::Gone)
                    }
                    Message::Ping(_) | Message::Pong(_) => Ok(()),
                }
            }
        }
    }

    async fn answer(&mut self, said: Box<Line>, socket: &mut WebSocket) -> Result<(), End> {
        // An operation that its client completed says nothing more, and its id is free for another.
        let running = self.streams.get(said.what.id());
        if running.is_none_or(|running| running.serial != said.serial) {
            return Ok(());
        }
        if said.what.is_last() {
            self.streams.remove(said.what.id());
        }
        self.send(socket, said.what.message()).await
    }

    async fn message(&mut self, message: Incoming, socket: &mut WebSocket) -> Result<(), End> {
        match message {
            Incoming::Init(_) if self.actor.is_some() => Err(Close::SECOND_INIT.into()),
            Incoming::Init(payload) => {
                self.init(&payload).await?;
                self.send(socket, json!({ "type": "connection_ack" })).await
            }
            Incoming::Ping(Value::Null) => self.send(socket, json!({ "type": "pong" })).await,
            Incoming::Ping(payload) => self.send(socket, json!({ "type": "pong", "payload": payload })).await,
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
        // A browser cannot set the header of an upgrade.
        if let Some(wanted) = payload["acceptLanguage"].as_str() {
            self.peer.locale = words::negotiate(Some(wanted));
        }
        let text = ["authorization", "Authorization"].iter().find_map(|name| payload[name].as_str());
        let Some(text) = text else {
            return self.seat(Actor::Anonymous).await;
        };
        let token = context::bearer_in(text).ok_or(Close::FORBIDDEN)?;
        let actor = self.state.door.admit(token).await.map_err(closing)?;
        // Listen first, then look: what ends in between is seen.
        self.kick = Some(self.state.door.watch(&actor).await);
        self.seat(actor).await?;
        self.recheck().await
    }

    /// Gives the peer one of the places that his user, or his address, has.
    async fn seat(&mut self, actor: Actor) -> Result<(), End> {
        let payer = Payer::of(&actor, self.peer.address);
        self.seat = Some(self.state.sockets.seat(payer).ok_or(Close::TOO_MANY)?);
        let place = Place::take(self.state.door.cache(), payer).await;
        self.place = Some(place.ok_or(Close::TOO_MANY)?);
        self.actor = Some(actor);
        self.silent = None;
        Ok(())
    }

    /// Reads the rights again. What began under rights that are gone ends with the socket.
    async fn recheck(&mut self) -> Result<(), End> {
        self.looked = Instant::now();
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
            let refused: Outgoing = no_room(id, MAX_STREAMS, self.peer.locale);
            return self.send(socket, refused.message()).await;
        }
        self.recheck().await?;
        self.serial += 1;
        let operation = Operation {
            id: id.clone(),
            serial: self.serial,
            state: Arc::clone(&self.state),
            queue: self.queue.clone(),
        };
        let visitor = Visitor {
            id: RequestId::fresh(),
            actor: self.actor.unwrap_or_default(),
            locale: self.peer.locale,
            address: self.peer.address,
            name: self.peer.name.clone(),
            cookie: RefreshCookie::default(),
        };
        let serial = self.serial;
        let task = tokio::spawn(operation.run(Box::new((request, visitor))));
        self.streams.insert(
            id,
            Running {
                serial,
                task: task.abort_handle(),
            },
        );
        Ok(())
    }

    /// Sends a message. A peer that does not read it in time is given up.
    async fn send(&mut self, socket: &mut WebSocket, message: Value) -> Result<(), End> {
        match timeout(self.state.pace.read, socket.send(Message::Text(message.to_string().into()))).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(End::Gone),
        }
    }
}

/// Whatever comes first, from either side; neither side waits for a chatty other.
async fn traffic(socket: &mut WebSocket, answers: &mut mpsc::Receiver<Box<Line>>) -> Turn {
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
