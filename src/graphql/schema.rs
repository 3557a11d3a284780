//! The schema, put together out of its rooms.

use async_graphql::{Context, EmptySubscription, MergedObject, Object, SDLExportOptions};

use super::{
    account::{AccountMutation, AccountQuery},
    chat::{ChatMutation, ChatQuery},
    context::Ask,
    limits::Limits,
    market::{MarketMutation, MarketQuery},
    media::MediaMutation,
    moderation::ModerationMutation,
    nulls::Nulls,
    scalars::DateTime,
};
use crate::kernel::Env;

/// The schema.
pub type Schema = async_graphql::Schema<Query, Mutation, EmptySubscription>;

/// What can be read.
#[derive(MergedObject, Default)]
pub struct Query(ClockQuery, AccountQuery, MarketQuery, ChatQuery);

/// What can be done.
#[derive(MergedObject, Default)]
pub struct Mutation(AccountMutation, MediaMutation, MarketMutation, ModerationMutation, ChatMutation);

/// Queries about time.
#[derive(Default)]
pub struct ClockQuery;

#[Object]
impl ClockQuery {
    /// The server's time, so that countdowns are right on devices whose clock is not.
    async fn now(&self, ctx: &Context<'_>) -> Option<DateTime> {
        Some(DateTime(ctx.env().now()))
    }
}

/// The schema over these handles.
#[must_use]
pub fn build(env: Env) -> Schema {
    builder().data(env).finish()
}

/// The schema in GraphQL's schema language.
#[must_use]
pub fn sdl() -> String {
    builder().finish().sdl_with_options(SDLExportOptions::new().include_specified_by())
}

fn builder() -> async_graphql::SchemaBuilder<Query, Mutation, EmptySubscription> {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription)
        .extension(Limits)
        .extension(Nulls::default())
}
