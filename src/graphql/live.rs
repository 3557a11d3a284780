//! Events as they happen. One log for each user; the subscriptions are views of it, and one cursor fits all of them.
//!
//! What an event says is read when it is delivered, with the rights of that moment.

mod start;

use async_graphql::{Context, Object, Result, SimpleObject, Subscription, Union};
use entity::value::UserId;
use futures::{
    Stream, StreamExt,
    stream::{self, BoxStream},
};

pub use start::LiveStart;

use super::{
    auth::{Auth, Need, auth},
    context::Ask,
    errors::{Failure, FieldCode},
    notification::Notice,
    scalars::Cursor,
};
use crate::{
    account::{self, AdmitError},
    kernel::{
        Env, Event,
        event::session_topic,
        feed::{self, FeedError},
        policy::{self, Actor},
    },
    notification,
};

/// What subscriptions answer.
type Live<T> = BoxStream<'static, Result<T>>;

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

/// Queries about live events.
#[derive(Default)]
pub struct LiveQuery;

#[Object]
impl LiveQuery {
    /// Where your live events stood when this request began, before anything else of it was read. Ask for it beside what you show, and subscribe
    /// after it: whatever changes from then on is delivered. It is good for every subscription, for 7 days.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn live_cursor(&self, ctx: &Context<'_>) -> Result<Option<Cursor>> {
        let start = ctx.data_opt::<start::Started>();
        let start = start.ok_or(Failure::Field(FieldCode::Unavailable))?;
        Ok(Some(Cursor(start.0.encode())))
    }
}

/// Events as they happen, over a WebSocket with the `graphql-transport-ws` protocol. Each is delivered at least once and in order: drop those whose
/// cursor you have seen.
#[derive(Default)]
pub struct LiveSubscription;

#[Subscription]
impl LiveSubscription {
    /// What happens to your notices. Fails with `RESYNC_REQUIRED` when the cursor does not lead on: read everything anew, with `liveCursor`.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn notice_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Deliver what happened after this cursor, then go on. Without it: from now on.")] after: Option<Cursor>,
    ) -> Result<Live<NoticeEvent>> {
        let reader = Reader::of(ctx)?;
        let events = feed::listen(&reader.env, reader.user, after.as_ref().map(|after| after.0.as_str())).await;
        Ok(deliver(events.map_err(Failure::from)?, move |cursor, event| {
            let reader = reader.clone();
            async move { reader.notice(cursor, event).await }
        }))
    }
}

/// Somebody who listens.
#[derive(Clone)]
struct Reader {
    env: Env,
    user: UserId,
    actor: Actor,
}

impl Reader {
    fn of(ctx: &Context<'_>) -> Result<Self, Failure> {
        let member = policy::member(ctx.actor())?;
        Ok(Self {
            env: ctx.env().clone(),
            user: member.id(),
            actor: *ctx.actor(),
        })
    }

    /// Goes on if he still has the rights with which he subscribed. If not, his socket is told to look and closes, and nothing more is said on it.
    async fn still_may(&self) -> Result<(), Failure> {
        match (account::recheck(&self.env, &self.actor).await, self.actor) {
            (Ok(Actor::User(now)), Actor::User(then)) if now.role == then.role && now.blacklisted == then.blacklisted => Ok(()),
            (Err(AdmitError::Fault(fault)), _) => Err(fault.into()),
            _ => {
                let topics: Vec<String> = self.actor.session().map(session_topic).into_iter().collect();
                self.env.bus().wake(&topics).await;
                std::future::pending().await
            }
        }
    }

    async fn notice(&self, cursor: feed::Cursor, event: Event) -> Result<Option<NoticeEvent>, Failure> {
        let cursor = Cursor(cursor.encode());
        match event {
            Event::NoticeCreated { notice, .. } => {
                self.still_may().await?;
                let found = notification::find(self.env.db(), self.user, notice).await?;
                let unread_count = self.unread().await?;
                Ok(found.map(|found| {
                    NoticeEvent::Created(NoticeCreated {
                        cursor,
                        notice: Notice(found),
                        unread_count,
                    })
                }))
            }
            Event::NoticesRead { .. } => {
                self.still_may().await?;
                let unread_count = self.unread().await?;
                Ok(Some(NoticeEvent::Read(NoticesRead { cursor, unread_count })))
            }
            _ => Ok(None),
        }
    }

    async fn unread(&self) -> Result<i32, Failure> {
        let unread = notification::unread(self.env.db(), self.user).await?;
        Ok(i32::try_from(unread).unwrap_or(i32::MAX))
    }
}

/// The events that `pick` wants, as it shows them, to the first failure.
fn deliver<T, S, P, F>(events: S, pick: P) -> Live<T>
where
    T: Send + 'static,
    S: Stream<Item = Result<(feed::Cursor, Event), FeedError>> + Send + 'static,
    P: Fn(feed::Cursor, Event) -> F + Send + 'static,
    F: Future<Output = Result<Option<T>, Failure>> + Send,
{
    let open = Some((events.boxed(), pick));
    stream::unfold(open, |open| async move {
        let (mut events, pick) = open?;
        loop {
            let picked = match events.next().await? {
                Ok((cursor, event)) => pick(cursor, event).await,
                Err(error) => Err(error.into()),
            };
            match picked {
                Ok(None) => {}
                Ok(Some(shown)) => return Some((Ok(shown), Some((events, pick)))),
                Err(failure) => return Some((Err(failure.into()), None)),
            }
        }
    })
    .boxed()
}
