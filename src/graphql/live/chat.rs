//! What happens in somebody's conversations.

use async_graphql::{Context, ID, Object, Result, SimpleObject, Union};
use entity::value::{ConversationId, MessageId, Time};
use futures::stream::{self, StreamExt};

use super::{Live, Reader};
use crate::{
    chat::{self, typing::Typing},
    graphql::{
        chat::{ChatLine, Conversation},
        context::Ask,
        errors::Failure,
        id,
        scalars::{Cursor, DateTime},
    },
    kernel::{Event, feed, policy},
};

/// How long a listener to typing sleeps at most before he looks by himself.
const LOOK: std::time::Duration = std::time::Duration::from_secs(20);

/// A line was written in a conversation of yours, by you on another device, by the other member, or by the platform.
pub struct ChatLineWritten {
    cursor: feed::Cursor,
    line: MessageId,
}

/// A line was written in a conversation of yours, by you on another device, by the other member, or by the platform.
#[Object(serial)]
impl ChatLineWritten {
    /// To go on after this event.
    async fn cursor(&self) -> Cursor {
        self.cursor.into()
    }
    /// The line, as it is now.
    async fn line(&self, ctx: &Context<'_>) -> Result<Option<ChatLine>> {
        Ok(Some(ChatLine::find(ctx, self.line).await?))
    }
    /// How many lines you have not read now, in all your conversations.
    async fn unread_count(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(unread(ctx).await?)
    }
}

/// A message in a conversation of yours was taken back, or away by an administrator.
pub struct ChatMessageRecalled {
    cursor: feed::Cursor,
    line: MessageId,
}

/// A message in a conversation of yours was taken back, or away by an administrator.
#[Object(serial)]
impl ChatMessageRecalled {
    /// To go on after this event.
    async fn cursor(&self) -> Cursor {
        self.cursor.into()
    }
    /// The line that is left of it.
    async fn line(&self, ctx: &Context<'_>) -> Result<Option<ChatLine>> {
        Ok(Some(ChatLine::find(ctx, self.line).await?))
    }
}

/// You or the other member read a conversation.
pub struct ChatRead {
    cursor: feed::Cursor,
    conversation: ConversationId,
}

/// You or the other member read a conversation.
#[Object(serial)]
impl ChatRead {
    /// To go on after this event.
    async fn cursor(&self) -> Cursor {
        self.cursor.into()
    }
    /// The conversation with both markers as they are now.
    async fn conversation(&self, ctx: &Context<'_>) -> Result<Option<Conversation>> {
        Ok(Some(Conversation::find(ctx, self.conversation).await?))
    }
    /// How many lines you have not read now, in all your conversations.
    async fn unread_count(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(unread(ctx).await?)
    }
}

/// Somebody is typing to you. This is not in the log: it has no cursor, and is not told again.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ChatTyping {
    /// In which conversation.
    pub conversation_id: ID,
    /// Until when he counts as typing, unless he says so again.
    pub until: DateTime,
}

/// What happens in your conversations.
#[derive(Union)]
pub enum ChatEvent {
    /// A line was written.
    Written(ChatLineWritten),
    /// A message was taken back, or away by an administrator.
    Recalled(ChatMessageRecalled),
    /// You or the other member read.
    Read(ChatRead),
    /// Somebody is typing.
    Typing(ChatTyping),
}

async fn unread(ctx: &Context<'_>) -> Result<i32, Failure> {
    let unread = chat::unread(ctx.env(), policy::trader(ctx.actor())?).await?;
    Ok(i32::try_from(unread).unwrap_or(i32::MAX))
}

/// The event as its reader sees it, if it is about a conversation.
pub(super) async fn pick(reader: &Reader, cursor: feed::Cursor, event: Event) -> Result<Option<ChatEvent>, Failure> {
    let shown = match event {
        Event::MessageSent { message: line, .. } | Event::OrderLineWritten { message: line, .. } => {
            ChatEvent::Written(ChatLineWritten { cursor, line })
        }
        Event::MessageRecalled { message: line, .. } | Event::MessageRemoved { message: line, .. } => {
            ChatEvent::Recalled(ChatMessageRecalled { cursor, line })
        }
        Event::ConversationRead { conversation, .. } => ChatEvent::Read(ChatRead { cursor, conversation }),
        _ => return Ok(None),
    };
    policy::trader(&reader.still_may().await?)?;
    Ok(Some(shown))
}

/// Who types to the reader, each word of it once.
pub(super) async fn typing(reader: &Reader) -> Live<ChatEvent> {
    let wake = reader.env.bus().listen(&[chat::typing::typing_topic(reader.user)]).await;
    let start = (reader.clone(), wake, Vec::<Typing>::new());
    stream::unfold(start, |(reader, mut wake, mut told)| async move {
        loop {
            wake.wait(LOOK).await;
            // In a place of its own, since a listener mostly waits.
            let new = Box::pin(fresh(&reader, &mut told)).await;
            if !new.is_empty() {
                return Some((stream::iter(new), (reader, wake, told)));
            }
        }
    })
    .flatten()
    .map(Ok)
    .boxed()
}

/// What was not told before. That the cache is away hides who is typing, and nothing else.
async fn fresh(reader: &Reader, told: &mut Vec<Typing>) -> Vec<ChatEvent> {
    let Ok(actor) = reader.still_may().await else { return Vec::new() };
    let Ok(right) = policy::trader(&actor) else { return Vec::new() };
    let now = chat::typing::typing_to(&reader.env, right).await.unwrap_or_default();
    let new = now
        .iter()
        .filter(|typing| !told.contains(typing))
        .map(|typing| shown(typing.conversation, typing.until));
    let new = new.collect();
    *told = now;
    new
}

fn shown(conversation: ConversationId, until: Time) -> ChatEvent {
    ChatEvent::Typing(ChatTyping {
        conversation_id: id::encode(conversation),
        until: DateTime(until),
    })
}
