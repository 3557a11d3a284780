//! What a buyer gave back when he returned an account.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::{
    kinds::HandBackKind,
    value::{OrderId, Time},
};

/// What a buyer gave back when he returned an account.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "hand_backs")]
pub struct Model {
    /// Of which order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: OrderId,
    /// How he gave it back.
    pub kind: HandBackKind,
    /// Login name, password, contacts and notes, sealed; none where he made a statement only.
    pub sealed: Option<Vec<u8>>,
    /// The key they are sealed under, wrapped; none once destroyed.
    pub wrapped: Option<Vec<u8>>,
    /// When he gave it back.
    pub created_at: Time,
    /// When the seller first read it.
    pub revealed_at: Option<Time>,
    /// When the key will be destroyed by itself; none: the order runs, or it is done.
    pub destroy_at: Option<Time>,
    /// When the key was destroyed.
    pub destroyed_at: Option<Time>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
