//! An account of the ledger, named by kind and owner. Only `ledger::post` writes it.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use uuid::Uuid;

use crate::{kinds::AccountKind, value::Money};

/// An account of the ledger, named by kind and owner. Only `ledger::post` writes it.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_accounts")]
pub struct Model {
    /// A user, an order (escrow), or nil for the platform.
    #[sea_orm(primary_key, auto_increment = false)]
    pub owner_id: Uuid,
    /// What the money in it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: AccountKind,
    /// The guarded balance, never below zero; 0 for platform accounts, whose balance is the sum of their entries.
    pub balance: Money,
    /// The number of its entries; 0 for platform accounts.
    pub seq: i64,
    /// How many open freezes its owner's wallet has; counted at what he has available, 0 elsewhere.
    pub frozen: i32,
    /// What remains of its owner's debts; counted at what he has available, 0 elsewhere.
    pub owed: Money,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
