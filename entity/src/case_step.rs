//! A step in the timeline of a case.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::{
    kinds::CaseStep,
    value::{CaseId, Time, UserId},
};

/// A step in the timeline of a case.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_steps")]
pub struct Model {
    /// Of which case.
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: CaseId,
    /// Its number, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i32,
    /// What happened.
    pub kind: CaseStep,
    /// Who did it; none: the platform.
    pub actor_id: Option<UserId>,
    /// When.
    pub at: Time,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
