//! A line of a conversation: a member's message, or the platform's word. Which it is, is said by its type, so nobody's text can pass for the platform's.

use async_graphql::{Context, Enum, ID, Object, Result, Union};
use entity::{kinds, message, value::MessageId};

use super::{
    super::{
        context::Ask,
        errors::{Failure, FieldCode},
        id,
        market::Listing,
        scalars::{DateTime, Uuid},
        user::User,
    },
    Conversation,
};
use crate::{
    account::face::FaceRow,
    chat::{self, Line},
    kernel::{Fault, policy, words},
};

/// A line of a conversation.
#[derive(Debug, Clone, Union)]
pub enum ChatLine {
    /// A member's message.
    Message(Message),
    /// The platform's word.
    SystemLine(SystemLine),
}

impl From<Line> for ChatLine {
    fn from(line: Line) -> Self {
        match (line.message.step, line.sender) {
            (Some(step), _) => Self::SystemLine(SystemLine {
                message: line.message,
                step,
            }),
            (None, sender) => Self::Message(Message {
                message: line.message,
                sender,
            }),
        }
    }
}

impl ChatLine {
    /// The line, if it is of a conversation of the caller's; else `NOT_FOUND`.
    pub async fn find(ctx: &Context<'_>, id: MessageId) -> Result<Self, Failure> {
        let member = policy::trader(ctx.actor())?;
        let found = chat::line(ctx.env(), member, id).await?;
        found.map(Self::from).ok_or(Failure::Field(FieldCode::NotFound))
    }
}

/// A member's message.
#[derive(Debug, Clone)]
pub struct Message {
    message: message::Model,
    sender: Option<FaceRow>,
}

impl Message {
    /// The message of a line that a member wrote.
    pub fn of(line: Line) -> Result<Self, Failure> {
        match ChatLine::from(line) {
            ChatLine::Message(message) => Ok(message),
            ChatLine::SystemLine(_) => Err(Fault::internal("the platform's line is nobody's message").into()),
        }
    }
}

/// A member's message.
#[Object]
impl Message {
    /// Its id.
    async fn id(&self) -> ID {
        id::encode(self.message.id)
    }
    /// The conversation it is in.
    async fn conversation(&self, ctx: &Context<'_>) -> Result<Option<Conversation>> {
        Ok(Some(Conversation::find(ctx, self.message.conversation_id).await?))
    }
    /// Its number in the conversation, from 1 without gaps.
    async fn seq(&self) -> i32 {
        number(self.message.seq)
    }
    /// Who wrote it.
    async fn sender(&self, ctx: &Context<'_>) -> Option<User> {
        self.sender.clone().map(|sender| User::new(ctx, sender))
    }
    /// The id that its sender's client made for it. Null for others than its sender.
    async fn client_id(&self, ctx: &Context<'_>) -> Option<Uuid> {
        let own = self.message.sender_id == ctx.actor().user();
        self.message.client_id.filter(|_| own).map(Uuid)
    }
    /// Plain text of up to 2,000 characters. Empty if the message is only a card.
    async fn text(&self) -> &str {
        &self.message.body
    }
    /// The listing it is about. Null if there is none or you can no longer see it.
    async fn listing(&self, ctx: &Context<'_>) -> Result<Option<Listing>> {
        let Some(id) = self.message.listing_id else { return Ok(None) };
        match Listing::find(ctx, id).await {
            Ok(listing) => Ok(Some(listing)),
            Err(Failure::Field(FieldCode::NotFound)) => Ok(None),
            Err(failure) => Err(failure.into()),
        }
    }
    /// When it was sent.
    async fn created_at(&self) -> DateTime {
        DateTime(self.message.created_at)
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
        Ok(Some(Conversation::find(ctx, self.message.conversation_id).await?))
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
