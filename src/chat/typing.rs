//! Who is typing: told at once to whoever looks, never stored, worth nothing some seconds later.

use std::time::Duration;

use entity::value::{ConversationId, Time, UserId};
use serde::{Deserialize, Serialize};

use super::{
    ReadError,
    reach::{Reach, reach},
    store,
};
use crate::kernel::{Env, Fault, policy::Trader};

/// How long somebody counts as typing after he said so. Clients say it again every three seconds.
pub const SECONDS: i64 = 6;
/// How many people typing to one user are remembered at once.
const AT_ONCE: usize = 8;

/// Somebody is typing in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typing {
    /// In which conversation.
    pub conversation: ConversationId,
    /// Who.
    pub user: UserId,
    /// Until when he counts as typing.
    pub until: Time,
}

/// The bus topic that rings when somebody types to this user. [`typing_to`] then says who.
#[must_use]
pub fn typing_topic(user: UserId) -> String {
    format!("typing:{user}")
}

/// Tells the other member that `writer` is typing, unless he could not write to him.
///
/// Two who type to one person in the same instant may hide each other for three seconds, until they say it again.
pub async fn typing(env: &Env, writer: Trader, id: ConversationId) -> Result<(), ReadError> {
    let conversation = store::of_member(env.db(), id, writer.id()).await?.ok_or(ReadError::NotFound)?;
    let receiver = store::other_than(&conversation, writer.id());
    if reach(env.db(), writer.id(), receiver).await? != Reach::Open {
        return Ok(());
    }
    let mut all = typing_now(env, receiver).await?;
    all.retain(|typing| typing.conversation != id);
    all.truncate(AT_ONCE - 1);
    all.insert(
        0,
        Typing {
            conversation: id,
            user: writer.id(),
            until: env.now().plus_seconds(SECONDS),
        },
    );
    let topic = typing_topic(receiver);
    let bytes = serde_json::to_vec(&all).map_err(Fault::internal)?;
    let ttl = Duration::from_secs(SECONDS.unsigned_abs());
    env.cache().set(&topic, &bytes, ttl).await.map_err(Fault::from)?;
    env.bus().wake(&[topic]).await;
    Ok(())
}

/// Who is typing to this user now.
pub async fn typing_to(env: &Env, user: Trader) -> Result<Vec<Typing>, Fault> {
    typing_now(env, user.id()).await
}

async fn typing_now(env: &Env, user: UserId) -> Result<Vec<Typing>, Fault> {
    let Some(bytes) = env.cache().get(&typing_topic(user)).await? else {
        return Ok(Vec::new());
    };
    let mut all: Vec<Typing> = serde_json::from_slice(&bytes).map_err(Fault::internal)?;
    let now = env.now();
    all.retain(|typing| typing.until > now);
    Ok(all)
}
