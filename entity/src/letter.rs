//! A mail about an account, written in the transaction that it tells of.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use uuid::Uuid;

use crate::{kinds::Locale, value::Time};

/// A mail about an account, written in the transaction that it tells of.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "letters")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Where it goes, whatever the account's address is by now.
    pub address: String,
    /// In which language.
    pub locale: Locale,
    /// The name of its words.
    pub name: String,
    /// Their arguments: a JSON object of texts. No secrets.
    pub arguments: String,
    /// When it was written.
    pub created_at: Time,
    /// When it is tried next; while somebody tries it, when his lease ends; none: sent or given up.
    pub due_at: Option<Time>,
    /// How often it was tried.
    pub attempts: i32,
    /// When the mail server took it.
    pub sent_at: Option<Time>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
