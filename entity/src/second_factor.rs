//! The secret of a user's authenticator.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::value::{Time, UserId};

/// The secret of a user's authenticator.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factors")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The secret, sealed.
    pub secret_sealed: Vec<u8>,
    /// When it was made.
    pub begun_at: Time,
    /// When its owner showed a first code; until then it asks nothing of him.
    pub confirmed_at: Option<Time>,
    /// The newest 30-second step whose code was used; its code and older ones are spent.
    pub last_step: i64,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
