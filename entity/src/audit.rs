//! An act of an admin, or a reveal. Append-only.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use uuid::Uuid;

use crate::{
    kinds::SubjectKind,
    value::{AuditId, Time},
};

/// An act of an admin, or a reveal. Append-only.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditId,
    /// Who acted; nil: the system.
    pub actor_id: Uuid,
    /// What was done.
    pub action: String,
    /// To what kind of thing.
    pub subject_kind: SubjectKind,
    /// To which.
    pub subject_id: Uuid,
    /// The facts, without secrets.
    pub detail: String,
    /// When.
    pub at: Time,
    /// Its number in the chain, from 1; none: not chained yet.
    pub seq: Option<i64>,
    /// Its link in the chain: a keyed hash of the link before it and of this row.
    pub chain: Option<Vec<u8>>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
