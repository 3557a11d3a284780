//! Money on its way in through the bank.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::{
    kinds::DepositState,
    value::{DepositId, Money, Time, UserId},
};

/// Money on its way in through the bank.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deposits")]
pub struct Model {
    /// Which; also the bank's idempotency key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DepositId,
    /// Whose.
    pub user_id: UserId,
    /// How much, by our own record.
    pub amount: Money,
    /// Where it stands.
    pub state: DepositState,
    /// The bank's name of the payment.
    pub reference: Option<String>,
    /// Where he pays.
    pub checkout_url: Option<String>,
    /// When it was asked for.
    pub created_at: Time,
    /// When it lapses unpaid.
    pub lapses_at: Time,
    /// When we ask the bank next; none: no more.
    pub ask_at: Option<Time>,
    /// How often we asked.
    pub asks: i32,
    /// When it was credited, failed, lapsed or reversed, whichever came last.
    pub decided_at: Option<Time>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
