//! Something that a game asks of its listings, such as rank or level.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::{
    kinds::AttributeKind,
    value::{AttributeId, GameId},
};

/// Something that a game asks of its listings, such as rank or level.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "game_attributes")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AttributeId,
    /// Of which game.
    pub game_id: GameId,
    /// Its name for programs, unique within the game.
    pub key: String,
    /// Its English name.
    pub name_en: String,
    /// Its Chinese name.
    pub name_zh: String,
    /// What it is.
    pub kind: AttributeKind,
    /// Whether each listing must have it.
    pub required: bool,
    /// The unit of a number, in English; may be empty.
    pub unit_en: String,
    /// The unit of a number, in Chinese; may be empty.
    pub unit_zh: String,
    /// The least number.
    pub least: Option<i32>,
    /// The most number.
    pub most: Option<i32>,
    /// What can be chosen: a JSON list of key, English and Chinese name.
    pub choices: String,
    /// Its place among the game's.
    pub position: i32,
    /// Asked of no new listing any more.
    pub retired: bool,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
