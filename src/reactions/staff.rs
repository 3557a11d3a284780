//! What an event means to those who look after the place, and to everybody.

use entity::{
    kinds::{NoticeKind, QueueKind, Role},
    standing,
    value::{EventId, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    kernel::{
        Event, Fault, Tx,
        event::{ALL_STREAM, ForMany, STAFF_STREAM},
    },
    notification::{self, Params, Tell},
};

/// Writes the event into the stream of the staff, as far as it is for them, and tells every admin of what waits too long.
pub(super) async fn tell(tx: &Tx, id: EventId, event: &Event) -> Result<(), Fault> {
    if let Event::CaseMoved { .. } = event {
        tx.publish(STAFF_STREAM, *event);
    }
    if let Some(queue) = moved(event) {
        tx.publish(STAFF_STREAM, Event::queue_moved(queue));
    }
    if let Event::ForMany(ForMany::AnnouncementMade { .. } | ForMany::AnnouncementRetracted { .. }) = event {
        tx.publish(ALL_STREAM, *event);
    }
    if let Event::ForMany(ForMany::QueueOverdue {
        queue,
        kind_of,
        subject,
        count,
    }) = *event
    {
        let params = Params::from([
            ("queue".to_owned(), queue.as_str().to_owned()),
            ("count".to_owned(), count.to_string()),
        ]);
        for user in admins(tx).await? {
            let tell = Tell {
                event: id,
                user,
                kind: NoticeKind::QueueOverdue,
                subject: (kind_of, subject),
                params: &params,
            };
            notification::notify(tx, &tell).await?;
        }
    }
    Ok(())
}

/// The queue that an event changes. Most steps of queues say so themselves; these are told already.
const fn moved(event: &Event) -> Option<QueueKind> {
    match *event {
        Event::ForMany(ForMany::QueueMoved { queue }) => Some(queue),
        Event::ListingSubmitted { .. } | Event::ListingApproved { .. } | Event::ListingRejected { .. } | Event::ListingRemoved { .. } => {
            Some(QueueKind::Listings)
        }
        Event::CaseMoved { .. } => Some(QueueKind::Cases),
        Event::ReportDecided { .. } => Some(QueueKind::Reports),
        _ => None,
    }
}

async fn admins(tx: &Tx) -> Result<Vec<UserId>, Fault> {
    let admins = standing::Entity::find()
        .select_only()
        .column(standing::Column::UserId)
        .filter(standing::Column::Role.eq(Role::Admin))
        .order_by_asc(standing::Column::UserId);
    Ok(admins.into_tuple().all(tx.db()).await?)
}
