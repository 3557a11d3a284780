//! A system message to a user: kind and parameters; the words are made when read.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use uuid::Uuid;

use crate::{
    kinds::{NoticeKind, SubjectKind},
    value::{EventId, NoticeId, Time, UserId},
};

/// A system message to a user: kind and parameters; the words are made when read.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notices")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NoticeId,
    /// To whom.
    pub user_id: UserId,
    /// The event that caused it.
    pub event_id: EventId,
    /// What it tells.
    pub kind: NoticeKind,
    /// The facts its words need.
    pub params: String,
    /// What kind of thing it is about.
    pub subject_kind: SubjectKind,
    /// Which thing it is about.
    pub subject_id: Uuid,
    /// When.
    pub created_at: Time,
    /// When it was read.
    pub read_at: Option<Time>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
