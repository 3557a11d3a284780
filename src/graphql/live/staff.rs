//! What happens to what admins look after.

use async_graphql::{Context, Object, Result, Union};
use entity::kinds::QueueKind;

use super::Reader;
use crate::{
    graphql::{context::Ask, errors::Failure, scalars::Cursor, staff::Queue},
    kernel::{Event, feed, policy},
    staff,
};

/// Something came into a queue, was claimed, given back or decided.
pub struct QueueChanged {
    cursor: feed::Cursor,
    queue: QueueKind,
}

/// Something came into a queue, was claimed, given back or decided.
#[Object]
impl QueueChanged {
    /// To go on after this event.
    async fn cursor(&self) -> Cursor {
        self.cursor.into()
    }
    /// The queue, as it stands now.
    async fn queue(&self, ctx: &Context<'_>) -> Result<Option<Queue>> {
        let admin = policy::admin(ctx.actor())?;
        Ok(Some(Queue(staff::queue(ctx.env(), admin, self.queue).await?)))
    }
}

/// What happens to what admins look after.
#[derive(Union)]
pub enum StaffEvent {
    /// A queue changed.
    Queue(QueueChanged),
}

/// The event as an admin sees it. His right is looked at anew each time.
pub(super) async fn pick(reader: &Reader, cursor: feed::Cursor, event: Event) -> Result<Option<StaffEvent>, Failure> {
    let Event::QueueMoved { queue } = event else { return Ok(None) };
    policy::admin(&reader.still_may().await?)?;
    Ok(Some(StaffEvent::Queue(QueueChanged { cursor, queue })))
}
