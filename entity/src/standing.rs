//! What a user may do: the one row read at each request and locked by those who trade with him.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::{
    kinds::Role,
    value::{Time, UserId},
};

/// What a user may do: the one row read at each request and locked by those who trade with him.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "standing")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// Trader or admin.
    pub role: Role,
    /// Whether he is left with deposit, withdrawal and system messages.
    pub blacklisted: bool,
    /// Whether his real name is verified.
    pub verified: bool,
    /// Raised by each change, so that older tokens and sockets notice.
    pub version: i64,
    /// Until when his withdrawals wait, after a change that a thief would make; none: they do not.
    pub withdraw_after: Option<Time>,
    /// Why he is blacklisted, for his notice.
    pub blacklist_reason: Option<String>,
    /// When he closed his account; none: it is open.
    pub closed_at: Option<Time>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
