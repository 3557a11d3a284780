//! Accounts, as clients see them.

use async_graphql::{Context, Enum, MergedObject, Object, Result};
use entity::kinds;

use super::{
    auth::{Auth, Need, auth},
    context::Ask,
};
use crate::kernel::policy;

pub mod block;
pub mod identity;
pub mod session;
pub mod sign;
pub mod viewer;

pub use viewer::Viewer;

/// A language of the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::Locale")]
pub enum Locale {
    /// English.
    En,
    /// Chinese as written on the mainland.
    ZhCn,
}

/// Queries about accounts.
#[derive(MergedObject, Default)]
pub struct AccountQuery(MeQuery, session::SessionQuery, block::BlockQuery);

/// Mutations of accounts.
#[derive(MergedObject, Default)]
pub struct AccountMutation(
    sign::SignMutation,
    session::SessionMutation,
    identity::IdentityMutation,
    block::BlockMutation,
);

/// The query about oneself.
#[derive(Default)]
pub struct MeQuery;

#[Object]
impl MeQuery {
    /// You, with the rights of this moment.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn me(&self, ctx: &Context<'_>) -> Result<Option<Viewer>> {
        Ok(Some(Viewer::new(policy::member(ctx.actor())?)))
    }
}
