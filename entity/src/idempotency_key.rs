//! A key under which a user has done one thing.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use uuid::Uuid;

use crate::value::{Time, UserId};

/// A key under which a user has done one thing.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_keys")]
pub struct Model {
    /// Whose key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The mutation it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub operation: String,
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: Uuid,
    /// A keyed fingerprint of the input it was used with.
    pub input_hash: Vec<u8>,
    /// What came of it.
    pub result_id: Uuid,
    /// When.
    pub created_at: Time,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
