//! What a listing says of an attribute of its game.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::value::{AttributeId, ListingId};

/// What a listing says of an attribute of its game. One of choice, number, flag and words is there.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "listing_attributes")]
pub struct Model {
    /// Of which listing.
    #[sea_orm(primary_key, auto_increment = false)]
    pub listing_id: ListingId,
    /// Which attribute.
    #[sea_orm(primary_key, auto_increment = false)]
    pub attribute_id: AttributeId,
    /// From 0; only a many-choice has more than one.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    /// The key of a choice.
    pub choice: Option<String>,
    /// A number.
    pub number: Option<i32>,
    /// Yes or no.
    pub flag: Option<bool>,
    /// A line of words.
    pub words: Option<String>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
