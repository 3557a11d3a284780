//! A game account offered for sale.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::{
    kinds::ListingState,
    value::{GameId, ImageId, ListingId, Money, OrderId, ServerId, Time, UserId},
};

/// A game account offered for sale.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "listings")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ListingId,
    /// Who sells it.
    pub seller_id: UserId,
    /// Of which game.
    pub game_id: GameId,
    /// On which server.
    pub server_id: ServerId,
    /// Its title.
    pub title: String,
    /// What the buyer should know.
    pub description: String,
    /// The asking price.
    pub price: Money,
    /// Hours within which the seller promises to deliver.
    pub delivery_hours: i32,
    /// Days in which a recovery can be claimed.
    pub warranty_days: i32,
    /// Its first image.
    pub cover_id: ImageId,
    /// Where it stands.
    pub state: ListingState,
    /// Raised by each change, a lower price included; a buyer names the one he saw.
    pub version: i64,
    /// Why an admin refused or removed it.
    pub reject_reason: Option<String>,
    /// The running order that reserves it, or the one that bought it.
    pub order_id: Option<OrderId>,
    /// When it was made.
    pub created_at: Time,
    /// When it last went to review.
    pub submitted_at: Time,
    /// When it was last approved.
    pub published_at: Option<Time>,
    /// What is bound to the account, as the seller says: a JSON list of keys of the game's checklist.
    pub bindings: String,
    /// What the account is penalised for, as the seller says.
    pub penalties: String,
    /// The admin who looks at it at present.
    pub claimed_by: Option<UserId>,
    /// Since when he looks at it.
    pub claimed_at: Option<Time>,
    /// How often it was looked at.
    pub views: i64,
    /// Whether its seller listens to offers.
    pub negotiable: bool,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
