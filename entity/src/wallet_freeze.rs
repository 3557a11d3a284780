//! One reason for which a user's wallet is frozen. It is frozen while any is open.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use uuid::Uuid;

use crate::{
    kinds::FreezeCause,
    value::{FreezeId, Time, UserId},
};

/// One reason for which a user's wallet is frozen. It is frozen while any is open.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "wallet_freezes")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FreezeId,
    /// Whose wallet.
    pub user_id: UserId,
    /// What asks for it.
    pub cause: FreezeCause,
    /// The case that asks for it; the user himself where an admin does.
    pub subject_id: Uuid,
    /// Why, in an admin's words.
    pub reason: Option<String>,
    /// Who froze it; nil: the system.
    pub opened_by: Uuid,
    /// Since when.
    pub opened_at: Time,
    /// When it ends by itself; none: it is over, or a case's, which has its own timers.
    pub due_at: Option<Time>,
    /// Who ended it; nil: the system.
    pub ended_by: Option<Uuid>,
    /// When it ended; none: it is open.
    pub ended_at: Option<Time>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
