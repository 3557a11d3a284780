//! Accounts, as clients see them.

use async_graphql::{Context, Enum, MergedObject, Object, Result};
use entity::kinds;

use super::{
    auth::{Auth, Need, auth},
    context::Ask,
};
use crate::kernel::policy;

pub mod block;
pub mod email;
pub mod identity;
pub mod identity_review;
pub mod leaving;
pub mod password;
pub mod profile;
pub mod second_factor;
pub mod session;
pub mod sign;
pub mod sign_up;
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
pub struct AccountQuery(
    MeQuery,
    session::SessionQuery,
    block::BlockQuery,
    identity_review::IdentityReviewQuery,
);

/// Mutations of accounts.
#[derive(MergedObject, Default)]
pub struct AccountMutation(
    sign_up::SignUpMutation,
    sign::SignMutation,
    session::SessionMutation,
    password::PasswordMutation,
    email::EmailMutation,
    second_factor::SecondFactorMutation,
    profile::ProfileMutation,
    identity::IdentityMutation,
    identity_review::IdentityReviewMutation,
    block::BlockMutation,
    leaving::LeavingMutation,
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
