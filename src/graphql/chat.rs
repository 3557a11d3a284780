//! Conversations, as their members see them.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::value::ConversationId;

use super::{
    auth::{Auth, Need, auth},
    connection::{Connection, ask, connection},
    context::Ask,
    errors::{Failure, FieldCode, payload},
    id,
    scalars::DateTime,
    user::User,
};
use crate::{
    chat::{self, Line, Thread},
    kernel::policy,
    payload_type,
};

mod line;
mod send;

use line::{Cards, LinePage};
pub use line::{ChatLine, Message, SystemLine};
pub use send::{ChatMessageSendInput, ChatMessageSendPayload, ChatWarning, WarningKind};

/// What two users write to each other.
#[derive(Debug, Clone)]
pub struct Conversation {
    thread: Thread,
    /// The newest line, if it was fetched for a whole page, and what all lines of that page are about.
    last: Option<(Line, Arc<Cards>)>,
}

/// What two users write to each other.
#[Object(serial)]
impl Conversation {
    /// Its id.
    pub async fn id(&self) -> ID {
        id::encode(self.thread.conversation.id)
    }
    /// The other member.
    async fn other(&self, ctx: &Context<'_>) -> User {
        User::new(ctx, self.thread.other.clone())
    }
    /// The newest line.
    async fn last_line(&self, ctx: &Context<'_>) -> Result<Option<ChatLine>> {
        match &self.last {
            Some((line, cards)) => Ok(Some(ChatLine::on(&LinePage::sharing(cards, self), line.clone()))),
            None => Ok(Some(ChatLine::find(ctx, self.thread.last).await?)),
        }
    }
    /// The number of the newest line. Lines are numbered from 1 without gaps.
    async fn last_seq(&self) -> i32 {
        line::number(self.thread.conversation.last_seq)
    }
    /// How many lines you have not read. Writing marks what is there as read.
    async fn unread_count(&self) -> i32 {
        line::number(self.thread.unread())
    }
    /// The number of the newest line that you have read.
    async fn read_seq(&self) -> i32 {
        line::number(self.thread.read_seq())
    }
    /// The number of the newest line that the other member has read.
    async fn other_read_seq(&self) -> i32 {
        line::number(self.thread.other_read_seq())
    }
    /// When the newest line was written.
    async fn last_at(&self) -> DateTime {
        DateTime(self.thread.conversation.last_at)
    }
    /// When it began.
    async fn created_at(&self) -> DateTime {
        DateTime(self.thread.conversation.created_at)
    }
    /// Its lines going back in time, the newest first.
    async fn lines(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "Those before this cursor of the same list.")] after: Option<String>,
    ) -> Result<Connection<ChatLine>> {
        let page = chat::lines(ctx.env(), &self.thread, &ask(first, after.as_deref())?).await?;
        let shared = LinePage::of(&page.rows, Some(self));
        Ok(connection(page, after.is_some(), Line::place, |line| ChatLine::on(&shared, line)))
    }
}

impl From<Thread> for Conversation {
    fn from(thread: Thread) -> Self {
        Self { thread, last: None }
    }
}

impl Conversation {
    /// The conversation, if it is the caller's; else `NOT_FOUND`.
    pub async fn find(ctx: &Context<'_>, id: ConversationId) -> Result<Self, Failure> {
        let member = policy::trader(ctx.actor())?;
        let found = chat::conversation(ctx.env(), member, id).await?;
        found.map(Self::from).ok_or(Failure::Field(FieldCode::NotFound))
    }
}

/// A message to be taken back.
#[derive(InputObject)]
pub struct ChatMessageRecallInput {
    /// Which: one of yours, at most 2 minutes old.
    pub id: ID,
}

payload_type! {
    /// What `chatMessageRecall` answers.
    ChatMessageRecallPayload {
        /// The message, of which nothing is shown any more.
        message: Message
    }
}

/// Where you are typing.
#[derive(InputObject)]
pub struct ChatTypingInput {
    /// In which conversation.
    pub conversation_id: ID,
}

payload_type! {
    /// What `chatTyping` answers.
    ChatTypingPayload {
        /// The conversation.
        conversation: Conversation
    }
}

/// A conversation to be marked as read.
#[derive(InputObject)]
pub struct ConversationReadInput {
    /// Which.
    pub conversation_id: ID,
    /// The number of the newest line you have seen.
    pub seq: i32,
}

payload_type! {
    /// What `conversationRead` answers.
    ConversationReadPayload {
        /// The conversation with your new marker.
        conversation: Conversation
    }
}

/// Queries of conversations.
#[derive(Default)]
pub struct ChatQuery;

#[Object]
impl ChatQuery {
    /// Your conversations, the one with the newest line first.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn conversations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
    ) -> Result<Option<Connection<Conversation>>> {
        let member = policy::trader(ctx.actor())?;
        let page = chat::conversations(ctx.env(), member, &ask(first, after.as_deref())?).await?;
        let wanted = ctx.look_ahead();
        let wanted = wanted.field("nodes").field("lastLine").exists() || wanted.field("edges").field("node").field("lastLine").exists();
        let lines = if wanted {
            chat::last_lines(ctx.env(), &page.rows).await?
        } else {
            HashMap::new()
        };
        let cards = Cards::of(lines.values());
        let last = |thread: &Thread| Some((lines.get(&thread.conversation.id)?.clone(), Arc::clone(&cards)));
        Ok(Some(connection(page, after.is_some(), Thread::place, |thread| Conversation {
            last: last(&thread),
            thread,
        })))
    }

    /// One conversation of yours.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn conversation(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<Conversation>> {
        Ok(Some(Conversation::find(ctx, id::decode(&id)?).await?))
    }

    /// Your conversation with a user. `NOT_FOUND` until one of you has written.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn conversation_with(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The other user's id.")] user_id: ID,
    ) -> Result<Option<Conversation>> {
        let member = policy::trader(ctx.actor())?;
        let found = chat::conversation_with(ctx.env(), member, id::decode(&user_id)?).await?;
        Ok(Some(found.map(Conversation::from).ok_or(Failure::Field(FieldCode::NotFound))?))
    }

    /// Your messages and those to you that hold all these words or parts of words, the newest first.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn chat_search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to look for: 1 to 8 words of together at most 100 characters.")] words: String,
        #[graphql(desc = "In this conversation only.")] conversation_id: Option<ID>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
    ) -> Result<Option<Connection<Message>>> {
        let member = policy::trader(ctx.actor())?;
        let within = conversation_id.as_ref().map(id::decode).transpose()?;
        let ask = ask(first, after.as_deref())?;
        let page = chat::search(ctx.env(), member, &words, within, &ask).await.map_err(Failure::from)?;
        let shared = LinePage::of(&page.rows, None);
        Ok(Some(connection(page, after.is_some(), chat::search::place, |line| {
            Message::on(&shared, line)
        })))
    }

    /// How many lines you have not read, in all your conversations.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn chat_unread_count(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        let member = policy::trader(ctx.actor())?;
        Ok(Some(line::number(chat::unread(ctx.env(), member).await?)))
    }
}

/// Mutations of conversations.
#[derive(Default)]
pub struct ChatMutation;

#[Object]
impl ChatMutation {
    /// Sends a message; the conversation begins with the first one. At most 60 in a minute and 20 new conversations in 24 hours.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn chat_message_send(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The message, and to whom.")] input: ChatMessageSendInput,
    ) -> Result<Option<ChatMessageSendPayload>> {
        payload(ctx, send::send(ctx, &input).await)
    }

    /// Takes a message of yours back, within 2 minutes. The other member sees that there was one. Doing it again changes nothing.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn chat_message_recall(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which message.")] input: ChatMessageRecallInput,
    ) -> Result<Option<ChatMessageRecallPayload>> {
        payload(ctx, take_back(ctx, &input).await)
    }

    /// Tells the other member that you are typing. It holds for 6 seconds and is kept nowhere; say it every 3 seconds while it is true.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn chat_typing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "In which conversation.")] input: ChatTypingInput,
    ) -> Result<Option<ChatTypingPayload>> {
        payload(ctx, types(ctx, &input).await)
    }

    /// Marks everything in a conversation up to a line as read. The marker never goes back.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn conversation_read(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which conversation, and up to where.")] input: ConversationReadInput,
    ) -> Result<Option<ConversationReadPayload>> {
        payload(ctx, mark(ctx, &input).await)
    }
}

async fn take_back(ctx: &Context<'_>, input: &ChatMessageRecallInput) -> Result<Message, Failure> {
    let sender = policy::trader(ctx.actor())?;
    Ok(chat::recall(ctx.env(), sender, id::decode(&input.id)?).await?.into())
}

async fn types(ctx: &Context<'_>, input: &ChatTypingInput) -> Result<Conversation, Failure> {
    let writer = policy::trader(ctx.actor())?;
    let conversation = id::decode(&input.conversation_id)?;
    chat::typing(ctx.env(), writer, conversation).await?;
    Conversation::find(ctx, conversation).await
}

async fn mark(ctx: &Context<'_>, input: &ConversationReadInput) -> Result<Conversation, Failure> {
    let reader = policy::trader(ctx.actor())?;
    let thread = chat::read(ctx.env(), reader, id::decode(&input.conversation_id)?, input.seq.into()).await?;
    Ok(thread.into())
}
