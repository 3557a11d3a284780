//! An image of a piece of evidence.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::value::{EvidenceId, ImageId};

/// An image of a piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence_images")]
pub struct Model {
    /// Of which evidence.
    #[sea_orm(primary_key, auto_increment = false)]
    pub evidence_id: EvidenceId,
    /// Its place, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    /// The image.
    pub image_id: ImageId,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
