//! What made a debt smaller. What remains of a debt is its amount less its changes.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use uuid::Uuid;

use crate::{
    kinds::DebtChangeKind,
    value::{DebtChangeId, DebtId, Money, Time},
};

/// What made a debt smaller. What remains of a debt is its amount less its changes.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "debt_changes")]
pub struct Model {
    /// Which; the cause of its transfer, if money moved.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DebtChangeId,
    /// Which debt.
    pub debt_id: DebtId,
    /// How.
    pub kind: DebtChangeKind,
    /// By how much.
    pub amount: Money,
    /// Who did it; nil: the system.
    pub by_id: Uuid,
    /// When.
    pub at: Time,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
