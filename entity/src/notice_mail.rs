//! A notice that also goes out by mail.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::value::{NoticeId, Time};

/// A notice that also goes out by mail.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice_mails")]
pub struct Model {
    /// Which notice.
    #[sea_orm(primary_key, auto_increment = false)]
    pub notice_id: NoticeId,
    /// When it is tried next; while somebody tries it, when his lease ends; none: sent or given up.
    pub due_at: Option<Time>,
    /// How often it was tried.
    pub attempts: i32,
    /// When the mail server took it.
    pub sent_at: Option<Time>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
