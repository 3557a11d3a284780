//! A chat message, kept for good.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use uuid::Uuid;

use crate::value::{ConversationId, ListingId, MessageId, OrderId, Time, UserId};

/// A chat message, kept for good.
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
    /// Who wrote it.
    pub sender_id: UserId,
    /// The sender's own id of it, so that a retry never doubles.
    pub client_id: Uuid,
    /// The text.
    pub body: String,
    /// The listing it is about.
    pub listing_id: Option<ListingId>,
    /// The order it is about.
    pub order_id: Option<OrderId>,
    /// When it was sent.
    pub created_at: Time,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
