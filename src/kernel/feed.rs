//! The event log as a listener sees it: everything after a cursor, then live, without a hole.

use std::{collections::VecDeque, time::Duration};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::{event, event_head, value::UserId};
use futures::stream::{self, BoxStream, StreamExt};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Env, Event, Fault, event::user_stream, port::Wake};

/// How many events are read from the log at once.
const BATCH: u64 = 200;
/// How long a listener sleeps at most before it looks by itself: when the bus works, and when it does not.
const IDLE: Duration = Duration::from_secs(20);
const WITHOUT_BUS: Duration = Duration::from_secs(1);

/// A place in what a user may hear. Opaque to clients, worthless to other users and in another epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    epoch: u64,
    user: UserId,
    seq: i64,
}

/// Why a feed does not go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    /// The cursor is too old, of another epoch, of another user, or none of ours: read everything anew.
    #[error("the cursor does not lead on from here")]
    Resync,
    /// The log cannot be read.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Cursor {
    /// The cursor's text.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut bytes = Vec::with_capacity(32);
        bytes.extend(self.epoch.to_be_bytes());
        bytes.extend(self.user.0.as_bytes());
        bytes.extend(self.seq.to_be_bytes());
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a cursor's text; it must have been made for `user` in this epoch.
    pub fn decode(text: &str, env: &Env, user: UserId) -> Result<Self, FeedError> {
        let bytes: [u8; 32] = BASE64_URL_SAFE_NO_PAD
            .decode(text)
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(FeedError::Resync)?;
        let number = |at: usize| u64::from_be_bytes(std::array::from_fn(|i| bytes[at + i]));
        let ours = number(0) == env.epoch() && bytes[8..24] == *user.0.as_bytes();
        let seq = i64::try_from(number(24)).map_err(|_| FeedError::Resync)?;
        if ours {
            Ok(Self {
                epoch: env.epoch(),
                user,
                seq,
            })
        } else {
            Err(FeedError::Resync)
        }
    }

    /// Where the log stands now. Take it before reading a snapshot, so that what changes meanwhile is heard again rather than missed.
    pub async fn now(env: &Env, user: UserId) -> Result<Self, Fault> {
        Ok(Self {
            epoch: env.epoch(),
            user,
            seq: head(env, user).await?,
        })
    }

    const fn at(self, seq: i64) -> Self {
        Self { seq, ..self }
    }
}

async fn head(env: &Env, user: UserId) -> Result<i64, Fault> {
    let head = event_head::Entity::find_by_id(user_stream(user)).one(env.db()).await?;
    Ok(head.map_or(0, |head| head.seq))
}

/// What is in the log after a cursor, oldest first, at most `BATCH`. Dense numbers show a hole, and a hole is said, not skipped.
async fn read_after(env: &Env, cursor: Cursor) -> Result<Vec<(Cursor, Event)>, FeedError> {
    let rows = event::Entity::find()
        .filter(event::Column::Stream.eq(user_stream(cursor.user)))
        .filter(event::Column::Seq.gt(cursor.seq))
        .order_by_asc(event::Column::Seq)
        .limit(BATCH)
        .all(env.db())
        .await
        .map_err(Fault::from)?;
    let mut expected = cursor.seq;
    let mut events = Vec::with_capacity(rows.len());
    for row in rows {
        expected += 1;
        if row.seq != expected {
            return Err(FeedError::Resync);
        }
        let event = serde_json::from_str(&row.event).map_err(Fault::internal)?;
        events.push((cursor.at(row.seq), event));
    }
    if events.is_empty() && head(env, cursor.user).await? != cursor.seq {
        return recheck(env, cursor).await;
    }
    Ok(events)
}

/// Nothing was there, yet the head is elsewhere: either an event came in between, or the cursor is from the future or too old.
async fn recheck(env: &Env, cursor: Cursor) -> Result<Vec<(Cursor, Event)>, FeedError> {
    let next = event::Entity::find_by_id((user_stream(cursor.user), cursor.seq + 1))
        .one(env.db())
        .await
        .map_err(Fault::from)?;
    match next {
        Some(row) => Ok(vec![(
            cursor.at(row.seq),
            serde_json::from_str(&row.event).map_err(Fault::internal)?,
        )]),
        None => Err(FeedError::Resync),
    }
}

struct Listener {
    env: Env,
    wake: Box<dyn Wake>,
    cursor: Cursor,
    waiting: VecDeque<(Cursor, Event)>,
}

impl Listener {
    async fn next(&mut self) -> Result<(Cursor, Event), FeedError> {
        loop {
            if let Some((cursor, event)) = self.waiting.pop_front() {
                self.cursor = cursor;
                return Ok((cursor, event));
            }
            self.waiting = read_after(&self.env, self.cursor).await?.into();
            if self.waiting.is_empty() {
                let at_most = if self.env.bus().healthy() { IDLE } else { WITHOUT_BUS };
                self.wake.wait(at_most).await;
            }
        }
    }
}

/// What a listener hears: each event with the cursor to go on after it.
pub type Listening = BoxStream<'static, Result<(Cursor, Event), FeedError>>;

/// Everything that concerns `user` after `after` (none: from now), then live, in order. It ends with the first error.
pub async fn listen(env: &Env, user: UserId, after: Option<&str>) -> Result<Listening, FeedError> {
    let wake = env.bus().listen(&[user_stream(user)]).await;
    let cursor = match after {
        Some(text) => Cursor::decode(text, env, user)?,
        None => Cursor::now(env, user).await?,
    };
    let listener = Listener {
        env: env.clone(),
        wake,
        cursor,
        waiting: VecDeque::new(),
    };
    let heard = stream::unfold(Some(listener), |listener| async move {
        let mut listener = listener?;
        match listener.next().await {
            Ok(item) => Some((Ok(item), Some(listener))),
            Err(error) => Some((Err(error), None)),
        }
    });
    Ok(heard.boxed())
}
