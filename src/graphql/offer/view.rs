//! Offers, as their parties see them.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, ID, Object, Result};
use entity::value::{ListingId, OfferId, OrderId, UserId};

use super::OfferState;
use crate::{
    graphql::{
        batch::Batch,
        context::Ask,
        errors::{Failure, FieldCode},
        id,
        market::Listing,
        order::{Order, OrderSide},
        scalars::{DateTime, Money},
        user::User,
    },
    kernel::policy::{self, Denied},
    order::{
        Side,
        offer::{self, OfferCard, list::side, state},
    },
};

/// What belongs to the offers of one page.
#[derive(Debug)]
struct Shared {
    listings: Batch<ListingId, Listing>,
    orders: Batch<OrderId, Order>,
}

/// A buyer's price for one version of a listing, as one of its two sides sees it.
#[derive(Debug, Clone)]
pub struct Offer {
    card: OfferCard,
    side: Side,
    page: Arc<Shared>,
}

impl Offer {
    /// The offers of a page. In all of them the caller has a part.
    pub fn of_page(ctx: &Context<'_>, cards: Vec<OfferCard>) -> Result<Vec<Self>, Failure> {
        let user: UserId = policy::trader(ctx.actor())?.id();
        let page = Arc::new(Shared {
            listings: Batch::new(cards.iter().map(|card| card.offer.listing_id)),
            orders: Batch::new(cards.iter().filter_map(|card| card.offer.order_id)),
        });
        let offer = |card: OfferCard| {
            let side = side(&card.offer, user).ok_or(Failure::Field(FieldCode::NotFound))?;
            let page = Arc::clone(&page);
            Ok(Self { card, side, page })
        };
        cards.into_iter().map(offer).collect()
    }

    /// The offer, if the caller has a part in it; else `NOT_FOUND`.
    pub async fn find(ctx: &Context<'_>, id: OfferId) -> Result<Self, Failure> {
        let party = policy::trader(ctx.actor())?;
        let cards = offer::list::find_all(ctx.env(), party, &[id]).await?;
        Self::of_page(ctx, cards)?.pop().ok_or(Failure::Field(FieldCode::NotFound))
    }

    /// Those of some offers that the caller has a part in. Nobody has a part in anything before he signs in.
    pub async fn find_all(ctx: &Context<'_>, ids: &[OfferId]) -> Result<HashMap<OfferId, Self>, Failure> {
        let party = match policy::trader(ctx.actor()) {
            Err(Denied::Unauthenticated) => return Ok(HashMap::new()),
            party => party?,
        };
        let cards = offer::list::find_all(ctx.env(), party, ids).await?;
        let offers = Self::of_page(ctx, cards)?;
        Ok(offers.into_iter().map(|offer| (offer.card.offer.id, offer)).collect())
    }
}

/// A buyer's price for one version of a listing. Only he and the seller can see it. It holds no money.
#[Object(serial)]
impl Offer {
    /// Its id.
    pub async fn id(&self) -> ID {
        id::encode(self.card.offer.id)
    }
    /// For what. Null where you cannot see the listing any more.
    async fn listing(&self, ctx: &Context<'_>) -> Result<Option<Listing>> {
        let load = |ids: Vec<ListingId>| async move { Listing::find_all(ctx, &ids).await };
        Ok(self.page.listings.get(self.card.offer.listing_id, load).await?)
    }
    /// The version of the listing that it is for. Another version ends it.
    async fn listing_version(&self) -> i32 {
        i32::try_from(self.card.offer.listing_version).unwrap_or(i32::MAX)
    }
    /// The title of the listing in that version.
    async fn title(&self) -> &str {
        &self.card.offer.title
    }
    /// Who offers.
    async fn buyer(&self, ctx: &Context<'_>) -> User {
        User::new(ctx, self.card.buyer.clone())
    }
    /// Who sells.
    async fn seller(&self, ctx: &Context<'_>) -> User {
        User::new(ctx, self.card.seller.clone())
    }
    /// On which side you are.
    async fn my_side(&self) -> OrderSide {
        self.side.into()
    }
    /// What the buyer offers.
    async fn price(&self) -> Money {
        self.card.offer.price.into()
    }
    /// What the buyer says to it; may be empty.
    async fn note(&self) -> &str {
        &self.card.offer.note
    }
    /// What the seller asks instead. Null: nothing yet.
    async fn counter_price(&self) -> Option<Money> {
        self.card.offer.counter_price.map(Money::from)
    }
    /// What the seller says to it; may be empty.
    async fn counter_note(&self) -> &str {
        &self.card.offer.counter_note
    }
    /// Where it stands.
    async fn state(&self) -> OfferState {
        self.card.offer.state.into()
    }
    /// Whose turn it is. Null: it has ended.
    async fn waits_for(&self) -> Option<OrderSide> {
        state::waits_for(self.card.offer.state).map(OrderSide::from)
    }
    /// When it lapses unless it is answered. Null: it has ended.
    async fn due_at(&self) -> Option<DateTime> {
        self.card.offer.due_at.map(DateTime)
    }
    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.card.offer.created_at)
    }
    /// When it ended. Null: it is open.
    async fn ended_at(&self) -> Option<DateTime> {
        self.card.offer.ended_at.map(DateTime)
    }
    /// The order that it led to. Null: to none.
    async fn order(&self, ctx: &Context<'_>) -> Result<Option<Order>> {
        let Some(id) = self.card.offer.order_id else { return Ok(None) };
        let party = policy::trader(ctx.actor())?;
        let load = |ids: Vec<OrderId>| async move { Order::of_party(ctx.env(), party, &ids).await };
        Ok(self.page.orders.get(id, load).await?)
    }
}
