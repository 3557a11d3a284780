//! What the platform announces to everybody.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::value::{AnnouncementId, Time, UserId};

/// What the platform announces to everybody.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "announcements")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AnnouncementId,
    /// Its heading in English.
    pub title_en: String,
    /// What it says in English.
    pub text_en: String,
    /// Its heading in Chinese.
    pub title_zh: String,
    /// What it says in Chinese.
    pub text_zh: String,
    /// The admin who announced it.
    pub created_by: UserId,
    /// When. Whoever signed up later is not told.
    pub created_at: Time,
    /// The admin who took it back.
    pub retracted_by: Option<UserId>,
    /// When it was taken back; nobody sees it since.
    pub retracted_at: Option<Time>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
