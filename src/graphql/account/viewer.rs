//! Oneself.

use async_graphql::{Context, ID, Object, Result};
use entity::{kinds, standing, user};
use tokio::sync::OnceCell;

use super::{Locale, identity::Identity, leaving::ClosingObstacle, second_factor::SecondFactor};
use crate::{
    account, closing,
    graphql::{
        auth::{Auth, Need, auth},
        case::{Case, CaseFilterInput},
        connection::Connection,
        context::Ask,
        id,
        moderation::report::Report,
        scalars::DateTime,
        user::User,
    },
    kernel::{
        Fault,
        policy::{Member, Right},
    },
};

/// You, as far as this request knows.
pub struct Viewer {
    member: Member,
    /// Read once, when a field asks for it.
    row: OnceCell<user::Model>,
    /// Read once, when a field asks for it.
    standing: OnceCell<standing::Model>,
}

impl Viewer {
    /// The caller himself.
    pub const fn new(member: Member) -> Self {
        Self {
            member,
            row: OnceCell::const_new(),
            standing: OnceCell::const_new(),
        }
    }

    async fn row(&self, ctx: &Context<'_>) -> Result<&user::Model> {
        let read = || account::profile::own(ctx.env(), self.member);
        Ok(self.row.get_or_try_init(read).await?)
    }

    async fn standing(&self, ctx: &Context<'_>) -> Result<&standing::Model> {
        let read = || account::profile::standing(ctx.env(), self.member);
        Ok(self.standing.get_or_try_init(read).await?)
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
    /// You, as others see you; but a banned user still sees himself.
    async fn user(&self, ctx: &Context<'_>) -> Result<User> {
        let user = account::face::read(ctx.env().db(), self.member.id()).await?;
        let user = user.ok_or_else(|| Fault::internal("a member has no face"))?;
        Ok(User::new(ctx, user))
    }
    /// Why you are blacklisted; null if you are not.
    async fn blacklist_reason(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        Ok(self.standing(ctx).await?.blacklist_reason.as_deref())
    }
    /// Whether you would be an administrator if you had a second factor.
    async fn admin_needs_second_factor(&self, ctx: &Context<'_>) -> Result<bool> {
        let role = self.standing(ctx).await?.role;
        Ok(role == kinds::Role::Admin && self.member.rights().role != kinds::Role::Admin)
    }
    /// How it stands with your second factor.
    async fn second_factor(&self, ctx: &Context<'_>) -> Result<SecondFactor> {
        let status = account::set_second_factor::status(ctx.env(), self.member).await?;
        Ok(status.into())
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
    /// What you say of yourself; may be empty.
    async fn bio(&self, ctx: &Context<'_>) -> Result<&str> {
        Ok(&self.row(ctx).await?.bio)
    }
    /// Where your picture is, at most 480 pixels along an edge; relative to this server. Null: you have none.
    async fn avatar_url(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.user(ctx).await?.avatar_url)
    }
    /// Your address. Nobody else sees it.
    async fn email(&self, ctx: &Context<'_>) -> Result<&str> {
        Ok(&self.row(ctx).await?.email)
    }
    /// The language of your notices and mails.
    async fn locale(&self, ctx: &Context<'_>) -> Result<Locale> {
        Ok(self.row(ctx).await?.locale.into())
    }
    /// Whether your important notices come by mail as well. What concerns your account's safety is always mailed.
    async fn mail_notices(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.row(ctx).await?.mail_notices)
    }
    /// When you signed up.
    async fn created_at(&self, ctx: &Context<'_>) -> Result<DateTime> {
        Ok(DateTime(self.row(ctx).await?.created_at))
    }
    /// What keeps you from closing your account at this moment.
    async fn closing_obstacles(&self, ctx: &Context<'_>) -> Result<Vec<ClosingObstacle>> {
        let obstacles = closing::obstacles(ctx.env(), self.member).await?;
        Ok(obstacles.into_iter().map(ClosingObstacle::from).collect())
    }
    /// What you have reported, newest first, and what came of it.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
    ) -> Result<Option<Connection<Report>>> {
        Ok(Some(Report::own(ctx, first, after.as_deref()).await?))
    }
    /// The cases about orders of yours, as buyer and as seller, newest first.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn cases(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
        #[graphql(desc = "Which of them; all unless said.")] filter: Option<CaseFilterInput>,
    ) -> Result<Option<Connection<Case>>> {
        Ok(Some(Case::own(ctx, first, after, filter).await?))
    }
    /// Your real-name verification, without the middle of name and number. Null: you handed none in.
    async fn identity(&self, ctx: &Context<'_>) -> Result<Option<Identity>> {
        let identity = account::identity::own(ctx.env(), self.member).await?;
        Ok(identity.map(Identity::from))
    }
}
