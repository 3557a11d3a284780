//! A person with an account: buyer and seller at once.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::{
    kinds::Locale,
    value::{ImageId, Time, UserId},
};

/// A person with an account: buyer and seller at once.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UserId,
    /// The name to sign in with, as he wrote it. Shown to him and to admins only.
    pub username: String,
    /// The name folded, so that no two look alike.
    pub username_key: String,
    /// The name others see; read it through `face` only.
    pub nickname: String,
    /// His address, as he wrote it.
    pub email: String,
    /// The address folded, unique.
    pub email_key: String,
    /// Argon2id, in PHC form.
    pub password_hash: String,
    /// The language of his notices and mails.
    pub locale: Locale,
    /// What he says of himself; may be empty.
    pub bio: String,
    /// His picture; show it through `face` only.
    pub avatar_id: Option<ImageId>,
    /// When he signed up.
    pub created_at: Time,
    /// Whether he wants his important notices by mail as well.
    pub mail_notices: bool,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
