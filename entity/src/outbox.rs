//! An event that reactions have still to see.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::value::{EventId, Time};

/// An event that reactions have still to see.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    /// Its place. For each user it follows the order in which his events were committed.
    #[sea_orm(primary_key)]
    pub number: i64,
    /// The event's id.
    pub id: EventId,
    /// The event.
    pub event: String,
    /// When it happened.
    pub created_at: Time,
    /// When the relay takes it next; none: done.
    pub due_at: Option<Time>,
    /// How often it failed.
    pub attempts: i32,
    /// When its reactions were done.
    pub done_at: Option<Time>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
