//! A chat message in which contact details or a listed word were seen.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::{
    kinds::FlagKind,
    value::{MessageId, Time, UserId},
};

/// A chat message in which contact details or a listed word were seen.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "message_flags")]
pub struct Model {
    /// Which message.
    #[sea_orm(primary_key, auto_increment = false)]
    pub message_id: MessageId,
    /// Who wrote it.
    pub sender_id: UserId,
    /// What was seen.
    pub kind: FlagKind,
    /// When.
    pub created_at: Time,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
