//! Something that happened to an order. Append-only.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::{
    kinds::OrderStepKind,
    value::{OrderId, Time, UserId},
};

/// Something that happened to an order. Append-only.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_steps")]
pub struct Model {
    /// Of which order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: OrderId,
    /// Its number, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i32,
    /// What happened.
    pub kind: OrderStepKind,
    /// Who did it; none: the platform.
    pub actor_id: Option<UserId>,
    /// When.
    pub at: Time,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
