//! Oneself.

use async_graphql::{Context, ID, Object, Result};
use entity::{kinds, user};
use tokio::sync::OnceCell;

use super::{Locale, identity::Identity};
use crate::{
    account,
    graphql::{context::Ask, id, scalars::DateTime},
    kernel::policy::{Member, Right},
};

/// You, as far as this request knows.
pub struct Viewer {
    member: Member,
    /// Read once, when a field asks for it.
    row: OnceCell<user::Model>,
}

impl Viewer {
    /// The caller himself.
    pub const fn new(member: Member) -> Self {
        Self {
            member,
            row: OnceCell::const_new(),
        }
    }

    async fn row(&self, ctx: &Context<'_>) -> Result<&user::Model> {
        let read = || account::profile::own(ctx.env(), self.member);
        Ok(self.row.get_or_try_init(read).await?)
    }
}

/// You, as far as this request knows.
#[Object]
impl Viewer {
    /// Your id.
    async fn id(&self) -> ID {
        id::encode(self.member.id())
    }
    /// Whether you are an administrator.
    async fn admin(&self) -> bool {
        self.member.rights().role == kinds::Role::Admin
    }
    /// Whether your real name is verified.
    async fn verified(&self) -> bool {
        self.member.rights().verified
    }
    /// Whether you are left with deposit, withdrawal and system messages.
    async fn blacklisted(&self) -> bool {
        self.member.rights().blacklisted
    }
    /// Until when your last proof by password or second factor counts as fresh. Null: this session has none.
    async fn proven_until(&self, ctx: &Context<'_>) -> Option<DateTime> {
        account::prove::fresh_until(self.member, ctx.env().now()).map(DateTime)
    }
    /// The name you sign in with. Nobody else sees it.
    async fn username(&self, ctx: &Context<'_>) -> Result<&str> {
        Ok(&self.row(ctx).await?.username)
    }
    /// The name others see.
    async fn nickname(&self, ctx: &Context<'_>) -> Result<&str> {
        Ok(&self.row(ctx).await?.nickname)
    }
    /// Your address. Nobody else sees it.
    async fn email(&self, ctx: &Context<'_>) -> Result<&str> {
        Ok(&self.row(ctx).await?.email)
    }
    /// The language of your notices and mails.
    async fn locale(&self, ctx: &Context<'_>) -> Result<Locale> {
        Ok(self.row(ctx).await?.locale.into())
    }
    /// When you signed up.
    async fn created_at(&self, ctx: &Context<'_>) -> Result<DateTime> {
        Ok(DateTime(self.row(ctx).await?.created_at))
    }
    /// Your real-name verification, without the middle of name and number. Null: you handed none in.
    async fn identity(&self, ctx: &Context<'_>) -> Result<Option<Identity>> {
        let identity = account::identity::own(ctx.env(), self.member).await?;
        Ok(identity.map(Identity::from))
    }
}
