//! Conversations, as their members see them.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::value::{ConversationId, UserId};

use super::{
    auth::{Auth, Need, auth},
    connection::{Connection, ask, connection},
    context::Ask,
    errors::{Failure, FieldCode, payload},
    id::{self, Global},
    scalars::{DateTime, Uuid},
    user::User,
};
use crate::{
    chat::{self, SendMessage, Thread, To},
    kernel::policy,
    payload_type,
};

mod line;

pub use line::{ChatLine, Message, SystemLine};

/// What two users write to each other.
#[derive(Debug, Clone)]
pub struct Conversation(Thread);

/// What two users write to each other.
#[Object]
impl Conversation {
    /// Its id.
    async fn id(&self) -> ID {
        id::encode(self.0.conversation.id)
    }
    /// The other member.
    async fn other(&self, ctx: &Context<'_>) -> User {
        User::new(ctx, self.0.other.clone())
    }
    /// The newest line.
    async fn last_line(&self, ctx: &Context<'_>) -> Result<Option<ChatLine>> {
        Ok(Some(ChatLine::find(ctx, self.0.last.id).await?))
    }
    /// The number of the newest line. Lines are numbered from 1 without gaps.
    async fn last_seq(&self) -> i32 {
        line::number(self.0.conversation.last_seq)
    }
    /// How many lines you have not read. Writing marks what is there as read.
    async fn unread_count(&self) -> i32 {
        line::number(self.0.unread())
    }
    /// The number of the newest line that you have read.
    async fn read_seq(&self) -> i32 {
        line::number(self.0.read_seq())
    }
    /// The number of the newest line that the other member has read.
    async fn other_read_seq(&self) -> i32 {
        line::number(self.0.other_read_seq())
    }
    /// When the newest line was written.
    async fn last_at(&self) -> DateTime {
        DateTime(self.0.conversation.last_at)
    }
    /// When it began.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.conversation.created_at)
    }
    /// Its lines going back in time, the newest first.
    async fn lines(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "Those before this cursor of the same list.")] after: Option<String>,
    ) -> Result<Connection<ChatLine>> {
        let page = chat::lines(ctx.env(), &self.0, &ask(first, after.as_deref())?).await?;
        Ok(connection(page, after.is_some(), chat::Line::place, ChatLine::from))
    }
}

impl Conversation {
    /// The conversation, if it is the caller's; else `NOT_FOUND`.
    pub async fn find(ctx: &Context<'_>, id: ConversationId) -> Result<Self, Failure> {
        let member = policy::trader(ctx.actor())?;
        let found = chat::conversation(ctx.env(), member, id).await?;
        found.map(Self).ok_or(Failure::Field(FieldCode::NotFound))
    }
}

/// A message to send.
#[derive(InputObject)]
pub struct ChatMessageSendInput {
    /// The id of a user, or of a conversation of yours.
    pub to: ID,
    /// Made by you for this one message: sending it again answers the same message.
    pub client_id: Uuid,
    /// Plain text of up to 2,000 characters. Empty only beside a listing or an order.
    #[graphql(default)]
    pub text: String,
    /// The listing it is about, if you can see it.
    pub listing_id: Option<ID>,
    /// The order of you two that it is about.
    pub order_id: Option<ID>,
}

impl ChatMessageSendInput {
    fn message(&self) -> Result<SendMessage, Failure> {
        Ok(SendMessage {
            to: to(&self.to)?,
            client_id: self.client_id.0,
            text: self.text.clone(),
            listing: self.listing_id.as_ref().map(id::decode).transpose()?,
            order: self.order_id.as_ref().map(id::decode).transpose()?,
        })
    }
}

/// Reads the id of a user or of a conversation.
fn to(id: &ID) -> Result<To, Failure> {
    match id::open(id) {
        Some((UserId::TAG, user)) => Ok(To::User(UserId(user))),
        _ => id::decode(id).map(To::Conversation),
    }
}

payload_type! {
    /// What `chatMessageSend` answers.
    ChatMessageSendPayload {
        /// The message.
        message: Message
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
        Ok(Some(connection(page, after.is_some(), Thread::place, Conversation)))
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
        Ok(Some(found.map(Conversation).ok_or(Failure::Field(FieldCode::NotFound))?))
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
        payload(ctx, send(ctx, &input).await)
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

async fn send(ctx: &Context<'_>, input: &ChatMessageSendInput) -> Result<Message, Failure> {
    let sender = policy::trader(ctx.actor())?;
    let sent = chat::send(ctx.env(), sender, &input.message()?).await?;
    Message::of(sent)
}

async fn mark(ctx: &Context<'_>, input: &ConversationReadInput) -> Result<Conversation, Failure> {
    let reader = policy::trader(ctx.actor())?;
    let thread = chat::read(ctx.env(), reader, id::decode(&input.conversation_id)?, input.seq.into()).await?;
    Ok(Conversation(thread))
}
