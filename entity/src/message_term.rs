//! A word of a chat message, for search.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::value::ConversationId;

/// A word of a chat message, for search.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "message_terms")]
pub struct Model {
    /// In which conversation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub conversation_id: ConversationId,
    /// The word, folded.
    #[sea_orm(primary_key, auto_increment = false)]
    pub term: String,
    /// The number of the message.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
