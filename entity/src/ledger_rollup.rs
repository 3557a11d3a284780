//! What an account without a balance came to at the end of a day. Made out of its entries.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use uuid::Uuid;

use crate::{kinds::AccountKind, value::Money};

/// What an account without a balance came to at the end of a day. Made out of its entries.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_rollups")]
pub struct Model {
    /// Nil: the platform.
    #[sea_orm(primary_key, auto_increment = false)]
    pub owner_id: Uuid,
    /// What the money in it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: AccountKind,
    /// The day, counted from 1970-01-01 UTC. Not every day: those on which money moved.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i64,
    /// The sum of all entries up to its end.
    pub total: Money,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
