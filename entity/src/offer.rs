//! A buyer's price for one version of a listing. It holds no money.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::{
    kinds::OfferState,
    value::{ListingId, Money, OfferId, OrderId, Time, UserId},
};

/// A buyer's price for one version of a listing. It holds no money.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "offers")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OfferId,
    /// For what.
    pub listing_id: ListingId,
    /// For which version of it.
    pub listing_version: i64,
    /// The listing's title in that version.
    pub title: String,
    /// Who offers.
    pub buyer_id: UserId,
    /// Who sells.
    pub seller_id: UserId,
    /// What the buyer offers.
    pub price: Money,
    /// What he says to it; may be empty.
    pub note: String,
    /// What the seller asks instead; none: he made no counter-offer.
    pub counter_price: Option<Money>,
    /// What the seller says to it; may be empty.
    pub counter_note: String,
    /// Where it stands.
    pub state: OfferState,
    /// The order that it led to.
    pub order_id: Option<OrderId>,
    /// When it was made.
    pub created_at: Time,
    /// When it lapses; none: it has ended.
    pub due_at: Option<Time>,
    /// When it ended.
    pub ended_at: Option<Time>,
}

/// Joins are written where they are used.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
