//! A keyed fingerprint of the account that an order delivered.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::value::{OrderId, Time};

/// A keyed fingerprint of the account that an order delivered.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_prints")]
pub struct Model {
    /// Which order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: OrderId,
    /// Equal for equal game and login; without the house's key it says nothing.
    pub print: Vec<u8>,
    /// When it was delivered.
    pub at: Time,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
