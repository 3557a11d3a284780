//! What happens to somebody's orders.

use async_graphql::{Context, Object, Result, Union};
use entity::value::OrderId;

use super::Reader;
use crate::{
    graphql::{errors::Failure, order::Order, scalars::Cursor},
    kernel::{Event, feed},
};

/// An order of yours took a step, or waits for you.
pub struct OrderChanged {
    cursor: feed::Cursor,
    order: OrderId,
}

/// An order of yours took a step, or waits for you.
#[Object]
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

/// What happens to your orders.
#[derive(Union)]
pub enum OrderEvent {
    /// An order took a step, or waits for you.
    Changed(OrderChanged),
}

/// The event as its reader sees it, if it is about an order.
pub(super) async fn pick(reader: &Reader, cursor: feed::Cursor, event: Event) -> Result<Option<OrderEvent>, Failure> {
    let order = match event {
        Event::OrderPlaced { order, .. }
        | Event::OrderDelivered { order, .. }
        | Event::OrderCompleted { order, .. }
        | Event::OrderWaits { order, .. }
        | Event::OrderCancelled { order, .. }
        | Event::ProceedsSettled { order, .. } => order,
        _ => return Ok(None),
    };
    reader.still_may().await?;
    Ok(Some(OrderEvent::Changed(OrderChanged { cursor, order })))
}
