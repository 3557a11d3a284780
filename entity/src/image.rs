//! An uploaded image, sanitised and stored.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::{
    kinds::ImagePurpose,
    value::{ImageId, Time, UserId},
};

/// An uploaded image, sanitised and stored.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "images")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ImageId,
    /// Who uploaded it.
    pub owner_id: UserId,
    /// What it may be used for.
    pub purpose: ImagePurpose,
    /// Its unguessable key in the file store; the thumbnail lies beside it.
    pub file_key: String,
    /// Its media type.
    pub mime: String,
    /// Pixels across.
    pub width: i32,
    /// Pixels down.
    pub height: i32,
    /// Size of the stored file.
    pub bytes: i64,
    /// When it was uploaded.
    pub created_at: Time,
    /// When something took it; until then it may be swept.
    pub attached_at: Option<Time>,
    /// SHA-256 of the file as it is stored; none: uploaded before hashes were taken.
    pub sha256: Option<Vec<u8>>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
