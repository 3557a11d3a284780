//! The messages of `graphql-transport-ws`, and the codes it closes with.

use std::borrow::Cow;

use async_graphql::{Request, Variables};
use serde_json::{Map, Value, json};

/// Why a socket is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Close {
    /// The close code.
    pub code: u16,
    /// The reason, at most 123 bytes.
    pub text: Cow<'static, str>,
}

impl Close {
    /// The server stops; reconnect elsewhere.
    pub const GOING_AWAY: Self = Self::of(1001, "Going away");
    /// Nobody can say who you are at the moment; come back later.
    pub const TRY_LATER: Self = Self::of(1013, "Try again later");
    /// An operation before the connection was acknowledged.
    pub const UNAUTHORIZED: Self = Self::of(4401, "Unauthorized");
    /// The token is not valid, or the session has ended.
    pub const FORBIDDEN: Self = Self::of(4403, "Forbidden");
    /// Another subprotocol.
    pub const SUBPROTOCOL: Self = Self::of(4406, "Subprotocol not acceptable");
    /// No `connection_init` in time.
    pub const INIT_TIMEOUT: Self = Self::of(4408, "Connection initialisation timeout");
    /// A second `connection_init`.
    pub const SECOND_INIT: Self = Self::of(4429, "Too many initialisation requests");

    const fn of(code: u16, text: &'static str) -> Self {
        Self {
            code,
            text: Cow::Borrowed(text),
        }
    }

    /// A message that is none of the protocol's.
    pub const fn bad(text: &'static str) -> Self {
        Self::of(4400, text)
    }

    /// An id that is in use.
    pub fn duplicate(id: &str) -> Self {
        let shown: String = id.chars().take(20).collect();
        Self {
            code: 4409,
            text: format!("Subscriber for {shown} already exists").into(),
        }
    }
}

/// What a client says.
pub enum Incoming {
    /// `connection_init` with its payload.
    Init(Value),
    /// `ping`.
    Ping,
    /// `pong`.
    Pong,
    /// `subscribe`.
    Subscribe {
        /// The client's id of the operation.
        id: String,
        /// The operation.
        request: Box<Request>,
    },
    /// `complete`: he wants no more of it.
    Complete(String),
}

/// Reads a message.
pub fn read(text: &str) -> Result<Incoming, Close> {
    let Ok(Value::Object(mut message)) = serde_json::from_str(text) else {
        return Err(Close::bad("A message is a JSON object"));
    };
    match message.get("type").and_then(Value::as_str) {
        Some("connection_init") => match message.remove("payload") {
            None | Some(Value::Null) => Ok(Incoming::Init(Value::Null)),
            Some(payload @ Value::Object(_)) => Ok(Incoming::Init(payload)),
            Some(_) => Err(Close::bad("The payload of connection_init is an object")),
        },
        Some("ping") => Ok(Incoming::Ping),
        Some("pong") => Ok(Incoming::Pong),
        Some("complete") => id_in(&mut message).map(Incoming::Complete),
        Some("subscribe") => Ok(Incoming::Subscribe {
            id: id_in(&mut message)?,
            request: Box::new(request_in(&mut message)?),
        }),
        _ => Err(Close::bad("The type of a message is one of the protocol's")),
    }
}

fn id_in(message: &mut Map<String, Value>) -> Result<String, Close> {
    match message.remove("id") {
        Some(Value::String(id)) if !id.is_empty() && id.len() <= 100 => Ok(id),
        _ => Err(Close::bad("The id of an operation is a string of 1 to 100 bytes")),
    }
}

fn request_in(message: &mut Map<String, Value>) -> Result<Request, Close> {
    let Some(Value::Object(mut payload)) = message.remove("payload") else {
        return Err(Close::bad("The payload of subscribe is an object"));
    };
    let Some(Value::String(query)) = payload.remove("query") else {
        return Err(Close::bad("The query of an operation is a string"));
    };
    let mut request = Request::new(query);
    match payload.remove("operationName") {
        None | Some(Value::Null) => {}
        Some(Value::String(name)) => request = request.operation_name(name),
        Some(_) => return Err(Close::bad("The operationName of an operation is a string")),
    }
    match payload.remove("variables") {
        None | Some(Value::Null) => {}
        Some(variables @ Value::Object(_)) => request = request.variables(Variables::from_json(variables)),
        Some(_) => return Err(Close::bad("The variables of an operation are an object")),
    }
    Ok(request)
}

/// What an operation says.
pub enum Outgoing {
    /// A result.
    Next(String, Value),
    /// It never started, or broke off: errors.
    Error(String, Value),
    /// It is over.
    Complete(String),
}

impl Outgoing {
    /// The client's id of the operation.
    pub fn id(&self) -> &str {
        match self {
            Self::Next(id, _) | Self::Error(id, _) | Self::Complete(id) => id,
        }
    }

    /// Whether the operation ends with it.
    pub const fn is_last(&self) -> bool {
        matches!(self, Self::Error(..) | Self::Complete(_))
    }

    /// The message.
    pub fn message(self) -> Value {
        match self {
            Self::Next(id, payload) => json!({ "id": id, "type": "next", "payload": payload }),
            Self::Error(id, payload) => json!({ "id": id, "type": "error", "payload": payload }),
            Self::Complete(id) => json!({ "id": id, "type": "complete" }),
        }
    }
}
