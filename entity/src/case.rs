//! A case about an order, of either kind.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::{
    kinds::{CaseKind, CaseState, Finding, FreezeStage},
    value::{CaseId, Money, OrderId, Time, UserId},
};

/// A case about an order, of either kind.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cases")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CaseId,
    /// What it is about.
    pub kind: CaseKind,
    /// About which order.
    pub order_id: OrderId,
    /// Who bought.
    pub buyer_id: UserId,
    /// Who sold.
    pub seller_id: UserId,
    /// What the buyer paid.
    pub amount: Money,
    /// Where it stands.
    pub state: CaseState,
    /// When it was opened.
    pub opened_at: Time,
    /// When its next timer runs out; none: no timer runs.
    pub due_at: Option<Time>,
    /// When it ended; none: it is open.
    pub closed_at: Option<Time>,
    /// The admin who looks at it. The claim lapses.
    pub claimed_by: Option<UserId>,
    /// When he took it, or took his last step.
    pub claimed_at: Option<Time>,
    /// When the buyer said that he has nothing to add.
    pub buyer_done_at: Option<Time>,
    /// When the seller said that he has nothing to add.
    pub seller_done_at: Option<Time>,
    /// The admin whose ruling ended it; none: no ruling did.
    pub ruled_by: Option<UserId>,
    /// His reason.
    pub reason: Option<String>,
    /// A recovery: until when the seller may answer.
    pub answer_due_at: Option<Time>,
    /// A recovery: when the seller answered.
    pub answered_at: Option<Time>,
    /// A recovery: how far the freeze of the seller's wallet has come.
    pub freeze_stage: Option<FreezeStage>,
    /// A recovery: when the freeze narrows or ends by itself; none: it has ended.
    pub freeze_due_at: Option<Time>,
    /// A recovery: why an admin keeps the whole wallet frozen.
    pub kept_reason: Option<String>,
    /// A recovery: what is in the case's hold.
    pub held: Money,
    /// A recovery: how much of that was taken out of the proceeds of its own order.
    pub held_settling: Money,
    /// A recovery: when those proceeds would have become available.
    pub held_settles_at: Option<Time>,
    /// A recovery: what the ruling gave the buyer out of the seller's wallet.
    pub recovered: Option<Money>,
    /// A recovery: what the platform advanced with the ruling.
    pub advanced: Option<Money>,
    /// A return: when it was refused.
    pub refused_at: Option<Time>,
    /// A return: what an admin found.
    pub finding: Option<Finding>,
    /// A return: the share that the finding gives the seller, in whole percent.
    pub finding_share: Option<i32>,
    /// A return: why.
    pub finding_reason: Option<String>,
    /// A return: who found it; none with a finding: nobody did in time.
    pub found_by: Option<UserId>,
    /// A return: when.
    pub found_at: Option<Time>,
    /// A return: when the buyer consented to the finding.
    pub buyer_consented_at: Option<Time>,
    /// A return: when the seller consented to the finding.
    pub seller_consented_at: Option<Time>,
    /// A return: when the mediation began.
    pub mediation_began_at: Option<Time>,
    /// A return: what of the escrow the seller got in the end, in whole percent.
    pub seller_share: Option<i32>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
