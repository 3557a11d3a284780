//! A message in the room of a mediation.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::value::{CaseId, CaseMessageId, Time, UserId};

/// A message in the room of a mediation.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_messages")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CaseMessageId,
    /// In which case.
    pub case_id: CaseId,
    /// Who wrote it.
    pub author_id: UserId,
    /// What he wrote.
    pub body: String,
    /// When.
    pub created_at: Time,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
