//! What a party of a completed order says of the other.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::value::{OrderId, Time, UserId};

/// What a party of a completed order says of the other.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reviews")]
pub struct Model {
    /// Of which order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: OrderId,
    /// Who says it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub author_id: UserId,
    /// Of whom.
    pub subject_id: UserId,
    /// Whether of him as a seller.
    pub as_seller: bool,
    /// One to five.
    pub stars: i32,
    /// In words; may be empty.
    pub body: String,
    /// When it was written.
    pub created_at: Time,
    /// From when on others see it.
    pub shown_at: Time,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
