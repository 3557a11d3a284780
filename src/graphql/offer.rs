//! Offers, and paying what they led to.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use entity::{kinds, value::OfferId};

mod view;

pub use view::Offer;

use super::{
    auth::{Auth, Need, auth},
    connection::{Connection, ask, connection},
    context::Ask,
    errors::{Failure, payload},
    id,
    order::Order,
    scalars::{Decimal, Uuid},
};
use crate::{
    kernel::{page::Page, policy},
    order::{
        self, PayOrder, Side,
        offer::{self, MakeOffer, OfferCard, list::Filter},
    },
    payload_type,
};

/// Where an offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::OfferState")]
pub enum OfferState {
    /// The buyer made it; it waits for the seller.
    Open,
    /// The seller asks for another price; it waits for the buyer.
    Countered,
    /// One accepted what the other asked for; an order was opened.
    Accepted,
    /// The seller declined it.
    Declined,
    /// The buyer withdrew it.
    Withdrawn,
    /// Nobody answered in time.
    Lapsed,
    /// The listing changed, or its price came down to it.
    Outdated,
    /// Somebody bought the listing.
    Sold,
}

/// What you offer, for a listing as you saw it.
#[derive(InputObject)]
pub struct OfferMakeInput {
    /// For which listing.
    pub listing_id: ID,
    /// The version you saw. If there is another now, no offer is made.
    pub seen_version: i32,
    /// What you would pay: from 1.00 CNY to below the asking price.
    pub price: Decimal,
    /// What you say to it: up to 500 characters.
    #[graphql(default)]
    pub note: String,
    /// Made by you for this one offer: sending it again answers the same offer.
    pub idempotency_key: Uuid,
}

/// The price you ask instead.
#[derive(InputObject)]
pub struct OfferCounterInput {
    /// Of which offer.
    pub id: ID,
    /// Your price, in CNY: above the offer and below the asking price.
    pub price: Decimal,
    /// What you say to it: up to 500 characters.
    #[graphql(default)]
    pub note: String,
}

/// An offer to be accepted.
#[derive(InputObject)]
pub struct OfferAcceptInput {
    /// Which.
    pub id: ID,
}

/// An offer to be declined.
#[derive(InputObject)]
pub struct OfferDeclineInput {
    /// Which.
    pub id: ID,
}

/// An offer to be withdrawn.
#[derive(InputObject)]
pub struct OfferWithdrawInput {
    /// Which.
    pub id: ID,
}

/// An order to be paid.
#[derive(InputObject)]
pub struct OrderPayInput {
    /// Which.
    pub id: ID,
    /// Made by you for this one payment: sending it again takes nothing more.
    pub idempotency_key: Uuid,
}

/// Which offers.
#[derive(InputObject, Default)]
pub struct OfferFilterInput {
    /// In this state only.
    pub state: Option<OfferState>,
    /// Say `true` for those that are open, `false` for those that have ended.
    pub open: Option<bool>,
}

/// How many offers there are in a state.
#[derive(Debug, Clone, Copy, SimpleObject)]
#[graphql(serial)]
pub struct OfferStateCount {
    /// The state.
    pub state: OfferState,
    /// How many.
    pub count: i32,
}

impl From<(kinds::OfferState, i64)> for OfferStateCount {
    fn from((state, n): (kinds::OfferState, i64)) -> Self {
        Self {
            state: state.into(),
            count: i32::try_from(n).unwrap_or(i32::MAX),
        }
    }
}

/// How many offers wait, and how many there are in each state.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct OfferCounts {
    /// Yours that wait for their sellers.
    pub made_waiting_for_seller: i32,
    /// Yours that wait for you: the seller asks for another price.
    pub made_waiting_for_you: i32,
    /// For what you sell, waiting for you.
    pub received_waiting_for_you: i32,
    /// For what you sell, waiting for their buyers.
    pub received_waiting_for_buyer: i32,
    /// Yours in each state, also those that have ended. States without any are left out.
    pub made: Vec<OfferStateCount>,
    /// For what you sell, in each state, also those that have ended. States without any are left out.
    pub received: Vec<OfferStateCount>,
}

impl From<offer::list::Counts> for OfferCounts {
    fn from(counts: offer::list::Counts) -> Self {
        let told = |counts: Vec<(kinds::OfferState, i64)>| counts.into_iter().map(OfferStateCount::from).collect::<Vec<_>>();
        let number =
            |counts: &[OfferStateCount], state: OfferState| counts.iter().find(|one| one.state == state).map_or(0, |one| one.count);
        let (made, received) = (told(counts.made), told(counts.received));
        Self {
            made_waiting_for_seller: number(&made, OfferState::Open),
            made_waiting_for_you: number(&made, OfferState::Countered),
            received_waiting_for_you: number(&received, OfferState::Open),
            received_waiting_for_buyer: number(&received, OfferState::Countered),
            made,
            received,
        }
    }
}

payload_type! {
    /// What `offerMake` answers.
    OfferMakePayload {
        /// The offer, open.
        offer: Offer
    }
}
payload_type! {
    /// What `offerCounter` answers.
    OfferCounterPayload {
        /// The offer, waiting for the buyer.
        offer: Offer
    }
}
payload_type! {
    /// What `offerAccept` answers.
    OfferAcceptPayload {
        /// The offer, with the order that it led to.
        offer: Offer
    }
}
payload_type! {
    /// What `offerDecline` answers.
    OfferDeclinePayload {
        /// The offer, declined.
        offer: Offer
    }
}
payload_type! {
    /// What `offerWithdraw` answers.
    OfferWithdrawPayload {
        /// The offer, withdrawn.
        offer: Offer
    }
}
payload_type! {
    /// What `orderPay` answers.
    OrderPayPayload {
        /// The order, paid.
        order: Order
    }
}

/// Queries about offers.
#[derive(Default)]
pub struct OfferQuery;

#[Object]
impl OfferQuery {
    /// One offer that you made or that is for a listing of yours; any other is `NOT_FOUND`.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn offer(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<Offer>> {
        Ok(Some(Offer::find(ctx, id::decode(&id)?).await?))
    }

    /// The offers you made, newest first.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn made_offers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
        #[graphql(desc = "Which of them; all unless said.")] filter: Option<OfferFilterInput>,
    ) -> Result<Option<Connection<Offer>>> {
        Ok(Some(list(ctx, Side::Bought, first, after, filter).await?))
    }

    /// The offers for what you sell, newest first.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn received_offers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
        #[graphql(desc = "Which of them; all unless said.")] filter: Option<OfferFilterInput>,
    ) -> Result<Option<Connection<Offer>>> {
        Ok(Some(list(ctx, Side::Sold, first, after, filter).await?))
    }

    /// How many of your offers wait, made and received, and how many are in each state.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn offer_counts(&self, ctx: &Context<'_>) -> Result<Option<OfferCounts>> {
        let trader = policy::trader(ctx.actor())?;
        Ok(Some(offer::list::counts(ctx.env(), trader).await?.into()))
    }
}

async fn list(
    ctx: &Context<'_>,
    side: Side,
    first: Option<i32>,
    after: Option<String>,
    filter: Option<OfferFilterInput>,
) -> Result<Connection<Offer>, Failure> {
    let trader = policy::trader(ctx.actor())?;
    let filter = filter.unwrap_or_default();
    let filter = Filter {
        state: filter.state.map(Into::into),
        open: filter.open,
    };
    let page = offer::list::of(ctx.env(), trader, side, filter, &ask(first, after.as_deref())?).await?;
    let places: Vec<_> = page.rows.iter().map(OfferCard::place).collect();
    let offers = Offer::of_page(ctx, page.rows)?;
    let rows = places.into_iter().zip(offers).collect();
    let page = Page { rows, more: page.more };
    Ok(connection(page, after.is_some(), |(place, _)| *place, |(_, offer)| offer))
}

/// Mutations of offers by their parties.
#[derive(Default)]
pub struct OfferMutation;

#[Object]
impl OfferMutation {
    /// Offers a price for a listing. It waits 24 hours for the seller and holds no money. One open offer for a listing, 20 in all.
    #[graphql(guard = "Auth(Need::Verified)", directive = auth::apply(Need::Verified))]
    async fn offer_make(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The listing, its version and your price.")] input: OfferMakeInput,
    ) -> Result<Option<OfferMakePayload>> {
        payload(ctx, make(ctx, &input).await)
    }

    /// Asks for another price than the buyer offers. It waits 24 hours for the buyer.
    #[graphql(guard = "Auth(Need::Verified)", directive = auth::apply(Need::Verified))]
    async fn offer_counter(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The offer and your price.")] input: OfferCounterInput,
    ) -> Result<Option<OfferCounterPayload>> {
        payload(ctx, counter(ctx, &input).await)
    }

    /// Accepts an offer as the seller, or a counter-offer as the buyer: the listing is reserved, and an order opened that the buyer has to pay
    /// within two hours. A buyer has at most 2 such orders. Accepting again answers the same offer.
    #[graphql(guard = "Auth(Need::Verified)", directive = auth::apply(Need::Verified))]
    async fn offer_accept(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The offer.")] input: OfferAcceptInput,
    ) -> Result<Option<OfferAcceptPayload>> {
        payload(ctx, accept(ctx, &input).await)
    }

    /// Declines an offer for a listing of yours, also one that you countered. Declining again answers the same offer.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn offer_decline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The offer.")] input: OfferDeclineInput,
    ) -> Result<Option<OfferDeclinePayload>> {
        payload(ctx, decline(ctx, &input).await)
    }

    /// Withdraws an offer of yours, also one that was countered. Withdrawing again answers the same offer.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn offer_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The offer.")] input: OfferWithdrawInput,
    ) -> Result<Option<OfferWithdrawPayload>> {
        payload(ctx, withdraw(ctx, &input).await)
    }

    /// Pays an order that an offer led to, with the money in your wallet. It waits in escrow until you confirm.
    #[graphql(guard = "Auth(Need::Verified)", directive = auth::apply(Need::Verified))]
    async fn order_pay(&self, ctx: &Context<'_>, #[graphql(desc = "The order.")] input: OrderPayInput) -> Result<Option<OrderPayPayload>> {
        payload(ctx, pay(ctx, &input).await)
    }
}

async fn make(ctx: &Context<'_>, input: &OfferMakeInput) -> Result<Offer, Failure> {
    let buyer = policy::verified(ctx.actor())?;
    let ask = MakeOffer {
        listing: id::decode(&input.listing_id)?,
        version: input.seen_version.into(),
        price: input.price.0,
        note: input.note.clone(),
        key: input.idempotency_key.0,
    };
    Offer::find(ctx, offer::make(ctx.env(), buyer, &ask).await?).await
}

async fn counter(ctx: &Context<'_>, input: &OfferCounterInput) -> Result<Offer, Failure> {
    let seller = policy::verified(ctx.actor())?;
    let id: OfferId = id::decode(&input.id)?;
    Offer::find(ctx, offer::counter(ctx.env(), seller, id, input.price.0, &input.note).await?).await
}

async fn accept(ctx: &Context<'_>, input: &OfferAcceptInput) -> Result<Offer, Failure> {
    let party = policy::verified(ctx.actor())?;
    Offer::find(ctx, offer::accept(ctx.env(), party, id::decode(&input.id)?).await?).await
}

async fn decline(ctx: &Context<'_>, input: &OfferDeclineInput) -> Result<Offer, Failure> {
    let seller = policy::trader(ctx.actor())?;
    Offer::find(ctx, offer::decline(ctx.env(), seller, id::decode(&input.id)?).await?).await
}

async fn withdraw(ctx: &Context<'_>, input: &OfferWithdrawInput) -> Result<Offer, Failure> {
    let buyer = policy::trader(ctx.actor())?;
    Offer::find(ctx, offer::withdraw(ctx.env(), buyer, id::decode(&input.id)?).await?).await
}

async fn pay(ctx: &Context<'_>, input: &OrderPayInput) -> Result<Order, Failure> {
    let buyer = policy::verified(ctx.actor())?;
    let ask = PayOrder {
        order: id::decode(&input.id)?,
        key: input.idempotency_key.0,
    };
    Order::find(ctx, order::pay(ctx.env(), buyer, &ask).await?).await
}
