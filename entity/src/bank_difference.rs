//! Something in which the bank's book and ours differ, for an admin to look at.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use uuid::Uuid;

use crate::{
    kinds::BankDifferenceKind,
    value::{BankDifferenceId, Money, Time, UserId},
};

/// Something in which the bank's book and ours differ, for an admin to look at.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bank_differences")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BankDifferenceId,
    /// What is the matter.
    pub kind: BankDifferenceKind,
    /// The deposit or withdrawal it is about, by the id that the bank named.
    pub subject_id: Uuid,
    /// The quarantined webhook; empty: none.
    pub webhook_id: String,
    /// How it stands in our book; none: not at all.
    pub ours: Option<String>,
    /// The amount in our book.
    pub our_amount: Option<Money>,
    /// What the bank says; none: nothing.
    pub theirs: Option<String>,
    /// The amount that the bank names.
    pub their_amount: Option<Money>,
    /// When it was found.
    pub found_at: Time,
    /// The admin who looks at it.
    pub claimed_by: Option<UserId>,
    /// Since when he does.
    pub claimed_at: Option<Time>,
    /// Who resolved it; nil: it resolved itself.
    pub resolved_by: Option<Uuid>,
    /// When it was resolved.
    pub resolved_at: Option<Time>,
    /// What came of it.
    pub resolution: Option<String>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
