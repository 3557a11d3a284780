//! Accepting: the seller an offer, the buyer a counter-offer. It reserves the listing and opens an order to be paid.

use entity::{
    kinds::{OfferState, OfferStep, OrderState, OrderStepKind},
    listing, offer,
    value::{Money, OfferId, OrderId, UserId},
};

use super::{
    state::{self, IllegalOfferStep},
    store::{self, Stamp},
};
use crate::{
    kernel::{Env, Event, Fault, Tx, policy::Verified},
    market,
    order::{
        history,
        open::{self, CannotDeal, Terms},
        side::Side,
        store as orders,
    },
    standing,
    wallet::freeze,
};

/// How many orders a buyer may have that he has not paid.
pub const UNPAID: u64 = 2;

/// Why an offer was not answered.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// There is no such offer for him.
    #[error("no such offer")]
    NotFound,
    /// The offer does not wait for that.
    #[error(transparent)]
    WrongState(#[from] IllegalOfferStep),
    /// The listing is reserved or off the shelf at present, or one of both may not deal.
    #[error("the listing is not available")]
    NotAvailable,
    /// The listing changed, or its price came down to the offer.
    #[error("the listing changed")]
    Outdated,
    /// His wallet is frozen: no offer of his or to him is accepted.
    #[error("the wallet is frozen")]
    Frozen,
    /// Both are one person.
    #[error("both are one person")]
    Own,
    /// The buyer has [`UNPAID`] orders that he has not paid.
    #[error("the buyer has too many unpaid orders")]
    TooManyUnpaid,
    /// The counter-offer is not above the offer and below what the listing asks.
    #[error("the price is out of range")]
    Price,
    /// The note is not taken.
    #[error("the note is not taken")]
    Note,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<CannotDeal> for AnswerError {
    fn from(error: CannotDeal) -> Self {
        match error {
            CannotDeal::NotAvailable => Self::NotAvailable,
            CannotDeal::Own => Self::Own,
            CannotDeal::Fault(fault) => fault.into(),
        }
    }
}

/// Accepts what the other side asks for. Accepting again answers the same offer and opens no second order.
pub async fn accept(env: &Env, party: Verified, id: OfferId) -> Result<OfferId, AnswerError> {
    let tx = env.begin().await?;
    let seen = store::get(tx.db(), id).await?.ok_or(AnswerError::NotFound)?;
    let side = super::list::side(&seen, party.id()).ok_or(AnswerError::NotFound)?;
    // Held whole: of two acceptances for one buyer at once, the second counts the first.
    let standings = standing::hold_whole(&tx, &[seen.buyer_id, seen.seller_id]).await?;
    let listing = market::store::lock(&tx, seen.listing_id).await?;
    let listing = listing.ok_or_else(|| Fault::internal("an offer's listing is missing"))?;
    let offer = store::lock(&tx, id).await?.ok_or(AnswerError::NotFound)?;
    let (step, price) = match side {
        Side::Sold => (OfferStep::Accepted, offer.price),
        Side::Bought => (OfferStep::CounterAccepted, offer.counter_price.unwrap_or(offer.price)),
    };
    let accepted_so = (offer.counter_price.is_some()) == (side == Side::Bought);
    if offer.state == OfferState::Accepted && accepted_so {
        return Ok(id);
    }
    let next = state::advance(offer.state, step)?;
    if store::is_over(&offer, tx.now()) {
        return Err(IllegalOfferStep { state: offer.state, step }.into());
    }
    if freeze::frozen(tx.db(), party.id()).await? {
        return Err(AnswerError::Frozen);
    }
    let other = if side == Side::Sold { offer.buyer_id } else { offer.seller_id };
    open::may_deal(&tx, &standings, party.id(), other).await?;
    let order = open_order(&tx, &offer, &listing, price, party.id()).await?;
    let stamp = Stamp {
        order_id: Some(order),
        ..Stamp::default()
    };
    if !store::advance(&tx, &offer, step, next, stamp).await? {
        return Err(IllegalOfferStep { state: offer.state, step }.into());
    }
    tx.commit().await?;
    tracing::info!(offer = %id, %order, by = %party.id(), "offer accepted");
    Ok(id)
}

/// Reserves the listing for a new order, which the buyer has to pay.
async fn open_order(tx: &Tx, offer: &offer::Model, listing: &listing::Model, price: Money, by: UserId) -> Result<OrderId, AnswerError> {
    if !state::fits(offer.listing_version, price, listing.version, listing.price) {
        return Err(AnswerError::Outdated);
    }
    if orders::unpaid_of(tx, offer.buyer_id).await? >= UNPAID {
        return Err(AnswerError::TooManyUnpaid);
    }
    let id = OrderId::new();
    if !market::store::reserve(tx, listing.id, listing.version, listing.price, id).await? {
        return Err(AnswerError::NotAvailable);
    }
    let terms = Terms {
        id,
        buyer: offer.buyer_id,
        price,
        state: OrderState::AwaitingPayment,
        due: tx.now().plus_minutes(i64::from(tx.env().config().order.pay_minutes)),
    };
    orders::insert(tx, open::draft(tx, listing, terms).await?).await?;
    history::append(tx, id, OrderStepKind::Agreed, Some(by)).await?;
    tx.emit(Event::OrderAgreed {
        order: id,
        buyer: offer.buyer_id,
        seller: offer.seller_id,
    });
    Ok(id)
}
