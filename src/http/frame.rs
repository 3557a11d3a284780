//! The messages of `graphql-transport-ws`, and the codes it closes with.

use std::borrow::Cow;

use async_graphql::Request;
use serde_json::{Map, Value, json};

use super::read::request_of;
use crate::graphql::said::Said;

/// The most bytes of a reason.
const MAX_REASON: usize = 123;

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
    pub const GOING_AWAY: Self = Self::known(1001, "Going away");
    /// Nobody can say who you are at the moment; come back later.
    pub const TRY_LATER: Self = Self::known(1013, "Try again later");
    /// An operation before the connection was acknowledged.
    pub const UNAUTHORIZED: Self = Self::known(4401, "Unauthorized");
    /// A frame larger than allowed.
    pub const TOO_BIG: Self = Self::known(1009, "Message too big");
    /// The token is not valid, the session has ended, or the rights have changed.
    pub const FORBIDDEN: Self = Self::known(4403, "Forbidden");
    /// Another subprotocol.
    pub const SUBPROTOCOL: Self = Self::known(4406, "Subprotocol not acceptable");
    /// No `connection_init` in time.
    pub const INIT_TIMEOUT: Self = Self::known(4408, "Connection initialisation timeout");
    /// This user, or this address, has as many sockets as it may.
    pub const TOO_MANY: Self = Self::known(4429, "Too many sockets");
    /// A second `connection_init`.
    pub const SECOND_INIT: Self = Self::known(4429, "Too many initialisation requests");

    const fn known(code: u16, text: &'static str) -> Self {
        Self {
            code,
            text: Cow::Borrowed(text),
        }
    }

    /// A reason of this code, cut to what fits its frame.
    fn of(code: u16, mut text: String) -> Self {
        text.truncate(text.floor_char_boundary(MAX_REASON));
        Self {
            code,
            text: Cow::Owned(text),
        }
    }

    /// A message that is none of the protocol's.
    pub const fn bad(text: &'static str) -> Self {
        Self::known(4400, text)
    }

    /// An id that is in use.
    pub fn duplicate(id: &str) -> Self {
        let shown: String = id.chars().take(20).collect();
        Self::of(4409, format!("Subscriber for {shown} already exists"))
    }
}

/// What a client says.
pub enum Incoming {
    /// `connection_init` with its payload.
    Init(Value),
    /// `ping`.
    Ping(Value),
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
        Some("connection_init") => payload_in(&mut message).map(Incoming::Init),
        Some("ping") => payload_in(&mut message).map(Incoming::Ping),
        Some("pong") => payload_in(&mut message).map(|_| Incoming::Pong),
        Some("complete") => id_in(&mut message).map(Incoming::Complete),
        Some("subscribe") => Ok(Incoming::Subscribe {
            id: id_in(&mut message)?,
            request: Box::new(request_in(&mut message)?),
        }),
        _ => Err(Close::bad("The type of a message is one of the protocol's")),
    }
}

fn payload_in(message: &mut Map<String, Value>) -> Result<Value, Close> {
    match message.remove("payload") {
        None | Some(Value::Null) => Ok(Value::Null),
        Some(payload @ Value::Object(_)) => Ok(payload),
        Some(_) => Err(Close::bad("The payload of a message is an object")),
    }
}

fn id_in(message: &mut Map<String, Value>) -> Result<String, Close> {
    match message.remove("id") {
        Some(Value::String(id)) if !id.is_empty() && id.len() <= 100 => Ok(id),
        _ => Err(Close::bad("The id of an operation is a string of 1 to 100 bytes")),
    }
}

fn request_in(message: &mut Map<String, Value>) -> Result<Request, Close> {
    let payload = message.remove("payload").unwrap_or_default();
    request_of(payload).map_err(|words| Close::of(4400, Said::new(words).to_string()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_of_the_protocol_closes_with_4400() {
        for text in [
            "",
            "[]",
            "1",
            r#"{"type":"start"}"#,
            r#"{"type":1}"#,
            r#"{"id":"1"}"#,
            r#"{"type":"connection_init","payload":1}"#,
            r#"{"type":"ping","payload":"x"}"#,
            r#"{"type":"complete"}"#,
            r#"{"type":"complete","id":""}"#,
            r#"{"type":"subscribe","payload":{"query":"{a}"}}"#,
            r#"{"type":"subscribe","id":"1"}"#,
            r#"{"type":"subscribe","id":"1","payload":{}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":"{a}","variables":1}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":"{a}","operationName":1}}"#,
        ] {
            assert_eq!(read(text).err().map(|close| close.code), Some(4400), "{text}");
        }
    }

    #[test]
    fn a_reason_fits_its_frame() {
        let close = Close::duplicate(&"汉".repeat(100));
        assert!(close.text.len() <= 123, "{}", close.text.len());
    }
}
