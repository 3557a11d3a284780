//! The schema, put together out of its rooms.

use async_graphql::{Context, EmptyMutation, EmptySubscription, Object};

use super::{context::Ask, limits::Limits, nulls::Nulls, scalars::DateTime};
use crate::kernel::Env;

/// The schema.
pub type Schema = async_graphql::Schema<Query, EmptyMutation, EmptySubscription>;

/// What can be read.
#[derive(Default)]
pub struct Query;

/// What can be read.
#[Object]
impl Query {
    /// The server's time, so that countdowns are right on devices whose clock is not.
    async fn now(&self, ctx: &Context<'_>) -> DateTime {
        DateTime(ctx.env().now())
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
    builder().finish().sdl()
}

fn builder() -> async_graphql::SchemaBuilder<Query, EmptyMutation, EmptySubscription> {
    Schema::build(Query, EmptyMutation, EmptySubscription)
        .extension(Limits)
        .extension(Nulls::default())
}
