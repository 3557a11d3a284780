//! Buying, handing over, confirming.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use entity::value::{ListingId, OrderId};

mod bought;
mod count;
mod kinds;
mod reviewed;
mod view;

pub use bought::BoughtListing;
pub use count::OrderCounts;
pub use kinds::{OrderSide, OrderState, OrderStepKind};
pub use reviewed::ReviewedOrder;
pub use view::{Order, OrderStep};

use super::{
    auth::{Auth, Need, auth},
    connection::{Connection, ask, connection},
    context::Ask,
    errors::{Failure, payload},
    id,
    scalars::{DateTime, Decimal, Uuid},
};
use crate::{
    kernel::{page::Page, policy},
    order::{self, OrderCard, PlaceOrder, Side, deliver::Credentials as HandedOver, reveal::Revealed},
    payload_type,
};

/// What you buy, as you saw it.
#[derive(InputObject)]
pub struct OrderPlaceInput {
    /// Which listing.
    pub listing_id: ID,
    /// The version you saw. If there is another now, nothing is bought.
    pub seen_version: i32,
    /// The price you saw, in CNY. If it is another now, nothing is bought.
    pub seen_price: Decimal,
    /// Made by you for this one purchase: sending it again answers the same order.
    pub idempotency_key: Uuid,
}

/// What you hand over. It is stored sealed, and only the buyer can read it.
#[derive(InputObject)]
pub struct OrderDeliverInput {
    /// Which order.
    pub id: ID,
    /// The account's login name: 1 to 200 characters.
    #[graphql(secret)]
    pub login: String,
    /// The account's password: 1 to 200 characters.
    #[graphql(secret)]
    pub password: String,
    /// Contacts that are bound to it: up to 500 characters.
    #[graphql(default, secret)]
    pub contacts: String,
    /// What else the buyer must know: up to 2,000 characters.
    #[graphql(default, secret)]
    pub notes: String,
}

/// What you want to read.
#[derive(InputObject)]
pub struct OrderRevealInput {
    /// Which order.
    pub id: ID,
    /// Which version, from 1. The newest unless you name one.
    pub version: Option<i32>,
}

/// A step of the checklist.
#[derive(InputObject)]
pub struct OrderChecklistTickInput {
    /// Which order.
    pub id: ID,
    /// The step's key.
    pub key: String,
    /// Whether it is done.
    pub done: bool,
}

/// An order to be confirmed.
#[derive(InputObject)]
pub struct OrderConfirmInput {
    /// Which.
    pub id: ID,
    /// Say `true` to confirm although steps of the checklist are open.
    #[graphql(default)]
    pub acknowledge_open_steps: bool,
}

/// An order to be cancelled.
#[derive(InputObject)]
pub struct OrderCancelInput {
    /// Which.
    pub id: ID,
}

/// Which of your orders.
#[derive(InputObject, Default)]
pub struct OrderFilterInput {
    /// In this state only.
    pub state: Option<OrderState>,
    /// In one of these states. Empty: in every state. With `state`, too, both must hold.
    #[graphql(default)]
    pub states: Vec<OrderState>,
}

/// What was handed over. Keep it to yourself, and change the password at once.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct Credentials {
    /// The version, from 1.
    pub version: i32,
    /// When the seller handed it over.
    pub delivered_at: DateTime,
    /// The account's login name.
    pub login: String,
    /// The account's password.
    pub password: String,
    /// Contacts that are bound to it.
    pub contacts: String,
    /// What else you must know.
    pub notes: String,
}

impl From<Revealed> for Credentials {
    fn from(revealed: Revealed) -> Self {
        let HandedOver {
            login,
            password,
            contacts,
            notes,
        } = revealed.credentials;
        Self {
            version: revealed.version,
            delivered_at: DateTime(revealed.delivered_at),
            login,
            password,
            contacts,
            notes,
        }
    }
}

payload_type! {
    /// What `orderPlace` answers.
    OrderPlacePayload {
        /// The order, paid.
        order: Order
    }
}
payload_type! {
    /// What `orderDeliver` answers.
    OrderDeliverPayload {
        /// The order, delivered.
        order: Order
    }
}
payload_type! {
    /// What `orderReveal` answers.
    OrderRevealPayload {
        /// What was handed over.
        credentials: Credentials
    }
}
payload_type! {
    /// What `orderChecklistTick` answers.
    OrderChecklistTickPayload {
        /// The order.
        order: Order
    }
}
payload_type! {
    /// What `orderConfirm` answers.
    OrderConfirmPayload {
        /// The order, completed.
        order: Order
    }
}
payload_type! {
    /// What `orderCancel` answers.
    OrderCancelPayload {
        /// The order, cancelled.
        order: Order
    }
}

/// Queries about orders.
#[derive(Default)]
pub struct OrderQuery;

#[Object]
impl OrderQuery {
    /// One order of which you are the buyer or the seller; any other is `NOT_FOUND`.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn order(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<Order>> {
        Ok(Some(Order::find(ctx, id::decode(&id)?).await?))
    }

    /// What you bought, newest first.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn bought_orders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
        #[graphql(desc = "Which of them; all unless said.")] filter: Option<OrderFilterInput>,
    ) -> Result<Option<Connection<Order>>> {
        Ok(Some(list(ctx, Side::Bought, first, after, filter).await?))
    }

    /// What you sold, newest first.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn sold_orders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
        #[graphql(desc = "Which of them; all unless said.")] filter: Option<OrderFilterInput>,
    ) -> Result<Option<Connection<Order>>> {
        Ok(Some(list(ctx, Side::Sold, first, after, filter).await?))
    }

    /// How many orders you have in each state, bought and sold.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn order_counts(&self, ctx: &Context<'_>) -> Result<Option<OrderCounts>> {
        let trader = policy::trader(ctx.actor())?;
        Ok(Some(order::list::counts(ctx.env(), trader).await?.into()))
    }
}

async fn list(
    ctx: &Context<'_>,
    side: Side,
    first: Option<i32>,
    after: Option<String>,
    filter: Option<OrderFilterInput>,
) -> Result<Connection<Order>, Failure> {
    let trader = policy::trader(ctx.actor())?;
    let filter = filter.unwrap_or_default();
    let filter = order::list::Filter {
        state: filter.state.map(Into::into),
        states: filter.states.into_iter().map(Into::into).collect(),
    };
    let page = order::list::of(ctx.env(), trader, side, &filter, &ask(first, after.as_deref())?).await?;
    let places: Vec<_> = page.rows.iter().map(OrderCard::place).collect();
    let orders = Order::of_page(ctx, page.rows)?;
    let rows = places.into_iter().zip(orders).collect();
    let page = Page { rows, more: page.more };
    Ok(connection(page, after.is_some(), |(place, _)| *place, |(_, order)| order))
}

/// Mutations of orders by their parties.
#[derive(Default)]
pub struct OrderMutation;

#[Object]
impl OrderMutation {
    /// Buys a listing with the money in your wallet. It waits in escrow until you confirm.
    #[graphql(guard = "Auth(Need::Verified)", directive = auth::apply(Need::Verified))]
    async fn order_place(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The listing, its version and its price.")] input: OrderPlaceInput,
    ) -> Result<Option<OrderPlacePayload>> {
        payload(ctx, place(ctx, &input).await)
    }

    /// Hands the account over to the buyer. Once it is handed over, other credentials are a correction: a new version, and at least 24 hours for
    /// the buyer to look. The same credentials again change nothing.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn order_deliver(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order and the credentials.")] input: OrderDeliverInput,
    ) -> Result<Option<OrderDeliverPayload>> {
        payload(ctx, deliver(ctx, input).await)
    }

    /// Reads what was handed over to you, from delivery to 30 days after completion. The seller sees when you first did, and each reading is
    /// recorded. Needs a fresh proof that it is you.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn order_reveal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order, and the version if not the newest.")] input: OrderRevealInput,
    ) -> Result<Option<OrderRevealPayload>> {
        payload(ctx, reveal(ctx, &input).await)
    }

    /// Ticks a step of the checklist of an account that was handed over to you, or takes the tick away.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn order_checklist_tick(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order, the step, and whether it is done.")] input: OrderChecklistTickInput,
    ) -> Result<Option<OrderChecklistTickPayload>> {
        payload(ctx, tick(ctx, &input).await)
    }

    /// Confirms that you have the account: the seller is paid. Confirming again answers the same order.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn order_confirm(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order.")] input: OrderConfirmInput,
    ) -> Result<Option<OrderConfirmPayload>> {
        payload(ctx, confirm(ctx, &input).await)
    }

    /// Ends an order before delivery, as its buyer or its seller: the buyer gets his money back. Cancelling again answers the same order.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn order_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order.")] input: OrderCancelInput,
    ) -> Result<Option<OrderCancelPayload>> {
        payload(ctx, cancel(ctx, &input).await)
    }
}

async fn place(ctx: &Context<'_>, input: &OrderPlaceInput) -> Result<Order, Failure> {
    let buyer = policy::verified(ctx.actor())?;
    let listing: ListingId = id::decode(&input.listing_id)?;
    let ask = PlaceOrder {
        listing,
        version: input.seen_version.into(),
        price: input.seen_price.0,
        key: input.idempotency_key.0,
    };
    let order = order::place(ctx.env(), buyer, &ask).await?;
    Order::find(ctx, order.id).await
}

async fn deliver(ctx: &Context<'_>, input: OrderDeliverInput) -> Result<Order, Failure> {
    let seller = policy::trader(ctx.actor())?;
    let id: OrderId = id::decode(&input.id)?;
    let credentials = HandedOver {
        login: input.login,
        password: input.password,
        contacts: input.contacts,
        notes: input.notes,
    };
    let order = order::deliver(ctx.env(), seller, id, credentials).await?;
    Order::find(ctx, order.id).await
}

async fn reveal(ctx: &Context<'_>, input: &OrderRevealInput) -> Result<Credentials, Failure> {
    let buyer = policy::trader(ctx.actor())?;
    let buyer = policy::proven(buyer, ctx.env().now())?;
    let revealed = order::reveal(ctx.env(), buyer, id::decode(&input.id)?, input.version).await?;
    Ok(revealed.into())
}

async fn tick(ctx: &Context<'_>, input: &OrderChecklistTickInput) -> Result<Order, Failure> {
    let buyer = policy::trader(ctx.actor())?;
    let order = order::tick(ctx.env(), buyer, id::decode(&input.id)?, &input.key, input.done).await?;
    Order::find(ctx, order).await
}

async fn confirm(ctx: &Context<'_>, input: &OrderConfirmInput) -> Result<Order, Failure> {
    let buyer = policy::trader(ctx.actor())?;
    let order = order::confirm(ctx.env(), buyer, id::decode(&input.id)?, input.acknowledge_open_steps).await?;
    Order::find(ctx, order.id).await
}

async fn cancel(ctx: &Context<'_>, input: &OrderCancelInput) -> Result<Order, Failure> {
    let party = policy::trader(ctx.actor())?;
    let order = order::cancel(ctx.env(), party, id::decode(&input.id)?).await?;
    Order::find(ctx, order.id).await
}
