//! The key of an order's credentials, wrapped. Destroying it makes them unreadable for good.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::value::{OrderId, Time};

/// The key of an order's credentials, wrapped. Destroying it makes them unreadable for good.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_keys")]
pub struct Model {
    /// Of which order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: OrderId,
    /// The wrapped key; none once destroyed.
    pub wrapped: Option<Vec<u8>>,
    /// When it was destroyed.
    pub destroyed_at: Option<Time>,
    /// When it will be destroyed by itself; none: the order runs, or it is done.
    pub destroy_at: Option<Time>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
