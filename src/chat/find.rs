//! What a member reads: his conversations, their lines, how much is unread.

use entity::value::{ConversationId, MessageId, UserId};

use super::{
    line::{self, Line},
    store,
    thread::{self, Thread},
};
use crate::kernel::{
    Env, Fault,
    page::{Ask, Page},
    policy::Trader,
};

/// One conversation of his.
pub async fn conversation(env: &Env, member: Trader, id: ConversationId) -> Result<Option<Thread>, Fault> {
    thread::one(env.db(), id, member.id()).await
}

/// His conversation with somebody, if they have written to each other.
pub async fn conversation_with(env: &Env, member: Trader, other: UserId) -> Result<Option<Thread>, Fault> {
    match store::between(env.db(), member.id(), other).await? {
        Some(found) => thread::one(env.db(), found.id, member.id()).await,
        None => Ok(None),
    }
}

/// His conversations, the one with the newest line first.
pub async fn conversations(env: &Env, member: Trader, ask: &Ask) -> Result<Page<Thread>, Fault> {
    thread::page(env.db(), member.id(), ask).await
}

/// One line of a conversation of his.
pub async fn line(env: &Env, member: Trader, id: MessageId) -> Result<Option<Line>, Fault> {
    line::of_member(env.db(), id, member.id()).await
}

/// The lines of a conversation of his, going back in time.
pub async fn lines(env: &Env, thread: &Thread, ask: &Ask) -> Result<Page<Line>, Fault> {
    line::page(env.db(), thread.conversation.id, ask).await
}

/// How many lines he has not read, in all his conversations.
pub async fn unread(env: &Env, member: Trader) -> Result<i64, Fault> {
    store::unread(env.db(), member.id()).await
}
