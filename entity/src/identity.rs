//! A real-name verification. The newest attempt replaces a rejected one.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::{
    kinds::IdentityState,
    value::{ImageId, Time, UserId},
};

/// A real-name verification. The newest attempt replaces a rejected one.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identities")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// Where it stands.
    pub state: IdentityState,
    /// The real name, sealed.
    pub name_sealed: Vec<u8>,
    /// The ID number, sealed.
    pub number_sealed: Vec<u8>,
    /// A keyed fingerprint of the number, unique among approved rows.
    pub number_index: Vec<u8>,
    /// Why it was rejected.
    pub reason: Option<String>,
    /// When it was handed in.
    pub submitted_at: Time,
    /// When it was decided.
    pub decided_at: Option<Time>,
    /// The photograph of the card; none: decided by the number alone, or destroyed after the decision.
    pub card_id: Option<ImageId>,
    /// The photograph of the person with the card; none as with the card.
    pub person_id: Option<ImageId>,
    /// The admin who looks at it.
    pub claimed_by: Option<UserId>,
    /// Since when he looks.
    pub claimed_at: Option<Time>,
    /// The admin who decided.
    pub decided_by: Option<UserId>,
    /// When it is given up undecided; none: it does not wait.
    pub lapses_at: Option<Time>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
