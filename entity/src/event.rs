//! An event in a stream, for those who listen.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::value::Time;

/// An event in a stream, for those who listen.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "events")]
pub struct Model {
    /// Which stream.
    #[sea_orm(primary_key, auto_increment = false)]
    pub stream: String,
    /// Its number, dense from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// The event.
    pub event: String,
    /// When.
    pub at: Time,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
