//! The key of an image whose files lie sealed. Without it they are unreadable for good.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::value::ImageId;

/// The key of an image whose files lie sealed. Without it they are unreadable for good.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "image_keys")]
pub struct Model {
    /// Of which image.
    #[sea_orm(primary_key, auto_increment = false)]
    pub image_id: ImageId,
    /// The wrapped key.
    pub wrapped: Vec<u8>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
