//! A line of a conversation, kept for good: a member's message, or the platform's word about an order.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use uuid::Uuid;

use crate::{
    kinds::ChatStep,
    value::{ConversationId, EventId, ListingId, MessageId, OrderId, Time, UserId},
};

/// A line of a conversation, kept for good. It has a sender, or a step: never both, never neither.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "messages")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MessageId,
    /// In which conversation.
    pub conversation_id: ConversationId,
    /// Its place, dense from 1.
    pub seq: i64,
    /// The member who wrote it. None: the platform did.
    pub sender_id: Option<UserId>,
    /// The sender's own id of it, so that a retry never doubles.
    pub client_id: Option<Uuid>,
    /// The event that the platform tells of, so that it is told once.
    pub event_id: Option<EventId>,
    /// What the platform tells.
    pub step: Option<ChatStep>,
    /// The member's text; empty when images or a card say all.
    pub body: String,
    /// The text as searches see it; empty when there is none or it was taken back.
    pub folded: String,
    /// The listing it is about.
    pub listing_id: Option<ListingId>,
    /// The order it is about.
    pub order_id: Option<OrderId>,
    /// When it was sent.
    pub created_at: Time,
    /// When its sender took it back. What it said stays here for cases and is shown to nobody else.
    pub recalled_at: Option<Time>,
    /// When an admin took it away. What it said stays here and is shown to nobody.
    pub removed_at: Option<Time>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
