//! A line of a conversation: a member's message, or the platform's word. Which it is, is said by its type, so nobody's text can pass for the platform's.

use async_graphql::{Context, Enum, ID, Object, Result, Union};
use entity::{
    kinds, message,
    value::{ConversationId, MessageId},
};

use super::{
    super::{
        context::Ask,
        errors::{Failure, FieldCode},
        id,
        market::Listing,
        media::Image,
        scalars::{DateTime, Uuid},
        user::User,
    },
    Conversation,
};
use crate::{
    chat::{self, Line},
    kernel::{policy, words},
};

/// A line of a conversation.
#[derive(Debug, Clone, Union)]
pub enum ChatLine {
    /// A member's message.
    Message(Message),
    /// The platform's word.
    SystemLine(SystemLine),
}

impl ChatLine {
    /// A line of a conversation that is at hand.
    pub(super) fn within(conversation: &Conversation, line: Line) -> Self {
        match Self::from(line) {
            Self::Message(message) => Self::Message(Message {
                conversation: Some(conversation.clone()),
                ..message
            }),
            Self::SystemLine(line) => Self::SystemLine(SystemLine {
                conversation: Some(conversation.clone()),
                ..line
            }),
        }
    }

    /// The line, if it is of a conversation of the caller's; else `NOT_FOUND`.
    pub async fn find(ctx: &Context<'_>, id: MessageId) -> Result<Self, Failure> {
        let member = policy::trader(ctx.actor())?;
        let found = chat::line(ctx.env(), member, id).await?;
        found.map(Self::from).ok_or(Failure::Field(FieldCode::NotFound))
    }
}

impl From<Line> for ChatLine {
    fn from(line: Line) -> Self {
        match line.message.step {
            Some(step) => Self::SystemLine(SystemLine {
                message: line.message,
                step,
                conversation: None,
            }),
            None => Self::Message(line.into()),
        }
    }
}

/// A member's message.
#[derive(Debug, Clone)]
pub struct Message {
    line: Line,
    /// If it was fetched already.
    conversation: Option<Conversation>,
}

/// For lines that a member wrote.
impl From<Line> for Message {
    fn from(line: Line) -> Self {
        Self { line, conversation: None }
    }
}

async fn conversation(ctx: &Context<'_>, known: Option<&Conversation>, id: ConversationId) -> Result<Option<Conversation>> {
    match known {
        Some(conversation) => Ok(Some(conversation.clone())),
        None => Ok(Some(Conversation::find(ctx, id).await?)),
    }
}

/// A member's message.
#[Object]
impl Message {
    /// Its id.
    async fn id(&self) -> ID {
        id::encode(self.line.message.id)
    }
    /// The conversation it is in.
    async fn conversation(&self, ctx: &Context<'_>) -> Result<Option<Conversation>> {
        conversation(ctx, self.conversation.as_ref(), self.line.message.conversation_id).await
    }
    /// Its number in the conversation, from 1 without gaps.
    async fn seq(&self) -> i32 {
        number(self.line.message.seq)
    }
    /// Who wrote it.
    async fn sender(&self, ctx: &Context<'_>) -> Option<User> {
        self.line.sender.clone().map(|sender| User::new(ctx, sender))
    }
    /// The id that its sender's client made for it. Null for others than its sender.
    async fn client_id(&self, ctx: &Context<'_>) -> Option<Uuid> {
        let own = self.line.message.sender_id == ctx.actor().user();
        self.line.message.client_id.filter(|_| own).map(Uuid)
    }
    /// Plain text of up to 2,000 characters. Empty beside images or a card that say all, and after it was taken back.
    async fn text(&self) -> &str {
        &self.line.message.body
    }
    /// Its images, at most 9. None after it was taken back.
    async fn images(&self, ctx: &Context<'_>) -> Vec<Image> {
        let images = self.line.images.iter().cloned();
        images.map(|image| Image::for_caller(ctx, image)).collect()
    }
    /// The listing it is about. Null if there is none or you can no longer see it.
    async fn listing(&self, ctx: &Context<'_>) -> Result<Option<Listing>> {
        let Some(id) = self.line.message.listing_id else { return Ok(None) };
        match Listing::find(ctx, id).await {
            Ok(listing) => Ok(Some(listing)),
            Err(Failure::Field(FieldCode::NotFound)) => Ok(None),
            Err(failure) => Err(failure.into()),
        }
    }
    /// When its sender took it back. Then nothing else of it is shown.
    async fn recalled_at(&self) -> Option<DateTime> {
        self.line.message.recalled_at.map(DateTime)
    }
    /// When it was sent.
    async fn created_at(&self) -> DateTime {
        DateTime(self.line.message.created_at)
    }
}

/// What happened to the order of the two members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::ChatStep")]
pub enum ChatStep {
    /// The order was placed and paid.
    OrderPlaced,
    /// The seller handed the account over, or corrected what he had handed over.
    OrderDelivered,
    /// The order is complete.
    OrderCompleted,
    /// The buyer cancelled.
    CancelledByBuyer,
    /// The seller cancelled.
    CancelledBySeller,
    /// The seller missed his promise.
    PromiseMissed,
}

/// The platform's word to both members about their order. No user can write one.
#[derive(Debug, Clone)]
pub struct SystemLine {
    message: message::Model,
    step: kinds::ChatStep,
    /// If it was fetched already.
    conversation: Option<Conversation>,
}

/// The platform's word to both members about their order. No user can write one.
#[Object]
impl SystemLine {
    /// Its id.
    async fn id(&self) -> ID {
        id::encode(self.message.id)
    }
    /// The conversation it is in.
    async fn conversation(&self, ctx: &Context<'_>) -> Result<Option<Conversation>> {
        conversation(ctx, self.conversation.as_ref(), self.message.conversation_id).await
    }
    /// Its number in the conversation, from 1 without gaps.
    async fn seq(&self) -> i32 {
        number(self.message.seq)
    }
    /// What happened, for programs.
    async fn step(&self) -> ChatStep {
        self.step.into()
    }
    /// What happened, in your language.
    async fn text(&self, ctx: &Context<'_>) -> String {
        words::say(ctx.locale(), words_of(self.step), &[])
    }
    /// When it was written.
    async fn created_at(&self) -> DateTime {
        DateTime(self.message.created_at)
    }
}

const fn words_of(step: kinds::ChatStep) -> &'static str {
    match step {
        kinds::ChatStep::OrderPlaced => "chat-order-placed",
        kinds::ChatStep::OrderDelivered => "chat-order-delivered",
        kinds::ChatStep::OrderCompleted => "chat-order-completed",
        kinds::ChatStep::CancelledByBuyer => "chat-cancelled-by-buyer",
        kinds::ChatStep::CancelledBySeller => "chat-cancelled-by-seller",
        kinds::ChatStep::PromiseMissed => "chat-promise-missed",
    }
}

/// A count or a number as clients read it.
pub(super) fn number(count: i64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
