//! One sign-in on one device, and the family of refresh tokens that keeps it alive.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::value::{SessionId, Time, UserId};

/// One sign-in on one device, and the family of refresh tokens that keeps it alive.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    /// Whose.
    pub user_id: UserId,
    /// The client as it named itself, for the list of sessions.
    pub client: String,
    /// When he signed in.
    pub created_at: Time,
    /// When it was last refreshed.
    pub used_at: Time,
    /// When it ends unless refreshed.
    pub expires_at: Time,
    /// When its owner last proved by password or second factor that it is he.
    pub proven_at: Option<Time>,
    /// When it ended.
    pub ended_at: Option<Time>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
