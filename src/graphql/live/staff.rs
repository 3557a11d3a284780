//! What happens to what admins look after.

use async_graphql::{Context, Object, Result, Union};
use entity::{kinds::QueueKind, value::CaseId};

use super::Reader;
use crate::{
    graphql::{case::CaseReview, context::Ask, errors::Failure, scalars::Cursor, staff::Queue},
    kernel::{Event, event::ForMany, feed, policy},
    staff,
};

/// Something came into a queue, was claimed, given back or decided.
pub struct QueueChanged {
    cursor: feed::Cursor,
    queue: QueueKind,
}

/// Something came into a queue, was claimed, given back or decided.
#[Object(serial)]
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

/// A case about an order took a step, or ended.
pub struct CaseReviewChanged {
    cursor: feed::Cursor,
    case: CaseId,
}

/// A case about an order took a step, or ended.
#[Object(serial)]
impl CaseReviewChanged {
    /// To go on after this event.
    async fn cursor(&self) -> Cursor {
        self.cursor.into()
    }
    /// The case, as it is now.
    async fn review(&self, ctx: &Context<'_>) -> Result<Option<CaseReview>> {
        Ok(Some(CaseReview::find(ctx, self.case).await?))
    }
}

/// What happens to what admins look after.
#[derive(Union)]
pub enum StaffEvent {
    /// A queue changed.
    Queue(QueueChanged),
    /// A case took a step, or ended.
    Case(CaseReviewChanged),
}

/// The event as an admin sees it. His right is looked at anew each time.
pub(super) async fn pick(reader: &Reader, cursor: feed::Cursor, event: Event) -> Result<Option<StaffEvent>, Failure> {
    let shown = match event {
        Event::ForMany(ForMany::QueueMoved { queue }) => StaffEvent::Queue(QueueChanged { cursor, queue }),
        Event::CaseMoved { case, .. } => StaffEvent::Case(CaseReviewChanged { cursor, case }),
        _ => return Ok(None),
    };
    policy::admin(&reader.still_may().await?)?;
    Ok(Some(shown))
}
