//! What two users write to each other. One a pair; `low_id` sorts before `high_id`.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::value::{ConversationId, Time, UserId};

/// What two users write to each other. One a pair; `low_id` sorts before `high_id`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "conversations")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConversationId,
    /// The member whose id sorts first.
    pub low_id: UserId,
    /// The other member.
    pub high_id: UserId,
    /// Who wrote first.
    pub started_by: UserId,
    /// When it began.
    pub created_at: Time,
    /// The number of its messages.
    pub last_seq: i64,
    /// When the newest was sent.
    pub last_at: Time,
    /// Up to which message `low_id` has read.
    pub low_read_seq: i64,
    /// Up to which message `high_id` has read.
    pub high_read_seq: i64,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
