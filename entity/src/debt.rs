//! What a user owes another, or the platform: a claim, paid out of whatever comes into his wallet.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use uuid::Uuid;

use crate::{
    kinds::DebtCause,
    value::{DebtId, Money, Time, UserId},
};

/// What a user owes another, or the platform: a claim, paid out of whatever comes into his wallet.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "debts")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DebtId,
    /// Who owes.
    pub debtor_id: UserId,
    /// To whom; none: to the platform.
    pub creditor_id: Option<UserId>,
    /// What it comes from.
    pub cause: DebtCause,
    /// The deposit, order or change of another debt that it comes from.
    pub cause_id: Uuid,
    /// How much it was.
    pub amount: Money,
    /// How much of it is left.
    pub remaining: Money,
    /// Since when.
    pub created_at: Time,
    /// When nothing was left of it.
    pub ended_at: Option<Time>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
