//! Where a user wants his money paid: an account in his verified name.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::value::{PayoutAccountId, Time, UserId};

/// Where a user wants his money paid: an account in his verified name.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payout_accounts")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PayoutAccountId,
    /// Whose.
    pub user_id: UserId,
    /// The name on it, sealed.
    pub holder_sealed: Vec<u8>,
    /// Its number, sealed.
    pub number_sealed: Vec<u8>,
    /// A keyed fingerprint of the number: one a user.
    pub number_index: Vec<u8>,
    /// The last four digits, to tell it by.
    pub last_four: String,
    /// When it was added.
    pub created_at: Time,
    /// When it was removed.
    pub removed_at: Option<Time>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
