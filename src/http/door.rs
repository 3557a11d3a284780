//! What the transport asks of the rest of the house.

use async_trait::async_trait;

use crate::kernel::{
    policy::Actor,
    port::{Cache, Wake},
};

/// Why a token does not open the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is no token of ours, or has expired.
    #[error("not a valid token")]
    BadToken,
    /// Its session has ended.
    #[error("the session has ended")]
    Ended,
    /// Nobody can tell at the moment.
    #[error("not available")]
    Unavailable,
}

impl Refusal {
    /// Its words for a stranger.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::BadToken => "request-token",
            Self::Ended => "request-session-ended",
            Self::Unavailable => "field-unavailable",
        }
    }
}

/// Turns tokens into actors. The composition root gives the transport one.
#[async_trait]
pub trait Door: Send + Sync {
    /// For whom an access token speaks, with the rights the database gives him now.
    async fn admit(&self, token: &str) -> Result<Actor, Refusal>;
    /// The rights of an admitted actor now. His session may have ended since.
    async fn recheck(&self, actor: &Actor) -> Result<Actor, Refusal>;
    /// Rings when a signed-in actor's session may have ended or his rights may have changed.
    async fn watch(&self, actor: &Actor) -> Box<dyn Wake>;
    /// Whether what [`Door::watch`] gave rings at present, for changes made elsewhere too. While not, sockets look by themselves.
    fn rings(&self) -> bool;
    /// Where documents are kept and callers are counted.
    fn cache(&self) -> &dyn Cache;
}
