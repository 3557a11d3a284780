//! The event log as a listener sees it: everything after a cursor, then live, without a hole.

use std::{collections::VecDeque, time::Duration};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::{event, event_head, kinds::Role, value::UserId};
use futures::stream::{self, BoxStream, StreamExt};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    Env, Event, Fault,
    event::{ALL_STREAM, STAFF_STREAM, user_stream},
    policy::Rights,
    port::Wake,
};

/// How many events are read from the log at once.
const BATCH: u64 = 200;
/// How long a listener sleeps at most before it looks by itself: when the bus works, and when it does not.
const IDLE: Duration = Duration::from_secs(20);
const WITHOUT_BUS: Duration = Duration::from_secs(1);

/// A log that somebody may hear. Each has numbers of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// What concerns the listener himself.
    Own,
    /// What concerns everybody.
    All,
    /// What concerns those who look after the place. Whether he is one of them is for whoever listens to say, at each event.
    Staff,
}

impl Stream {
    /// Its name in the log, for this listener.
    fn name(self, user: UserId) -> String {
        match self {
            Self::Own => user_stream(user),
            Self::All => ALL_STREAM.to_owned(),
            Self::Staff => STAFF_STREAM.to_owned(),
        }
    }
}

/// A place in what a user may hear: a number for each log. Opaque to clients, worthless to other users and in another epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    epoch: u64,
    user: UserId,
    own: i64,
    all: i64,
    /// None: when it was made, its owner was no admin.
    staff: Option<i64>,
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

/// The bytes of a cursor: epoch, user, and a number for each log.
const BYTES: usize = 24;
/// A cursor of the time before there were shared logs. Whatever is in those came after it.
const WITH_OWN: usize = BYTES + 8;
const WITH_ALL: usize = WITH_OWN + 8;
const WITH_STAFF: usize = WITH_ALL + 8;

impl Cursor {
    /// The cursor's text.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut bytes = Vec::with_capacity(WITH_STAFF);
        bytes.extend(self.epoch.to_be_bytes());
        bytes.extend(self.user.0.as_bytes());
        for seq in [Some(self.own), Some(self.all), self.staff].into_iter().flatten() {
            bytes.extend(seq.to_be_bytes());
        }
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a cursor's text; it must have been made for `user` in this epoch.
    pub fn decode(text: &str, env: &Env, user: UserId) -> Result<Self, FeedError> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| FeedError::Resync)?;
        if ![WITH_OWN, WITH_ALL, WITH_STAFF].contains(&bytes.len()) {
            return Err(FeedError::Resync);
        }
        let number = |at: usize| Some(u64::from_be_bytes(bytes.get(at..at + 8)?.try_into().ok()?));
        let seq = |at: usize| number(at).map(|seq| i64::try_from(seq).map_err(|_| FeedError::Resync)).transpose();
        if number(0) != Some(env.epoch()) || bytes[8..BYTES] != *user.0.as_bytes() {
            return Err(FeedError::Resync);
        }
        Ok(Self {
            epoch: env.epoch(),
            user,
            own: seq(BYTES)?.unwrap_or_default(),
            all: seq(WITH_OWN)?.unwrap_or_default(),
            staff: seq(WITH_ALL)?,
        })
    }

    /// Where the logs stand now. Take it before reading a snapshot, so that what changes meanwhile is heard again rather than missed.
    pub async fn now(env: &Env, listener: &Rights) -> Result<Self, Fault> {
        let user = listener.user;
        let heads = event_head::Entity::find().filter(event_head::Column::Stream.is_in([
            Stream::Own.name(user),
            Stream::All.name(user),
            Stream::Staff.name(user),
        ]));
        let heads = heads.all(env.db()).await?;
        let head = |stream: Stream| {
            let head = heads.iter().find(|head| head.stream == stream.name(user));
            head.map_or(0, |head| head.seq)
        };
        Ok(Self {
            epoch: env.epoch(),
            user,
            own: head(Stream::Own),
            all: head(Stream::All),
            staff: (listener.role == Role::Admin).then(|| head(Stream::Staff)),
        })
    }

    /// Where it stands in a log. A cursor of somebody who was no admin stands nowhere in the staff's.
    fn of(&self, stream: Stream) -> Result<i64, FeedError> {
        match stream {
            Stream::Own => Ok(self.own),
            Stream::All => Ok(self.all),
            Stream::Staff => self.staff.ok_or(FeedError::Resync),
        }
    }

    const fn at(mut self, stream: Stream, seq: i64) -> Self {
        match stream {
            Stream::Own => self.own = seq,
            Stream::All => self.all = seq,
            Stream::Staff => self.staff = Some(seq),
        }
        self
    }
}

async fn head(env: &Env, stream: &str) -> Result<i64, Fault> {
    let head = event_head::Entity::find_by_id(stream).one(env.db()).await?;
    Ok(head.map_or(0, |head| head.seq))
}

/// What is in some logs after a cursor, at most `BATCH` of each.
async fn read_after(env: &Env, cursor: Cursor, streams: &[Stream]) -> Result<Vec<(Cursor, Event)>, FeedError> {
    let mut logs = Vec::with_capacity(streams.len());
    for stream in streams {
        let rows = read_one(env, &stream.name(cursor.user), cursor.of(*stream)?).await?;
        logs.push((*stream, VecDeque::from(rows)));
    }
    let mut at = cursor;
    let mut events = Vec::new();
    while let Some((stream, row)) = take_oldest(&mut logs) {
        at = at.at(stream, row.seq);
        events.push((at, serde_json::from_str(&row.event).map_err(Fault::internal)?));
    }
    Ok(events)
}

/// The next row of these logs: of those that are first in theirs, the oldest. So each log keeps the order of its numbers, which is not always that
/// of the times at which transactions began.
fn take_oldest(logs: &mut [(Stream, VecDeque<event::Model>)]) -> Option<(Stream, event::Model)> {
    let firsts = logs.iter_mut().filter(|(_, rows)| !rows.is_empty());
    let (stream, rows) = firsts.min_by_key(|(_, rows)| rows.front().map(|row| row.at))?;
    Some((*stream, rows.pop_front()?))
}

/// What is in one log after a number, oldest first. Dense numbers show a hole, and a hole is said, not skipped.
async fn read_one(env: &Env, stream: &str, after: i64) -> Result<Vec<event::Model>, FeedError> {
    let rows = event::Entity::find()
        .filter(event::Column::Stream.eq(stream))
        .filter(event::Column::Seq.gt(after))
        .order_by_asc(event::Column::Seq)
        .limit(BATCH)
        .all(env.db())
        .await
        .map_err(Fault::from)?;
    if (after + 1..).zip(&rows).any(|(expected, row)| row.seq != expected) {
        return Err(FeedError::Resync);
    }
    if rows.is_empty() && head(env, stream).await? != after {
        return recheck(env, stream, after).await;
    }
    Ok(rows)
}

/// Nothing was there, yet the head is elsewhere: either an event came in between, or the cursor is from the future or too old.
async fn recheck(env: &Env, stream: &str, after: i64) -> Result<Vec<event::Model>, FeedError> {
    let next = event::Entity::find_by_id((stream.to_owned(), after + 1))
        .one(env.db())
        .await
        .map_err(Fault::from)?;
    Ok(vec![next.ok_or(FeedError::Resync)?])
}

struct Listener {
    env: Env,
    wake: Box<dyn Wake>,
    cursor: Cursor,
    streams: &'static [Stream],
    waiting: VecDeque<(Cursor, Event)>,
}

impl Listener {
    async fn next(&mut self) -> Result<(Cursor, Event), FeedError> {
        loop {
            if let Some((cursor, event)) = self.waiting.pop_front() {
                self.cursor = cursor;
                return Ok((cursor, event));
            }
            // In a place of its own, since a listener mostly waits.
            self.waiting = Box::pin(read_after(&self.env, self.cursor, self.streams)).await?.into();
            if self.waiting.is_empty() {
                let at_most = if self.env.bus().healthy() { IDLE } else { WITHOUT_BUS };
                self.wake.wait(at_most).await;
            }
        }
    }
}

/// What a listener hears: each event with the cursor to go on after it.
pub type Listening = BoxStream<'static, Result<(Cursor, Event), FeedError>>;

/// Everything in some logs after `after` (none: from now), then live, each log in its order. It ends with the first error.
pub async fn listen(env: &Env, listener: &Rights, streams: &'static [Stream], after: Option<&str>) -> Result<Listening, FeedError> {
    let names: Vec<String> = streams.iter().map(|stream| stream.name(listener.user)).collect();
    let wake = env.bus().listen(&names).await;
    let cursor = match after {
        Some(text) => Cursor::decode(text, env, listener.user)?,
        None => Cursor::now(env, listener).await?,
    };
    let listener = Listener {
        env: env.clone(),
        wake,
        cursor,
        streams,
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

#[cfg(test)]
mod tests {
    use entity::value::Time;

    use super::*;

    fn log(stream: Stream, rows: &[(i64, i64)]) -> (Stream, VecDeque<event::Model>) {
        let row = |(seq, at): &(i64, i64)| event::Model {
            stream: String::new(),
            seq: *seq,
            event: String::new(),
            at: Time(*at),
        };
        (stream, rows.iter().map(row).collect())
    }

    #[test]
    fn logs_are_told_together_by_their_times_and_each_in_its_own_order() {
        // The second of his own was begun before the first and committed after it.
        let mut logs = [
            log(Stream::Own, &[(1, 30), (2, 10), (3, 40)]),
            log(Stream::All, &[(7, 20), (8, 35)]),
        ];
        let told: Vec<_> = std::iter::from_fn(|| take_oldest(&mut logs))
            .map(|(stream, row)| (stream, row.seq))
            .collect();
        assert_eq!(
            told,
            [
                (Stream::All, 7),
                (Stream::Own, 1),
                (Stream::Own, 2),
                (Stream::All, 8),
                (Stream::Own, 3)
            ]
        );
    }
}
