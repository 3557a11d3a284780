//! A settlement that somebody proposed in a mediation.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::value::{CaseId, CaseProposalId, Time, UserId};

/// A settlement that somebody proposed in a mediation.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_proposals")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CaseProposalId,
    /// In which case.
    pub case_id: CaseId,
    /// Its number in the case, from 1.
    pub version: i32,
    /// Who proposed it.
    pub by_id: UserId,
    /// What of the escrow the seller would get, in whole percent.
    pub seller_share: i32,
    /// When.
    pub made_at: Time,
    /// When the buyer accepted it.
    pub buyer_accepted_at: Option<Time>,
    /// When the seller accepted it.
    pub seller_accepted_at: Option<Time>,
    /// When it was accepted by both, replaced by another, or overtaken; none: it is open.
    pub ended_at: Option<Time>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
