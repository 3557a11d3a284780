//! One side of a transfer. The sides of a transfer sum to zero.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use uuid::Uuid;

use crate::{
    kinds::AccountKind,
    value::{Money, TransferId},
};

/// One side of a transfer. The sides of a transfer sum to zero.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_entries")]
pub struct Model {
    /// Of which transfer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub transfer_id: TransferId,
    /// The account's owner.
    #[sea_orm(primary_key, auto_increment = false)]
    pub owner_id: Uuid,
    /// The account's kind.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: AccountKind,
    /// What it added; negative: took.
    pub amount: Money,
    /// Its place in the account, dense from 1; none for platform accounts.
    pub seq: Option<i64>,
    /// The account's balance after it; none for platform accounts.
    pub balance: Option<Money>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
