//! A ruling that needs, or needed, a second admin.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::{
    kinds::{Finding, RulingKind, RulingState},
    value::{CaseId, CaseRulingId, Money, Time, UserId},
};

/// A ruling that needs, or needed, a second admin.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_rulings")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CaseRulingId,
    /// In which case.
    pub case_id: CaseId,
    /// What it says.
    pub kind: RulingKind,
    /// What was found; none where the kind says all.
    pub finding: Option<Finding>,
    /// The seller's share in whole percent, where it gives one.
    pub seller_share: Option<i32>,
    /// What the platform advances with it, where it upholds a claim.
    pub advance: Option<Money>,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub state: RulingState,
    /// The first admin.
    pub ruled_by: UserId,
    /// When he ruled.
    pub ruled_at: Time,
    /// When it is void without a second admin; none: it does not wait.
    pub due_at: Option<Time>,
    /// The second admin.
    pub decided_by: Option<UserId>,
    /// When it was approved, refused or void.
    pub decided_at: Option<Time>,
    /// Why the second admin refused.
    pub refusal: Option<String>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
