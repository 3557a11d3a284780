//! What an admin decided about money, or proposed to a second one.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use uuid::Uuid;

use crate::{
    kinds::{MoneyDecisionKind, MoneyDecisionState},
    value::{Money, MoneyDecisionId, Time, UserId},
};

/// What an admin decided about money, or proposed to a second one.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "money_decisions")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MoneyDecisionId,
    /// What shall be done.
    pub kind: MoneyDecisionKind,
    /// The debt, or the difference with the bank; nil where there is none.
    pub subject_id: Uuid,
    /// How much.
    pub amount: Money,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub state: MoneyDecisionState,
    /// The first admin.
    pub proposed_by: UserId,
    /// When he proposed it.
    pub proposed_at: Time,
    /// When it is void without a second admin; none: it does not wait.
    pub due_at: Option<Time>,
    /// The second admin.
    pub decided_by: Option<UserId>,
    /// When it was done, refused or void.
    pub decided_at: Option<Time>,
    /// Why the second admin refused.
    pub refusal: Option<String>,
    /// The admin who looks at it.
    pub claimed_by: Option<UserId>,
    /// Since when he does; after 4 hours it counts no more.
    pub claimed_at: Option<Time>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
