//! A version of what the seller handed over, sealed under the order's key.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::value::{OrderId, Time};

/// A version of what the seller handed over, sealed under the order's key.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credentials")]
pub struct Model {
    /// Of which order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: OrderId,
    /// From 1; a correction is a new one.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    /// Login name, password, contacts and notes, sealed.
    pub sealed: Vec<u8>,
    /// When it was handed over.
    pub created_at: Time,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
