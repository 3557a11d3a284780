//! Something that was reported, with all that was said of it until an admin decided.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use uuid::Uuid;

use crate::{
    kinds::{ReportOutcome, ReportSubject},
    value::{ReportId, Time, UserId},
};

/// Something that was reported, with all that was said of it until an admin decided.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reports")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReportId,
    /// What kind of thing was reported.
    pub subject_kind: ReportSubject,
    /// The thing.
    pub subject_id: Uuid,
    /// Whom it is about: the user himself, the seller, the sender.
    pub user_id: UserId,
    /// When it was reported first.
    pub opened_at: Time,
    /// How many complaints there are.
    pub complaints: i32,
    /// The admin who looks at it.
    pub claimed_by: Option<UserId>,
    /// Since when.
    pub claimed_at: Option<Time>,
    /// What came of it. None: it is open.
    pub outcome: Option<ReportOutcome>,
    /// The admin who decided.
    pub decided_by: Option<UserId>,
    /// When.
    pub decided_at: Option<Time>,
    /// Why.
    pub reason: Option<String>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
