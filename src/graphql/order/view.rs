//! Orders, as their parties see them.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use entity::{
    hand_back, image, order_step,
    value::{ListingId, OrderId},
};

use super::{
    bought::BoughtListing,
    kinds::{OrderCancelledBy, OrderSide, OrderState, OrderStepKind},
};
use crate::{
    graphql::{
        batch::Batch,
        case::Case,
        context::Ask,
        errors::{Failure, FieldCode},
        giving_back::{Evidence, HandBack},
        id,
        market::{ChecklistStep, Games, Listing},
        scalars::{DateTime, Money},
        user::User,
    },
    kernel::{
        Env, Fault,
        policy::{self, Denied, Trader},
    },
    market::checklist,
    order::{self, OrderCard, Side, evidence::Piece, history, reveal::Version, state},
};

/// A step in an order's timeline.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct OrderStep {
    /// What happened.
    pub kind: OrderStepKind,
    /// Who did it. Null: the platform.
    pub by: Option<OrderSide>,
    /// When.
    pub at: DateTime,
}

/// A version of the handed-over credentials, without them. Both parties see when it was handed over.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct CredentialsVersion {
    /// Its number, from 1. The highest is the newest.
    pub version: i32,
    /// When the seller handed it over.
    pub delivered_at: DateTime,
}

/// A step of an order's checklist, and whether the buyer has done it.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct OrderChecklistStep {
    /// What to do.
    pub step: ChecklistStep,
    /// Whether the buyer has ticked it.
    pub done: bool,
}

/// What belongs to the orders of one page.
#[derive(Debug)]
pub(super) struct Page {
    steps: Batch<OrderId, Vec<order_step::Model>>,
    versions: Batch<OrderId, Vec<Version>>,
    ticks: Batch<OrderId, BTreeSet<String>>,
    hand_backs: Batch<OrderId, hand_back::Model>,
    evidence: Batch<OrderId, Vec<Piece>>,
    cases: Batch<OrderId, Vec<Case>>,
    pub(super) images: Batch<OrderId, Vec<image::Model>>,
    pub(super) listings: Batch<ListingId, Listing>,
    pub(super) games: Arc<Games>,
    /// The images that each order names.
    pub(super) image_ids: HashMap<OrderId, String>,
}

impl Page {
    fn of(cards: &[OrderCard]) -> Arc<Self> {
        let ids = || cards.iter().map(|card| card.order.id);
        Arc::new(Self {
            steps: Batch::new(ids()),
            versions: Batch::new(ids()),
            ticks: Batch::new(ids()),
            hand_backs: Batch::new(ids()),
            evidence: Batch::new(ids()),
            cases: Batch::new(ids()),
            images: Batch::new(ids()),
            listings: Batch::new(cards.iter().map(|card| card.order.listing_id)),
            games: Games::new(cards.iter().map(|card| &card.game)),
            image_ids: cards.iter().map(|card| (card.order.id, card.order.image_ids.clone())).collect(),
        })
    }
}

/// One purchase, as one of its parties sees it.
#[derive(Debug, Clone)]
pub struct Order {
    pub(super) card: OrderCard,
    side: Side,
    page: Arc<Page>,
}

impl Order {
    /// The orders of a page. All have the caller as a party.
    pub fn of_page(ctx: &Context<'_>, cards: Vec<OrderCard>) -> Result<Vec<Self>, Failure> {
        let user = policy::trader(ctx.actor())?.id();
        Self::seen_from(cards, |card| card.side(user))
    }

    /// The order, for an admin who decides about it: he sees what its seller sees.
    pub(super) async fn for_admin(ctx: &Context<'_>, id: OrderId) -> Result<Self, Failure> {
        let admin = policy::admin(ctx.actor())?;
        let card = order::list::find_for_admin(ctx.env(), admin, id).await?;
        let found = Self::seen_from(card.into_iter().collect(), |_| Some(Side::Sold))?;
        found.into_iter().next().ok_or(Failure::Field(FieldCode::NotFound))
    }

    fn seen_from(cards: Vec<OrderCard>, side: impl Fn(&OrderCard) -> Option<Side>) -> Result<Vec<Self>, Failure> {
        let page = Page::of(&cards);
        let order = |card: OrderCard| {
            let side = side(&card).ok_or(Failure::Field(FieldCode::NotFound))?;
            let page = Arc::clone(&page);
            Ok(Self { card, side, page })
        };
        cards.into_iter().map(order).collect()
    }

    /// The order, if the caller is one of its parties; else `NOT_FOUND`.
    pub async fn find(ctx: &Context<'_>, id: OrderId) -> Result<Self, Failure> {
        let party = policy::trader(ctx.actor())?;
        let card = order::list::find(ctx.env(), party, id).await?;
        let found = Self::of_page(ctx, card.into_iter().collect())?;
        found.into_iter().next().ok_or(Failure::Field(FieldCode::NotFound))
    }

    /// Those of some orders that the caller has a part in. Nobody has a part in anything before he signs in.
    pub async fn find_all(ctx: &Context<'_>, ids: &[OrderId]) -> Result<HashMap<OrderId, Self>, Failure> {
        let party = match policy::trader(ctx.actor()) {
            Err(Denied::Unauthenticated) => return Ok(HashMap::new()),
            party => party?,
        };
        Ok(Self::of_party(ctx.env(), party, ids).await?)
    }

    /// Those of some orders in which a trader has a part. They share what is fetched for them.
    pub async fn of_party(env: &Env, party: Trader, ids: &[OrderId]) -> Result<HashMap<OrderId, Self>, Fault> {
        let cards = order::list::find_all(env, party, ids).await?;
        let page = Page::of(&cards);
        let order = |card: OrderCard| {
            let (side, page) = (card.side(party.id())?, Arc::clone(&page));
            Some((card.order.id, Self { card, side, page }))
        };
        Ok(cards.into_iter().filter_map(order).collect())
    }

    fn is_seller(&self) -> bool {
        self.side == Side::Sold
    }

    /// How the buyer gave the account back.
    pub(super) async fn given_back(&self, ctx: &Context<'_>) -> Result<Option<HandBack>> {
        let env = ctx.env();
        let load = |ids: Vec<OrderId>| async move { order::giving_back::reveal::of(env, &ids).await };
        Ok(self.page.hand_backs.get(self.card.order.id, load).await?.map(HandBack::from))
    }

    /// What happened, as this side may know.
    pub(super) async fn steps(&self, ctx: &Context<'_>) -> Result<Vec<OrderStep>> {
        let env = ctx.env();
        let load = |ids: Vec<OrderId>| async move { history::of(env, &ids).await };
        let steps = self.page.steps.get(self.card.order.id, load).await?.unwrap_or_default();
        let shown = steps.into_iter().filter(|step| history::shown_to(self.side, step.kind));
        let step = |step: order_step::Model| OrderStep {
            kind: step.kind.into(),
            by: step.actor_id.and_then(|actor| self.card.side(actor)).map(OrderSide::from),
            at: DateTime(step.at),
        };
        Ok(shown.map(step).collect())
    }

    /// The versions of the credentials, without what they say.
    pub(super) async fn versions(&self, ctx: &Context<'_>) -> Result<Vec<CredentialsVersion>> {
        let env = ctx.env();
        let load = |ids: Vec<OrderId>| async move { order::reveal::versions_of(env, &ids).await };
        let versions = self.page.versions.get(self.card.order.id, load).await?.unwrap_or_default();
        let version = |version: Version| CredentialsVersion {
            version: version.number,
            delivered_at: DateTime(version.delivered_at),
        };
        Ok(versions.into_iter().map(version).collect())
    }

    /// The checklist, and what of it is done.
    pub(super) async fn ticked(&self, ctx: &Context<'_>) -> Result<Vec<OrderChecklistStep>> {
        let env = ctx.env();
        let load = |ids: Vec<OrderId>| async move { order::checklist::ticked(env.db(), &ids).await };
        let done = self.page.ticks.get(self.card.order.id, load).await?.unwrap_or_default();
        let steps = checklist::parse(&self.card.order.checklist)?;
        let step = |step: checklist::ChecklistStep| OrderChecklistStep {
            done: done.contains(&step.key),
            step: step.into(),
        };
        Ok(steps.into_iter().map(step).collect())
    }

    /// What was bought, as it was then.
    pub(super) fn bought(&self) -> BoughtListing {
        BoughtListing {
            card: self.card.clone(),
            page: Arc::clone(&self.page),
        }
    }
}

/// One purchase. Only its buyer and its seller can see it.
#[Object(serial)]
impl Order {
    /// Its id.
    pub async fn id(&self) -> ID {
        id::encode(self.card.order.id)
    }
    /// What was bought, as it was then: later changes of the listing do not show here.
    async fn listing(&self) -> BoughtListing {
        self.bought()
    }
    /// Who buys.
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
    /// What the buyer paid.
    async fn price(&self) -> Money {
        self.card.order.price.into()
    }
    /// What the platform takes from the proceeds when the order completes. Null for the buyer.
    async fn fee(&self) -> Option<Money> {
        self.is_seller().then(|| self.card.order.fee.into())
    }
    /// What the seller gets when the order completes: the price without the fee. Null for the buyer.
    async fn proceeds(&self) -> Option<Money> {
        let order = &self.card.order;
        self.is_seller().then(|| (order.price - order.fee).into())
    }
    /// Where it stands.
    async fn state(&self) -> OrderState {
        self.card.order.state.into()
    }
    /// Whose turn it is. Null: it has ended, or the platform decides.
    async fn waits_for(&self) -> Option<OrderSide> {
        state::waits_for(self.card.order.state).map(OrderSide::from)
    }
    /// When the present wait ends by itself. To be paid: it ends unpaid. Before delivery: the buyer is refunded. After it: the order completes. A
    /// return that was asked for lapses; one that is inspected is granted. Null: it has ended, or waits for its case, which has waits of its own
    /// (`cases`).
    async fn due_at(&self) -> Option<DateTime> {
        self.card.order.due_at.map(DateTime)
    }
    /// Whole seconds until `dueAt` by the server's clock, 0 when it is over. Null: nothing ends by itself.
    async fn seconds_left(&self, ctx: &Context<'_>) -> Option<i32> {
        let left = self.card.order.due_at?.since(ctx.env().now()) / 1_000;
        Some(i32::try_from(left.max(0)).unwrap_or(i32::MAX))
    }
    /// Who ended it before it was paid or delivered. Null: nobody did.
    async fn cancelled_by(&self) -> Option<OrderCancelledBy> {
        self.card.order.cancelled_by.map(OrderCancelledBy::from)
    }
    /// When it was bought and paid, or an offer for it was accepted.
    async fn placed_at(&self) -> DateTime {
        DateTime(self.card.order.placed_at)
    }
    /// When the seller first delivered.
    async fn delivered_at(&self) -> Option<DateTime> {
        self.card.order.delivered_at.map(DateTime)
    }
    /// When the buyer first read the credentials.
    async fn revealed_at(&self) -> Option<DateTime> {
        self.card.order.revealed_at.map(DateTime)
    }
    /// When it completed, was returned, or was cancelled.
    async fn ended_at(&self) -> Option<DateTime> {
        self.card.order.ended_at.map(DateTime)
    }
    /// When the proceeds become available to the seller. Null before completion, after settling, and for the buyer.
    async fn settles_at(&self) -> Option<DateTime> {
        self.card.order.settles_at.filter(|_| self.is_seller()).map(DateTime)
    }
    /// When the buyer asked for a return. There is one request an order. Null: never.
    async fn return_requested_at(&self) -> Option<DateTime> {
        self.card.order.return_requested_at.map(DateTime)
    }
    /// Why he asked for it.
    async fn return_reason(&self) -> Option<&str> {
        self.card.order.return_reason.as_deref()
    }
    /// How the buyer gave the account back. Null: he did not.
    async fn hand_back(&self, ctx: &Context<'_>) -> Result<Option<HandBack>> {
        self.given_back(ctx).await
    }
    /// What the parties have said and shown to prove something, oldest first.
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Vec<Evidence>> {
        let env = ctx.env();
        let load = |ids: Vec<OrderId>| async move { order::evidence::of(env, &ids).await };
        let pieces = self.page.evidence.get(self.card.order.id, load).await?.unwrap_or_default();
        let shown = |piece: Piece| self.card.side(piece.evidence.author_id).map(|by| Evidence::of(ctx, by, piece));
        Ok(pieces.into_iter().filter_map(shown).collect())
    }
    /// The cases about it, oldest first.
    async fn cases(&self, ctx: &Context<'_>) -> Result<Vec<Case>> {
        let (env, who) = (ctx.env(), policy::trader(ctx.actor())?);
        let load = |ids: Vec<OrderId>| async move { Case::of_orders(env, who, &ids).await };
        Ok(self.page.cases.get(self.card.order.id, load).await?.unwrap_or_default())
    }
    /// When a ruling found that the seller took the account back after it had completed. Null: no ruling did.
    async fn recovered_at(&self) -> Option<DateTime> {
        self.card.order.recovered_at.map(DateTime)
    }
    /// What of the escrow a ruling gave the seller, in whole percent. Null: no ruling divided it.
    async fn seller_share(&self) -> Option<i32> {
        self.card.order.seller_share
    }
    /// What happened, the first step first.
    async fn timeline(&self, ctx: &Context<'_>) -> Result<Vec<OrderStep>> {
        self.steps(ctx).await
    }
    /// The versions of the credentials that were handed over, the first first. The buyer reads them by `orderReveal`.
    async fn credentials_versions(&self, ctx: &Context<'_>) -> Result<Vec<CredentialsVersion>> {
        self.versions(ctx).await
    }
    /// What the buyer has to bind anew so that nobody takes the account back, and what of it he has done.
    async fn checklist(&self, ctx: &Context<'_>) -> Result<Vec<OrderChecklistStep>> {
        self.ticked(ctx).await
    }
}

/// The images of some orders, as bought.
pub(super) async fn images(env: &Env, named: &HashMap<OrderId, String>) -> Result<HashMap<OrderId, Vec<image::Model>>, Fault> {
    order::card::images_of(env, named).await
}
