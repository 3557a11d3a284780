//! What happens to somebody's notices.

use async_graphql::{SimpleObject, Union};

use super::Reader;
use crate::{
    graphql::{errors::Failure, notification::Notice, scalars::Cursor},
    kernel::{Event, feed},
    notification,
};

/// A notice for you was made.
#[derive(SimpleObject)]
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
pub struct NoticesRead {
    /// To go on after this event.
    pub cursor: Cursor,
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
}

/// The event as its reader sees it, if it is about notices.
pub(super) async fn pick(reader: &Reader, cursor: feed::Cursor, event: Event) -> Result<Option<NoticeEvent>, Failure> {
    match event {
        Event::NoticeCreated { notice, .. } => {
            reader.still_may().await?;
            let found = notification::find(reader.env.db(), reader.user, notice).await?;
            let unread_count = unread(reader).await?;
            Ok(found.map(|found| {
                NoticeEvent::Created(NoticeCreated {
                    cursor: cursor.into(),
                    notice: Notice(found),
                    unread_count,
                })
            }))
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

async fn unread(reader: &Reader) -> Result<i32, Failure> {
    let unread = notification::unread(reader.env.db(), reader.user).await?;
    Ok(i32::try_from(unread).unwrap_or(i32::MAX))
}
