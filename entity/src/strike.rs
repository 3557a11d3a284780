//! Something that a trader did and that trade suffers from. It counts for 30 days.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::{
    kinds::StrikeKind,
    value::{OrderId, Time, UserId},
};

/// Something that a trader did and that trade suffers from. It counts for 30 days.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "strikes")]
pub struct Model {
    /// With which order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: OrderId,
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// What he did.
    pub kind: StrikeKind,
    /// When.
    pub at: Time,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
