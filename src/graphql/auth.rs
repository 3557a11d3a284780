//! The first door: a guard and the directive that tells of it, always side by side. The domain decides again.

use async_graphql::{Context, Enum, Guard, Result, TypeDirective};

use super::{context::Ask, errors::Failure};
use crate::kernel::policy;

/// What a field asks of its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "Role")]
pub enum Need {
    /// Signed in, blacklisted or not.
    Member,
    /// Signed in and not blacklisted.
    Trader,
    /// A trader whose real name is verified. Without verification a mutation answers `VERIFICATION_REQUIRED`.
    Verified,
    /// An admin.
    Admin,
}

/// The field asks this of its caller; others get `UNAUTHENTICATED`, `BLACKLISTED` or `FORBIDDEN`.
#[TypeDirective(location = "FieldDefinition")]
pub(crate) fn auth(requires: Need) {}

/// The guard that does what [`auth`] says.
#[derive(Debug, Clone, Copy)]
pub struct Auth(pub Need);

impl Guard for Auth {
    async fn check(&self, ctx: &Context<'_>) -> Result<()> {
        let actor = ctx.actor();
        match self.0 {
            Need::Member => policy::member(actor).map(drop),
            // Whether he is verified is the use-case's to say, with words that tell what to do.
            Need::Trader | Need::Verified => policy::trader(actor).map(drop),
            Need::Admin => policy::admin(actor).map(drop),
        }
        .map_err(|denied| Failure::from(denied).into())
    }
}

/// The guard of fields that are open to strangers: to everybody but the blacklisted, who have their own short list.
#[derive(Debug, Clone, Copy)]
pub struct Open;

impl Guard for Open {
    async fn check(&self, ctx: &Context<'_>) -> Result<()> {
        policy::visitor(ctx.actor()).map_err(|denied| Failure::from(denied).into())
    }
}
