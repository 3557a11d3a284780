//! Money on its way out through the bank.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::{
    kinds::WithdrawalState,
    value::{Money, PayoutAccountId, Time, UserId, WithdrawalId},
};

/// Money on its way out through the bank.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "withdrawals")]
pub struct Model {
    /// Which; also the bank's idempotency key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WithdrawalId,
    /// Whose.
    pub user_id: UserId,
    /// Where to.
    pub payout_account_id: PayoutAccountId,
    /// How much.
    pub amount: Money,
    /// Where it stands.
    pub state: WithdrawalState,
    /// Why an admin rejected it.
    pub reason: Option<String>,
    /// When it was asked for.
    pub created_at: Time,
    /// When it was approved.
    pub approved_at: Option<Time>,
    /// When it was marked as sent, before the bank was called.
    pub sent_at: Option<Time>,
    /// When it was paid or given back.
    pub ended_at: Option<Time>,
    /// When the worker looks at it next; none: never.
    pub due_at: Option<Time>,
    /// How often the bank was called about it.
    pub asks: i32,
    /// Whether it takes out money that was paid in shortly before.
    pub quick_turn: bool,
    /// The first of the two admins that a large one needs.
    pub first_approved_by: Option<UserId>,
    /// When the first of two admins approved.
    pub first_approved_at: Option<Time>,
    /// The admin who approved or rejected it at last; none: no admin was needed, or none has decided.
    pub decided_by: Option<UserId>,
    /// The admin who looks at it.
    pub claimed_by: Option<UserId>,
    /// Since when he does; after 4 hours it counts no more.
    pub claimed_at: Option<Time>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
