//! Events as they happen. One log for each user; the subscriptions are views of it, and one cursor fits all of them.
//!
//! What an event says is read when it is delivered, with the rights of that moment.

use async_graphql::{Context, Object, Result, Subscription};
use futures::stream::{self, BoxStream, StreamExt};

pub(super) use start::begin;

use super::{
    auth::{Auth, Need, auth},
    context::Ask,
    errors::{Failure, FieldCode},
    scalars::Cursor,
};
use crate::{
    account::{self, AdmitError},
    kernel::{
        Env, Event,
        event::session_topic,
        feed::{self, Listening, Stream},
        policy::{self, Actor, Right, Rights},
    },
};

mod chat;
mod notices;
mod orders;
mod staff;
mod start;

use chat::ChatEvent;
use notices::NoticeEvent;
use orders::OrderEvent;
use staff::StaffEvent;

/// What subscriptions answer.
type Live<T> = BoxStream<'static, Result<T>>;

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
        Ok(Some(start.0.into()))
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
        let heard = reader.listen(&[Stream::Own, Stream::All], after).await?;
        Ok(deliver(heard, move |cursor, event| {
            let reader = reader.clone();
            async move { notices::pick(&reader, cursor, event).await }
        }))
    }

    /// What happens in your conversations. Fails with `RESYNC_REQUIRED` when the cursor does not lead on: read everything anew, with `liveCursor`.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn chat_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Deliver what happened after this cursor, then go on. Without it: from now on.")] after: Option<Cursor>,
    ) -> Result<Live<ChatEvent>> {
        let reader = Reader::of(ctx)?;
        let typing = chat::typing(&reader).await;
        let heard = reader.listen(&[Stream::Own], after).await?;
        let written = deliver(heard, move |cursor, event| {
            let reader = reader.clone();
            async move { chat::pick(&reader, cursor, event).await }
        });
        // When the log ends, the whole does; who is typing is worth nothing by itself.
        Ok(until_first_ends(written, typing))
    }

    /// What happens to your orders, your offers and the cases about them, as buyer and as seller. Fails with `RESYNC_REQUIRED` when the cursor does not lead on: read everything anew, with
    /// `liveCursor`.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn order_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Deliver what happened after this cursor, then go on. Without it: from now on.")] after: Option<Cursor>,
    ) -> Result<Live<OrderEvent>> {
        let reader = Reader::of(ctx)?;
        let heard = reader.listen(&[Stream::Own], after).await?;
        Ok(deliver(heard, move |cursor, event| {
            let reader = reader.clone();
            async move { orders::pick(&reader, cursor, event).await }
        }))
    }

    /// What happens to what administrators look after. Ends when you are none any more. Fails with `RESYNC_REQUIRED` when the cursor does not
    /// lead on, or was made before you became one: read everything anew, with `liveCursor`.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn staff_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Deliver what happened after this cursor, then go on. Without it: from now on.")] after: Option<Cursor>,
    ) -> Result<Live<StaffEvent>> {
        let reader = Reader::of(ctx)?;
        let heard = reader.listen(&[Stream::Staff], after).await?;
        Ok(deliver(heard, move |cursor, event| {
            let reader = reader.clone();
            async move { staff::pick(&reader, cursor, event).await }
        }))
    }
}

impl From<feed::Cursor> for Cursor {
    fn from(cursor: feed::Cursor) -> Self {
        Self(cursor.encode())
    }
}

/// Somebody who listens.
#[derive(Clone)]
struct Reader {
    env: Env,
    user: entity::value::UserId,
    rights: Rights,
    actor: Actor,
}

impl Reader {
    fn of(ctx: &Context<'_>) -> Result<Self, Failure> {
        let member = policy::member(ctx.actor())?;
        Ok(Self {
            env: ctx.env().clone(),
            user: member.id(),
            rights: *member.rights(),
            actor: *ctx.actor(),
        })
    }

    async fn listen(&self, streams: &'static [Stream], after: Option<Cursor>) -> Result<Listening, Failure> {
        // In a place of its own: the future of a subscription's field keeps room for it as long as the subscription lasts.
        Ok(Box::pin(feed::listen(
            &self.env,
            &self.rights,
            streams,
            after.as_ref().map(|after| after.0.as_str()),
        ))
        .await?)
    }

    /// Goes on, with his rights of now, if they are still those with which he subscribed. If not, his socket is told to look and closes, and
    /// nothing more is said on it.
    async fn still_may(&self) -> Result<Actor, Failure> {
        match (account::recheck(&self.env, &self.actor).await, self.actor) {
            (Ok(actor @ Actor::User(now)), Actor::User(then)) if now.role == then.role && now.blacklisted == then.blacklisted => Ok(actor),
            (Err(AdmitError::Fault(fault)), _) => Err(fault.into()),
            _ => {
                let topics: Vec<String> = self.actor.session().map(session_topic).into_iter().collect();
                self.env.bus().wake(&topics).await;
                std::future::pending().await
            }
        }
    }
}

/// The events that `pick` wants, as it shows them, to the first failure.
fn deliver<T, P, F>(heard: Listening, pick: P) -> Live<T>
where
    T: Send + 'static,
    P: Fn(feed::Cursor, Event) -> F + Send + 'static,
    F: Future<Output = Result<Option<T>, Failure>> + Send,
{
    stream::unfold(Some((heard, pick)), |open| async move {
        let (mut heard, pick) = open?;
        loop {
            let picked = match heard.next().await? {
                // In a place of its own, since a listener mostly waits.
                Ok((cursor, event)) => Box::pin(pick(cursor, event)).await,
                Err(error) => Err(error.into()),
            };
            match picked {
                Ok(None) => {}
                Ok(Some(shown)) => return Some((Ok(shown), Some((heard, pick)))),
                Err(failure) => return Some((Err(failure.into()), None)),
            }
        }
    })
    .boxed()
}

/// Both streams as one, which ends with the first.
fn until_first_ends<T: Send + 'static>(first: Live<T>, second: Live<T>) -> Live<T> {
    let first = first.map(Some).chain(stream::iter([None]));
    let both = stream::select(first, second.map(Some));
    both.take_while(|item| std::future::ready(item.is_some()))
        .filter_map(std::future::ready)
        .boxed()
}
