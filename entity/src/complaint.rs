//! What somebody, or the platform, says of something that is reported. Append-only.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use uuid::Uuid;

use crate::{
    kinds::{ReportCause, SubjectKind},
    value::{ComplaintId, EventId, ReportId, Time, UserId},
};

/// What somebody, or the platform, says of something that is reported. Append-only.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "complaints")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ComplaintId,
    /// Of which report.
    pub report_id: ReportId,
    /// Who reports it; shown to himself and to admins only. None: the platform.
    pub reporter_id: Option<UserId>,
    /// The event that the platform saw.
    pub event_id: Option<EventId>,
    /// What is the matter.
    pub cause: ReportCause,
    /// In the reporter's words; empty where the platform reports.
    pub body: String,
    /// SHA-256 over the text and the hashes of its images, in their order.
    pub digest: Vec<u8>,
    /// At what the platform saw it: an order, a deposit, a withdrawal.
    pub about_kind: Option<SubjectKind>,
    /// Which.
    pub about_id: Option<Uuid>,
    /// When.
    pub created_at: Time,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
