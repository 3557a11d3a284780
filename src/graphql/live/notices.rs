//! What happens to somebody's notices.

use async_graphql::{ID, SimpleObject, Union};
use entity::value::NoticeId;

use super::Reader;
use crate::{
    graphql::{errors::Failure, id, notification::Notice, scalars::Cursor},
    kernel::{Event, event::ForMany, feed},
    notification,
};

/// A notice for you was made.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct NoticeCreated {
    /// To go on after this event.
    pub cursor: Cursor,
    /// The notice, as it is now.
    pub notice: Notice,
    /// How many of your notices are unread now, counted up to 1,000.
    pub unread_count: i32,
}

/// You read notices, here or on another device.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct NoticesRead {
    /// To go on after this event.
    pub cursor: Cursor,
    /// How many of your notices are unread now, counted up to 1,000.
    pub unread_count: i32,
}

/// An announcement was taken back: it is among nobody's notices any more.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct NoticeWithdrawn {
    /// To go on after this event.
    pub cursor: Cursor,
    /// The id that it had among your notices.
    pub notice_id: ID,
    /// How many of your notices are unread now, counted up to 1,000.
    pub unread_count: i32,
}

/// What happens to your notices.
#[derive(Union)]
pub enum NoticeEvent {
    /// A notice for you was made.
    Created(NoticeCreated),
    /// You read notices.
    Read(NoticesRead),
    /// An announcement was taken back.
    Withdrawn(NoticeWithdrawn),
}

/// The event as its reader sees it, if it is about notices.
pub(super) async fn pick(reader: &Reader, cursor: feed::Cursor, event: Event) -> Result<Option<NoticeEvent>, Failure> {
    match event {
        Event::NoticeCreated { notice, .. } => created(reader, cursor, notice).await,
        // Among his notices an announcement has its own id.
        Event::ForMany(ForMany::AnnouncementMade { announcement }) => created(reader, cursor, NoticeId(announcement.0)).await,
        Event::ForMany(ForMany::AnnouncementRetracted { announcement }) => {
            reader.still_may().await?;
            Ok(Some(NoticeEvent::Withdrawn(NoticeWithdrawn {
                cursor: cursor.into(),
                notice_id: id::encode(NoticeId(announcement.0)),
                unread_count: unread(reader).await?,
            })))
        }
        Event::NoticesRead { .. } => {
            reader.still_may().await?;
            Ok(Some(NoticeEvent::Read(NoticesRead {
                cursor: cursor.into(),
                unread_count: unread(reader).await?,
            })))
        }
        _ => Ok(None),
    }
}

/// The notice, unless it is not for him: he signed up after an announcement, or it was taken back meanwhile.
async fn created(reader: &Reader, cursor: feed::Cursor, notice: NoticeId) -> Result<Option<NoticeEvent>, Failure> {
    reader.still_may().await?;
    let found = notification::find(reader.env.db(), reader.user, notice, reader.env.now()).await?;
    let Some(found) = found else { return Ok(None) };
    Ok(Some(NoticeEvent::Created(NoticeCreated {
        cursor: cursor.into(),
        notice: Notice(found),
        unread_count: unread(reader).await?,
    })))
}

async fn unread(reader: &Reader) -> Result<i32, Failure> {
    let unread = notification::unread(reader.env.db(), reader.user, reader.env.now()).await?;
    Ok(i32::try_from(unread).unwrap_or(i32::MAX))
}
