//! A word by which a listing on sale is found.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::value::ListingId;

/// A word by which a listing on sale is found.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "listing_terms")]
pub struct Model {
    /// The word, folded.
    #[sea_orm(primary_key, auto_increment = false)]
    pub term: String,
    /// Which listing.
    #[sea_orm(primary_key, auto_increment = false)]
    pub listing_id: ListingId,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
