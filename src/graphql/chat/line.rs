//! A line of a conversation: a member's message, or the platform's word. Which it is, is said by its type, so nobody's text can pass for the platform's.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result, Union};
use entity::{
    kinds, message,
    value::{ConversationId, ListingId, MessageId, OrderId},
};

use super::{
    super::{
        batch::Batch,
        context::Ask,
        errors::{Failure, FieldCode},
        id,
        market::Listing,
        media::Image,
        order::Order,
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

/// The listings and orders that some lines are about.
#[derive(Debug)]
pub(super) struct Cards {
    listings: Batch<ListingId, Listing>,
    orders: Batch<OrderId, Order>,
}

impl Cards {
    /// Of these lines.
    pub(super) fn of<'a>(lines: impl Iterator<Item = &'a Line> + Clone) -> Arc<Self> {
        Arc::new(Self {
            listings: Batch::new(lines.clone().filter_map(|line| line.message.listing_id)),
            orders: Batch::new(lines.filter_map(|line| line.message.order_id)),
        })
    }
}

/// What the lines of a page have in common.
#[derive(Debug)]
pub(super) struct LinePage {
    /// The conversation they are all of, if it is at hand.
    conversation: Option<Conversation>,
    cards: Arc<Cards>,
}

impl LinePage {
    /// For these lines, of one conversation or of many.
    pub(super) fn of(lines: &[Line], conversation: Option<&Conversation>) -> Arc<Self> {
        Arc::new(Self {
            conversation: conversation.cloned(),
            cards: Cards::of(lines.iter()),
        })
    }

    /// For a line of this conversation, which shares its cards with lines of others.
    pub(super) fn sharing(cards: &Arc<Cards>, conversation: &Conversation) -> Arc<Self> {
        Arc::new(Self {
            conversation: Some(conversation.clone()),
            cards: Arc::clone(cards),
        })
    }

    async fn conversation(&self, ctx: &Context<'_>, id: ConversationId) -> Result<Option<Conversation>> {
        match &self.conversation {
            Some(conversation) => Ok(Some(conversation.clone())),
            None => Ok(Some(Conversation::find(ctx, id).await?)),
        }
    }

    async fn order(&self, ctx: &Context<'_>, id: Option<OrderId>) -> Result<Option<Order>> {
        let Some(id) = id else { return Ok(None) };
        let party = policy::trader(ctx.actor())?;
        let load = |ids: Vec<OrderId>| async move { Order::of_party(ctx.env(), party, &ids).await };
        Ok(self.cards.orders.get(id, load).await?)
    }

    async fn listing(&self, ctx: &Context<'_>, id: Option<ListingId>) -> Result<Option<Listing>> {
        let Some(id) = id else { return Ok(None) };
        let load = |ids: Vec<ListingId>| async move { Listing::find_all(ctx, &ids).await };
        Ok(self.cards.listings.get(id, load).await?)
    }
}

impl ChatLine {
    /// A line of a page.
    pub(super) fn on(page: &Arc<LinePage>, line: Line) -> Self {
        match line.message.step {
            Some(step) => Self::SystemLine(SystemLine {
                message: line.message,
                step,
                page: Arc::clone(page),
            }),
            None => Self::Message(Message::on(page, line)),
        }
    }

    /// The line, if it is of a conversation of the caller's; else `NOT_FOUND`.
    pub async fn find(ctx: &Context<'_>, id: MessageId) -> Result<Self, Failure> {
        let member = policy::trader(ctx.actor())?;
        let found = chat::line(ctx.env(), member, id).await?;
        let line = found.ok_or(Failure::Field(FieldCode::NotFound))?;
        Ok(Self::on(&LinePage::of(std::slice::from_ref(&line), None), line))
    }
}

/// A member's message.
#[derive(Debug, Clone)]
pub struct Message {
    line: Line,
    page: Arc<LinePage>,
}

impl Message {
    /// A line of a page, which a member wrote.
    pub(super) fn on(page: &Arc<LinePage>, line: Line) -> Self {
        Self {
            line,
            page: Arc::clone(page),
        }
    }
}

/// A line by itself, which a member wrote.
impl From<Line> for Message {
    fn from(line: Line) -> Self {
        Self::on(&LinePage::of(std::slice::from_ref(&line), None), line)
    }
}

/// A member's message.
#[Object(serial)]
impl Message {
    /// Its id.
    pub async fn id(&self) -> ID {
        id::encode(self.line.message.id)
    }
    /// The conversation it is in.
    async fn conversation(&self, ctx: &Context<'_>) -> Result<Option<Conversation>> {
        self.page.conversation(ctx, self.line.message.conversation_id).await
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
    /// Plain text of up to 2,000 characters. Empty beside images or a card that say all, and after it was taken back or away.
    async fn text(&self) -> &str {
        &self.line.message.body
    }
    /// Its images, at most 9. None after it was taken back or away.
    async fn images(&self, ctx: &Context<'_>) -> Vec<Image> {
        let images = self.line.images.iter().cloned();
        images.map(|image| Image::for_caller(ctx, image)).collect()
    }
    /// The listing it is about. Null if there is none, or you can no longer see it.
    async fn listing(&self, ctx: &Context<'_>) -> Result<Option<Listing>> {
        self.page.listing(ctx, self.line.message.listing_id).await
    }
    /// The order of you two that it is about.
    async fn order(&self, ctx: &Context<'_>) -> Result<Option<Order>> {
        self.page.order(ctx, self.line.message.order_id).await
    }
    /// When its sender took it back. Then nothing else of it is shown.
    async fn recalled_at(&self) -> Option<DateTime> {
        self.line.message.recalled_at.map(DateTime)
    }
    /// When an administrator took it away, after it was reported. Then nothing else of it is shown.
    async fn removed_at(&self) -> Option<DateTime> {
        self.line.message.removed_at.map(DateTime)
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
    /// An offer was accepted; the buyer has to pay.
    OrderAgreed,
    /// The order ended before it was paid.
    OrderUnpaid,
    /// A party was blacklisted; the order is cancelled.
    CancelledByBlacklist,
    /// The buyer asked for a return.
    ReturnRequested,
    /// The buyer took his request back, or let it lapse.
    ReturnWithdrawn,
    /// The buyer handed the account back.
    HandedBack,
    /// The seller refused the return; the platform decides.
    ReturnRefused,
    /// The buyer got his money back.
    OrderRefunded,
    /// The money was divided by a ruling.
    OrderSplit,
}

/// The platform's word to both members about their order. No user can write one.
#[derive(Debug, Clone)]
pub struct SystemLine {
    message: message::Model,
    step: kinds::ChatStep,
    page: Arc<LinePage>,
}

/// The platform's word to both members about their order. No user can write one.
#[Object(serial)]
impl SystemLine {
    /// Its id.
    pub async fn id(&self) -> ID {
        id::encode(self.message.id)
    }
    /// The conversation it is in.
    async fn conversation(&self, ctx: &Context<'_>) -> Result<Option<Conversation>> {
        self.page.conversation(ctx, self.message.conversation_id).await
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
    /// The order of you two that it is about.
    async fn order(&self, ctx: &Context<'_>) -> Result<Option<Order>> {
        self.page.order(ctx, self.message.order_id).await
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
        kinds::ChatStep::OrderAgreed => "chat-order-agreed",
        kinds::ChatStep::OrderUnpaid => "chat-order-unpaid",
        kinds::ChatStep::CancelledByBlacklist => "chat-cancelled-by-blacklist",
        kinds::ChatStep::ReturnRequested => "chat-return-requested",
        kinds::ChatStep::ReturnWithdrawn => "chat-return-withdrawn",
        kinds::ChatStep::HandedBack => "chat-handed-back",
        kinds::ChatStep::ReturnRefused => "chat-return-refused",
        kinds::ChatStep::OrderRefunded => "chat-order-refunded",
        kinds::ChatStep::OrderSplit => "chat-order-split",
    }
}

/// A count or a number as clients read it.
pub(super) fn number(count: i64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
