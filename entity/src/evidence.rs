//! What a party of an order says and shows to prove something. Append-only.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::value::{EvidenceId, OrderId, Time, UserId};

/// What a party of an order says and shows to prove something. Append-only.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EvidenceId,
    /// About which order.
    pub order_id: OrderId,
    /// Who brings it.
    pub author_id: UserId,
    /// What he says.
    pub body: String,
    /// SHA-256 over the text and the hashes of its images, in their order.
    pub digest: Vec<u8>,
    /// When.
    pub created_at: Time,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
