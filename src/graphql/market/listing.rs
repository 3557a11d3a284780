//! Listings, as clients see them.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, Enum, ID, Lookahead, Object, Result, SimpleObject};
use entity::{
    image, kinds,
    value::{ListingId, UserId},
};

use super::catalogue::{ChecklistStep, Game, GameServer, Games, ListingAttribute};
use crate::{
    account::face::{self, FaceRow},
    graphql::{
        batch::Batch,
        connection::{Connection, connection},
        context::Ask,
        errors::{Failure, FieldCode},
        id,
        media::Image,
        request::ClientAddress,
        scalars::{DateTime, Money},
        user::User,
    },
    kernel::{
        Fault,
        claim::CLAIM_HOURS,
        page::{Keyset, Page},
        policy,
    },
    market::{
        self, Card, Texts,
        attribute::{self, Shown},
        checklist,
    },
};

/// Where a listing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::ListingState")]
pub enum ListingState {
    /// Not sent to review yet; only its seller sees it.
    Draft,
    /// Waits for an admin.
    InReview,
    /// Can be bought.
    OnSale,
    /// Not for sale.
    OffShelf,
    /// Refused by an admin, with a reason.
    Rejected,
    /// Somebody bought it and the order runs.
    Reserved,
    /// Sold.
    Sold,
    /// Taken away by an admin for good, with a reason.
    Removed,
}

/// An account offered for sale.
#[derive(Debug, Clone)]
pub struct Listing {
    card: Card,
    page: Arc<PageOf>,
}

/// What belongs to the listings of one page.
#[derive(Debug)]
struct PageOf {
    images: Batch<ListingId, Vec<image::Model>>,
    attributes: Batch<ListingId, Vec<Shown>>,
    claimers: Batch<UserId, FaceRow>,
    favourites: Batch<ListingId, ()>,
    games: Arc<Games>,
}

impl PageOf {
    fn new(cards: &[&Card]) -> Arc<Self> {
        let ids = || cards.iter().map(|card| card.listing.id);
        Arc::new(Self {
            images: Batch::new(ids()),
            attributes: Batch::new(ids()),
            claimers: Batch::new(cards.iter().filter_map(|card| card.listing.claimed_by)),
            favourites: Batch::new(ids()),
            games: Games::new(cards.iter().map(|card| &card.game)),
        })
    }
}

/// An account offered for sale.
#[Object(serial)]
impl Listing {
    /// Its id.
    pub async fn id(&self) -> ID {
        id::encode(self.card.listing.id)
    }
    /// Its title: 4 to 80 characters; a draft's may be shorter.
    async fn title(&self) -> &str {
        &self.card.listing.title
    }
    /// What the buyer should know: 10 to 5,000 characters, plain text; a draft's may be shorter.
    async fn description(&self) -> &str {
        &self.card.listing.description
    }
    /// The asking price.
    async fn price(&self) -> Money {
        self.card.listing.price.into()
    }
    /// Of which game.
    async fn game(&self) -> Game {
        Game::of_page(self.card.game.clone(), Arc::clone(&self.page.games))
    }
    /// On which server.
    async fn server(&self) -> GameServer {
        GameServer(self.card.server.clone())
    }
    /// Its images, 1 to 9; the first is the cover.
    async fn images(&self, ctx: &Context<'_>) -> Result<Vec<Image>> {
        let env = ctx.env();
        let load = |ids: Vec<ListingId>| async move { market::images_of(env, &ids).await };
        let images = self.page.images.get(self.card.listing.id, load).await?.unwrap_or_default();
        Ok(images.into_iter().map(Image::from).collect())
    }
    /// Its first image.
    async fn cover(&self) -> Image {
        self.card.cover.clone().into()
    }
    /// Who sells it.
    async fn seller(&self, ctx: &Context<'_>) -> User {
        User::new(ctx, self.card.seller.clone())
    }
    /// Where it stands.
    async fn state(&self) -> ListingState {
        self.card.listing.state.into()
    }
    /// Raised by each change, a lower price included; name the one you saw when you buy, change or decide.
    async fn version(&self) -> i32 {
        i32::try_from(self.card.listing.version).unwrap_or(i32::MAX)
    }
    /// Whether its seller listens to offers.
    async fn negotiable(&self) -> bool {
        self.card.listing.negotiable
    }
    /// How often it was looked at: once a day and visitor, some seconds late.
    async fn views(&self) -> i32 {
        i32::try_from(self.card.listing.views).unwrap_or(i32::MAX)
    }
    /// Whether it is among your favourites. False before you sign in.
    async fn favourite(&self, ctx: &Context<'_>) -> Result<bool> {
        let Some(viewer) = ctx.actor().user() else { return Ok(false) };
        let env = ctx.env();
        let load = |ids: Vec<ListingId>| async move {
            let his = market::favourite::among(env, viewer, &ids).await?;
            Ok(his.into_iter().map(|id| (id, ())).collect())
        };
        Ok(self.page.favourites.get(self.card.listing.id, load).await?.is_some())
    }
    /// Hours within which the seller promises to deliver: 1 to 48.
    async fn delivery_hours(&self) -> i32 {
        self.card.listing.delivery_hours
    }
    /// Days in which a recovery can be claimed: 7, 14, 30 or 90.
    async fn warranty_days(&self) -> i32 {
        self.card.listing.warranty_days
    }
    /// What it says of what its game asks, in the game's order.
    async fn attributes(&self, ctx: &Context<'_>) -> Result<Vec<ListingAttribute>> {
        let env = ctx.env();
        let load = |ids: Vec<ListingId>| async move { attribute::of_listings(env, &ids).await };
        let shown = self.page.attributes.get(self.card.listing.id, load).await?.unwrap_or_default();
        Ok(shown.into_iter().map(ListingAttribute::from).collect())
    }
    /// What is bound to the account, as its seller says: steps of the game's checklist.
    async fn bindings(&self) -> Result<Vec<ChecklistStep>> {
        let steps = checklist::chosen(&self.card.game.checklist, &self.card.listing.bindings)?;
        Ok(steps.into_iter().map(ChecklistStep::from).collect())
    }
    /// What the account is penalised for, as its seller says: up to 500 characters. Empty: nothing.
    async fn penalties(&self) -> &str {
        &self.card.listing.penalties
    }
    /// Why an admin refused or removed it. Null for others than its seller and admins.
    async fn reject_reason(&self, ctx: &Context<'_>) -> Option<&str> {
        let reason = self.card.listing.reject_reason.as_deref();
        reason.filter(|_| market::find::is_insider(ctx.actor(), &self.card.listing))
    }
    /// Which admin looks at it at present. Null where none does, and for all but admins.
    async fn review_claim(&self, ctx: &Context<'_>) -> Result<Option<ReviewClaim>> {
        let (env, listing) = (ctx.env(), &self.card.listing);
        let (Ok(_), Some(by), Some(at)) = (policy::admin(ctx.actor()), listing.claimed_by, listing.claimed_at) else {
            return Ok(None);
        };
        let until = at.plus_hours(CLAIM_HOURS);
        if until <= env.now() {
            return Ok(None);
        }
        let load = |ids: Vec<UserId>| async move { face::read_all(env.db(), &ids).await };
        let by = self.page.claimers.get(by, load).await?;
        Ok(by.map(|by| ReviewClaim {
            by: User::new(ctx, by),
            until: DateTime(until),
        }))
    }
    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.card.listing.created_at)
    }
    /// When it was last approved.
    async fn published_at(&self) -> Option<DateTime> {
        self.card.listing.published_at.map(DateTime)
    }
}

impl From<Card> for Listing {
    fn from(card: Card) -> Self {
        let page = PageOf::new(&[&card]);
        Self { card, page }
    }
}

impl Listing {
    /// Listings that share what is fetched for them.
    fn all(cards: HashMap<ListingId, Card>) -> HashMap<ListingId, Self> {
        let page = PageOf::new(&cards.values().collect::<Vec<_>>());
        let listing = |(id, card)| {
            let page = Arc::clone(&page);
            (id, Self { card, page })
        };
        cards.into_iter().map(listing).collect()
    }

    /// Listings in this order that share what is fetched for them.
    pub fn list(cards: Vec<Card>) -> Vec<Self> {
        let page = PageOf::new(&cards.iter().collect::<Vec<_>>());
        let listing = |card| Self {
            card,
            page: Arc::clone(&page),
        };
        cards.into_iter().map(listing).collect()
    }

    /// Notes that the caller looks at its page. Its seller's own looks do not count.
    pub(super) async fn looked_at(&self, ctx: &Context<'_>) {
        let listing = &self.card.listing;
        let visitor = match ctx.actor().user() {
            Some(user) if user == listing.seller_id => return,
            Some(user) => user.to_string(),
            None => ctx
                .data_opt::<ClientAddress>()
                .map_or_else(String::new, |client| client.0.to_string()),
        };
        market::view::seen(ctx.env(), &visitor, listing).await;
    }

    /// Those of some listings that the caller may see. They share what is fetched for them.
    pub async fn find_all(ctx: &Context<'_>, ids: &[ListingId]) -> Result<HashMap<ListingId, Self>, Fault> {
        Ok(Self::all(market::find::find_visible_all(ctx.env(), ctx.actor(), ids).await?))
    }

    /// The listing, if the caller may see it; else `NOT_FOUND`.
    pub async fn find(ctx: &Context<'_>, id: ListingId) -> Result<Self, Failure> {
        let card = market::find_visible(ctx.env(), ctx.actor(), id).await?;
        card.map(Self::from).ok_or(Failure::Field(FieldCode::NotFound))
    }
}

/// An admin looks at a listing, and others are kept from it.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct ReviewClaim {
    /// Who.
    pub by: User,
    /// When the claim lapses by itself.
    pub until: DateTime,
}

/// Which long texts of its listings somebody asks of a connection.
pub(super) fn texts(ctx: &Context<'_>) -> Texts {
    let page = ctx.look_ahead();
    let nodes = [page.field("nodes"), page.field("edges").field("node")];
    let any = |asks: fn(&Lookahead<'_>) -> bool| nodes.iter().any(asks);
    Texts {
        description: any(|node| node.field("description").exists()),
        // What is bound to an account are steps of its game's checklist.
        checklist: any(|node| node.field("bindings").exists() || node.field("game").field("checklist").exists()),
    }
}

/// A page of cards as a connection.
pub(super) fn page(rows: Page<Card>, after: bool, place: impl Fn(&Card) -> Keyset) -> Connection<Listing> {
    page_of(rows, after, place, |card| card)
}

/// A page of rows that have a card as a connection.
pub(super) fn page_of<R>(rows: Page<R>, after: bool, place: impl Fn(&R) -> Keyset, card: impl Fn(&R) -> &Card) -> Connection<Listing> {
    let page = PageOf::new(&rows.rows.iter().map(&card).collect::<Vec<_>>());
    connection(rows, after, place, |row| Listing {
        card: card(&row).clone(),
        page: Arc::clone(&page),
    })
}
