//! A webhook of the bank that was believed, kept so that a repeat changes nothing.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use uuid::Uuid;

use crate::{
    kinds::BankEventOutcome,
    value::{Money, Time},
};

/// A webhook of the bank that was believed, kept so that a repeat changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bank_events")]
pub struct Model {
    /// The webhook's id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The deposit or withdrawal it speaks of.
    pub subject_id: Uuid,
    /// What it said.
    pub kind: String,
    /// The amount it named.
    pub amount: Money,
    /// What we did with it.
    pub outcome: BankEventOutcome,
    /// When it came first.
    pub at: Time,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
