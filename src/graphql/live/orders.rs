//! What happens to somebody's orders and offers.

use async_graphql::{Context, Object, Result, Union};
use entity::value::{CaseId, OfferId, OrderId};

use super::Reader;
use crate::{
    graphql::{case::Case, errors::Failure, offer::Offer, order::Order, scalars::Cursor},
    kernel::{Event, feed},
};

/// An order of yours took a step, or waits for you.
pub struct OrderChanged {
    cursor: feed::Cursor,
    order: OrderId,
}

/// An order of yours took a step, or waits for you.
#[Object(serial)]
impl OrderChanged {
    /// To go on after this event.
    async fn cursor(&self) -> Cursor {
        self.cursor.into()
    }
    /// The order, as it is now.
    async fn order(&self, ctx: &Context<'_>) -> Result<Option<Order>> {
        Ok(Some(Order::find(ctx, self.order).await?))
    }
}

/// An offer of yours or for what you sell was made, answered, or has ended.
pub struct OfferChanged {
    cursor: feed::Cursor,
    offer: OfferId,
}

/// An offer of yours or for what you sell was made, answered, or has ended.
#[Object(serial)]
impl OfferChanged {
    /// To go on after this event.
    async fn cursor(&self) -> Cursor {
        self.cursor.into()
    }
    /// The offer, as it is now.
    async fn offer(&self, ctx: &Context<'_>) -> Result<Option<Offer>> {
        Ok(Some(Offer::find(ctx, self.offer).await?))
    }
}

/// A case of yours took a step, or ended.
pub struct CaseChanged {
    cursor: feed::Cursor,
    case: CaseId,
}

/// A case of yours took a step, or ended.
#[Object(serial)]
impl CaseChanged {
    /// To go on after this event.
    async fn cursor(&self) -> Cursor {
        self.cursor.into()
    }
    /// The case, as it is now.
    async fn case(&self, ctx: &Context<'_>) -> Result<Option<Case>> {
        Ok(Some(Case::find(ctx, self.case).await?))
    }
}

/// What happens to your orders, your offers and the cases about them.
#[derive(Union)]
pub enum OrderEvent {
    /// An order took a step, or waits for you.
    Changed(OrderChanged),
    /// An offer was made, answered, or ended.
    Offer(OfferChanged),
    /// A case took a step, or ended.
    Case(CaseChanged),
}

/// The event as its reader sees it, if it is about an order, an offer or a case.
pub(super) async fn pick(reader: &Reader, cursor: feed::Cursor, event: Event) -> Result<Option<OrderEvent>, Failure> {
    let order = match event {
        Event::OrderPlaced { order, .. }
        | Event::OrderDelivered { order, .. }
        | Event::OrderCompleted { order, .. }
        | Event::OrderWaits { order, .. }
        | Event::SellerExpelled { order, .. }
        | Event::BuyerExpelled { order, .. }
        | Event::OrderCancelled { order, .. }
        | Event::OrderAgreed { order, .. }
        | Event::OrderUnpaid { order, .. }
        | Event::ReturnMoved { order, .. }
        | Event::ReviewWritten { order, .. }
        | Event::ProceedsSettled { order, .. } => order,
        Event::OfferMoved { offer, .. } => {
            reader.still_may().await?;
            return Ok(Some(OrderEvent::Offer(OfferChanged { cursor, offer })));
        }
        Event::CaseMoved { case, .. } => {
            reader.still_may().await?;
            return Ok(Some(OrderEvent::Case(CaseChanged { cursor, case })));
        }
        _ => return Ok(None),
    };
    reader.still_may().await?;
    Ok(Some(OrderEvent::Changed(OrderChanged { cursor, order })))
}
