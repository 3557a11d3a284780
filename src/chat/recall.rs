//! Takes a message back.

use entity::value::MessageId;

use super::{
    line::{self, Line},
    store,
};
use crate::kernel::{Env, Event, Fault, policy::Trader};

/// Minutes in which a message can be taken back.
pub const MINUTES: i64 = 2;

/// Why a message was not taken back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecallError {
    /// He wrote no such message.
    #[error("no such message of his")]
    NotFound,
    /// [`MINUTES`] have passed.
    #[error("too late")]
    TooLate,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Takes a message back: from then on both see that there was one and nothing of it. What it said stays on record for cases. Doing it again
/// changes nothing.
pub async fn recall(env: &Env, sender: Trader, id: MessageId) -> Result<Line, RecallError> {
    let tx = env.begin().await?;
    let own = line::of_member(tx.db(), id, sender.id()).await?;
    let line = own
        .filter(|line| line.message.sender_id == Some(sender.id()))
        .ok_or(RecallError::NotFound)?;
    if line.message.recalled_at.is_some() {
        return Ok(line);
    }
    if !store::recall(&tx, id, tx.now().plus_minutes(-MINUTES)).await? {
        return Err(RecallError::TooLate);
    }
    let conversation = store::of_member(tx.db(), line.message.conversation_id, sender.id()).await?;
    let conversation = conversation.ok_or(RecallError::NotFound)?;
    tx.emit(Event::MessageRecalled {
        message: id,
        conversation: conversation.id,
        sender: sender.id(),
        receiver: store::other_than(&conversation, sender.id()),
    });
    let recalled = line::one(tx.db(), id).await?;
    tx.commit().await?;
    tracing::info!(message = %id, by = %sender.id(), "message recalled");
    recalled.ok_or_else(|| Fault::internal("a recalled message has no row").into())
}
