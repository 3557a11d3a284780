//! A game of the catalogue.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::value::{GameId, ImageId};

/// A game of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "games")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: GameId,
    /// Its name in addresses.
    pub slug: String,
    /// Its English name.
    pub name_en: String,
    /// Its Chinese name.
    pub name_zh: String,
    /// The fee on a sale, in 1/10,000 of the price.
    pub fee_basis_points: i32,
    /// Whether it takes new listings and is shown.
    pub enabled: bool,
    /// Its place in the list.
    pub position: i32,
    /// What a new owner has to bind anew: a JSON list of key, English and Chinese text.
    pub checklist: String,
    /// Other names that people know it by: a JSON list.
    pub aliases: String,
    /// The picture by which people know it.
    pub icon_id: Option<ImageId>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
