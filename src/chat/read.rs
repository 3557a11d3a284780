//! Marks a conversation as read.

use entity::value::ConversationId;

use super::{
    store,
    thread::{self, Thread},
};
use crate::kernel::{Env, Event, Fault, policy::Trader};

/// Why nothing was marked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is no such conversation for him.
    #[error("no such conversation")]
    NotFound,
    /// There is no line of this number.
    #[error("no such line")]
    NoSuchLine,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Marks everything up to the line `seq` as read by him. The marker never goes back; marking again changes nothing.
pub async fn read(env: &Env, reader: Trader, id: ConversationId, seq: i64) -> Result<Thread, ReadError> {
    let tx = env.begin().await?;
    let conversation = store::of_member(tx.db(), id, reader.id()).await?.ok_or(ReadError::NotFound)?;
    if !(1..=conversation.last_seq).contains(&seq) {
        return Err(ReadError::NoSuchLine);
    }
    if store::mark_read(&tx, id, reader.id(), seq).await? {
        tx.emit(Event::ConversationRead {
            conversation: id,
            reader: reader.id(),
            other: store::other_than(&conversation, reader.id()),
            seq,
        });
    }
    let thread = thread::one(tx.db(), id, reader.id()).await?.ok_or(ReadError::NotFound)?;
    tx.commit().await?;
    Ok(thread)
}
