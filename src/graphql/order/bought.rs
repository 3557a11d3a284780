//! What was bought, as it was then.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use entity::value::{ListingId, OrderId};

use super::view::{self, Page};
use crate::{
    graphql::{
        context::Ask,
        market::{ChecklistStep, Game, GameServer, Listing, ListingAttribute},
        media::Image,
        scalars::Money,
    },
    kernel::Fault,
    market::{attribute::Shown, checklist},
    order::OrderCard,
};

/// A listing as it was when it was bought.
pub struct BoughtListing {
    pub(super) card: OrderCard,
    pub(super) page: Arc<Page>,
}

/// A listing as it was when it was bought.
#[Object(serial)]
impl BoughtListing {
    /// Its version then.
    async fn version(&self) -> i32 {
        i32::try_from(self.card.order.listing_version).unwrap_or(i32::MAX)
    }
    /// Its title.
    async fn title(&self) -> &str {
        &self.card.order.title
    }
    /// What its seller said of it.
    async fn description(&self) -> &str {
        &self.card.order.description
    }
    /// Its price.
    async fn price(&self) -> Money {
        self.card.order.price.into()
    }
    /// Of which game.
    async fn game(&self) -> Game {
        Game::of_page(self.card.game.clone(), Arc::clone(&self.page.games))
    }
    /// On which server.
    async fn server(&self) -> GameServer {
        GameServer(self.card.server.clone())
    }
    /// Its first image.
    async fn cover(&self) -> Image {
        self.card.cover.clone().into()
    }
    /// Its images, 1 to 9; the first is the cover.
    async fn images(&self, ctx: &Context<'_>) -> Result<Vec<Image>> {
        let (env, page) = (ctx.env(), &self.page);
        let load = |_: Vec<OrderId>| async move { view::images(env, &page.image_ids).await };
        let images = page.images.get(self.card.order.id, load).await?.unwrap_or_default();
        Ok(images.into_iter().map(Image::from).collect())
    }
    /// Hours within which the seller promised to deliver.
    async fn delivery_hours(&self) -> i32 {
        self.card.order.delivery_hours
    }
    /// Days in which a recovery can be claimed, from completion on.
    async fn warranty_days(&self) -> i32 {
        self.card.order.warranty_days
    }
    /// What it said of what its game asks.
    async fn attributes(&self) -> Result<Vec<ListingAttribute>> {
        let shown: Vec<Shown> = serde_json::from_str(&self.card.order.attributes).map_err(Fault::internal)?;
        Ok(shown.into_iter().map(ListingAttribute::from).collect())
    }
    /// What was bound to the account, as its seller said: steps of the game's checklist.
    async fn bindings(&self) -> Result<Vec<ChecklistStep>> {
        Ok(bound(&self.card.order.checklist, &self.card.order.bindings)?)
    }
    /// What the account was penalised for, as its seller said. Empty: nothing.
    async fn penalties(&self) -> &str {
        &self.card.order.penalties
    }
    /// The listing as it is now. Null where you cannot see it any more.
    async fn current(&self, ctx: &Context<'_>) -> Result<Option<Listing>> {
        let load = |ids: Vec<ListingId>| async move { Listing::find_all(ctx, &ids).await };
        Ok(self.page.listings.get(self.card.order.listing_id, load).await?)
    }
}

fn bound(list: &str, bindings: &str) -> Result<Vec<ChecklistStep>, Fault> {
    let steps = checklist::chosen(list, bindings)?;
    Ok(steps.into_iter().map(ChecklistStep::from).collect())
}
