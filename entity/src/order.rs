//! One purchase, with a frozen copy of what was bought.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::{
    kinds::{CancelledBy, OrderState},
    value::{GameId, ImageId, ListingId, Money, OrderId, ServerId, Time, UserId},
};

/// One purchase, with a frozen copy of what was bought.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "orders")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrderId,
    /// What was bought.
    pub listing_id: ListingId,
    /// Its version as bought.
    pub listing_version: i64,
    /// Who buys.
    pub buyer_id: UserId,
    /// Who sells.
    pub seller_id: UserId,
    /// The listing's game, as bought.
    pub game_id: GameId,
    /// The listing's server, as bought.
    pub server_id: ServerId,
    /// The listing's title, as bought.
    pub title: String,
    /// The listing's description, as bought.
    pub description: String,
    /// The listing's cover, as bought.
    pub cover_id: ImageId,
    /// The promise, as bought.
    pub delivery_hours: i32,
    /// The warranty, as bought.
    pub warranty_days: i32,
    /// What the buyer paid into escrow.
    pub price: Money,
    /// What the platform takes from the seller when it completes.
    pub fee: Money,
    /// Where it stands.
    pub state: OrderState,
    /// Who ended it before delivery.
    pub cancelled_by: Option<CancelledBy>,
    /// When it was placed and paid.
    pub placed_at: Time,
    /// When the seller delivered.
    pub delivered_at: Option<Time>,
    /// When the buyer first read the credentials.
    pub revealed_at: Option<Time>,
    /// When it completed or was cancelled.
    pub ended_at: Option<Time>,
    /// When the present wait ends by itself; none: no wait.
    pub due_at: Option<Time>,
    /// When the proceeds become available; none: before completion and after settling.
    pub settles_at: Option<Time>,
    /// The listing's images, as bought: a JSON list of ids.
    pub image_ids: String,
    /// The listing's bindings, as bought.
    pub bindings: String,
    /// The listing's penalties, as bought.
    pub penalties: String,
    /// The listing's attributes with their values, as bought: a JSON list.
    pub attributes: String,
    /// The game's checklist, as bought.
    pub checklist: String,
    /// When the present wait began; none: no wait.
    pub wait_began_at: Option<Time>,
    /// When whoever is waited for is reminded next; none: not any more in this wait.
    pub remind_at: Option<Time>,
    /// When the buyer asked for a return; none: never.
    pub return_requested_at: Option<Time>,
    /// Why he asked for it.
    pub return_reason: Option<String>,
    /// Milliseconds of the time to confirm that were left then.
    pub confirm_left: Option<i64>,
    /// What of the escrow a ruling gave the seller, in whole percent; none: no ruling ended it.
    pub seller_share: Option<i32>,
    /// When a ruling found that the seller took the account back after it completed; none: no ruling did.
    pub recovered_at: Option<Time>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
