//! Users, as admins see them.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use entity::{kinds, strike, value::UserId, wallet_freeze};

use crate::{
    graphql::{
        account::identity::IdentityState,
        auth::{Auth, Need, auth},
        batch::Batch,
        connection::{Connection, ask, connection},
        context::Ask,
        errors::{Failure, FieldCode, Refusal, UserErrorCode},
        id::{self, Global},
        moderation::report_review::ReportReview,
        record::Strike,
        scalars::{DateTime, Money},
        user::User,
        wallet::freeze::WalletFreeze,
    },
    kernel::policy::{self, Admin},
    moderation::{
        report,
        users::{self as domain, Decided, Filter, OrderCounts, UserCard},
    },
    order, wallet,
};

/// What belongs to each user of a page.
#[derive(Debug)]
struct Files {
    strikes: Batch<UserId, Vec<strike::Model>>,
    freezes: Batch<UserId, Vec<wallet_freeze::Model>>,
    orders: Batch<UserId, OrderCounts>,
    decisions: Batch<UserId, Vec<Decided>>,
}

impl Files {
    fn of(users: &[UserId]) -> Arc<Self> {
        let ids = || users.iter().copied();
        Arc::new(Self {
            strikes: Batch::new(ids()),
            freezes: Batch::new(ids()),
            orders: Batch::new(ids()),
            decisions: Batch::new(ids()),
        })
    }
}

/// A user, as administrators see him.
#[derive(Debug, Clone)]
pub struct StaffUser {
    card: UserCard,
    page: Arc<Files>,
}

/// A user, as administrators see him.
#[Object(serial)]
impl StaffUser {
    /// Who.
    async fn user(&self, ctx: &Context<'_>) -> User {
        User::new(ctx, self.card.face.clone())
    }
    /// The name he signs in with.
    async fn username(&self) -> &str {
        &self.card.username
    }
    /// His mail address.
    async fn email(&self) -> &str {
        &self.card.email
    }
    /// Whether he is an administrator.
    async fn admin(&self) -> bool {
        self.card.role == kinds::Role::Admin
    }
    /// Whether his real name is verified.
    async fn verified(&self) -> bool {
        self.card.verified
    }
    /// Where his real-name verification stands. Null: he handed none in.
    async fn identity(&self) -> Option<IdentityState> {
        self.card.identity.map(Into::into)
    }
    /// Whether he is on the blacklist.
    async fn blacklisted(&self) -> bool {
        self.card.blacklisted
    }
    /// Why he is on the blacklist. Null: he is not.
    async fn blacklist_reason(&self) -> Option<&str> {
        self.card.blacklist_reason.as_deref()
    }
    /// Each decision that put him on the blacklist or took him off, newest first.
    async fn blacklist_decisions(&self, ctx: &Context<'_>) -> Result<Vec<BlacklistDecision>> {
        let admin = policy::admin(ctx.actor())?;
        let load = |ids: Vec<UserId>| async move { domain::decisions(ctx.env(), admin, &ids).await };
        let found = self.page.decisions.get(self.id(), load).await?.unwrap_or_default();
        Ok(found.into_iter().map(|decided| BlacklistDecision::new(ctx, decided)).collect())
    }
    /// When he closed his account. Null: it is open.
    async fn closed_at(&self) -> Option<DateTime> {
        self.card.closed_at.map(DateTime)
    }
    /// What he owes, to users and to the platform.
    async fn owes(&self) -> Money {
        self.card.owes.into()
    }
    /// Why his wallet is frozen, oldest first. Empty: it is not.
    async fn freezes(&self, ctx: &Context<'_>) -> Result<Vec<WalletFreeze>> {
        let admin = policy::admin(ctx.actor())?;
        let load = |ids: Vec<UserId>| async move { wallet::freeze::of_users(ctx.env(), admin, &ids).await };
        let found = self.page.freezes.get(self.id(), load).await?;
        Ok(WalletFreeze::all(&found.unwrap_or_default()))
    }
    /// His strikes that count, oldest first.
    async fn strikes(&self, ctx: &Context<'_>) -> Result<Vec<Strike>> {
        let admin = policy::admin(ctx.actor())?;
        let load = |ids: Vec<UserId>| async move { order::strike::of_users(ctx.env(), admin, &ids).await };
        let found = self.page.strikes.get(self.id(), load).await?.unwrap_or_default();
        Ok(found.into_iter().map(Strike::from).collect())
    }
    /// How many orders he has, and what became of them.
    async fn orders(&self, ctx: &Context<'_>) -> Result<StaffOrderCounts> {
        let admin = policy::admin(ctx.actor())?;
        let load = |ids: Vec<UserId>| async move { domain::orders(ctx.env(), admin, &ids).await };
        let counts = self.page.orders.get(self.id(), load).await?;
        Ok(counts.unwrap_or_default().into())
    }
    /// What was reported about him or something of his, open or decided, whatever was reported first first.
    async fn reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
    ) -> Result<Option<Connection<ReportReview>>> {
        let admin = policy::admin(ctx.actor())?;
        let about = report::list::Filter {
            user: Some(self.id()),
            ..report::list::Filter::default()
        };
        Ok(Some(ReportReview::queue(ctx, admin, &about, first, after.as_deref()).await?))
    }
}

impl StaffUser {
    const fn id(&self) -> UserId {
        self.card.face.id
    }

    fn page(cards: Vec<UserCard>) -> Vec<Self> {
        let ids: Vec<UserId> = cards.iter().map(|card| card.face.id).collect();
        let page = Files::of(&ids);
        let one = |card| Self {
            card,
            page: Arc::clone(&page),
        };
        cards.into_iter().map(one).collect()
    }

    /// A user, or `NOT_FOUND`.
    pub async fn find(ctx: &Context<'_>, admin: Admin, user: UserId) -> Result<Self, Failure> {
        let card = domain::find(ctx.env(), admin, user).await?;
        Self::page(card.into_iter().collect())
            .pop()
            .ok_or(Failure::Field(FieldCode::NotFound))
    }
}

/// A decision that put a user on the blacklist or took him off.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct BlacklistDecision {
    /// Whether it put him on the list; else it took him off.
    pub listed: bool,
    /// The administrator who decided. Null: the operator did.
    pub by: Option<User>,
    /// Why.
    pub reason: String,
    /// When.
    pub at: DateTime,
}

impl BlacklistDecision {
    fn new(ctx: &Context<'_>, decided: Decided) -> Self {
        Self {
            listed: decided.listed,
            by: decided.by.map(|by| User::new(ctx, by)),
            reason: decided.reason,
            at: DateTime(decided.at),
        }
    }
}

/// How many orders a user has, and what became of them.
#[derive(Debug, Clone, Copy, SimpleObject)]
#[graphql(serial)]
pub struct StaffOrderCounts {
    /// That run, on either side.
    pub running: i32,
    /// That he bought and that completed.
    pub bought: i32,
    /// That he sold and that completed.
    pub sold: i32,
    /// That he bought and that were cancelled or left unpaid.
    pub bought_cancelled: i32,
    /// That he sold and that were cancelled or left unpaid.
    pub sold_cancelled: i32,
    /// That he sold and that were refunded or divided.
    pub sold_returned: i32,
}

impl From<OrderCounts> for StaffOrderCounts {
    fn from(counts: OrderCounts) -> Self {
        let number = |count: i64| i32::try_from(count).unwrap_or(i32::MAX);
        Self {
            running: number(counts.running),
            bought: number(counts.bought),
            sold: number(counts.sold),
            bought_cancelled: number(counts.bought_cancelled),
            sold_cancelled: number(counts.sold_cancelled),
            sold_returned: number(counts.sold_returned),
        }
    }
}

/// Which users to show. Each part narrows further.
#[derive(InputObject, Default)]
pub struct StaffUserFilterInput {
    /// The beginning of a username, nickname or mail address, of 1 to 100 characters; or a whole id.
    pub search: Option<String>,
    /// Who is on the blacklist, or who is not.
    pub blacklisted: Option<bool>,
    /// Whose wallet is frozen, or whose is not.
    pub frozen: Option<bool>,
    /// Who is an administrator, or who is not.
    pub admin: Option<bool>,
}

impl StaffUserFilterInput {
    fn parse(self) -> Result<Filter, Failure> {
        let mut filter = Filter {
            blacklisted: self.blacklisted,
            frozen: self.frozen,
            admin: self.admin,
            ..Filter::default()
        };
        if let Some(search) = self.search {
            match id::open(&ID::from(search.trim())) {
                Some((UserId::TAG, bare)) => filter.id = Some(UserId(bare)),
                _ => filter.words = Some(domain::parse_words(&search).map_err(|_| bad_search())?),
            }
        }
        Ok(filter)
    }
}

fn bad_search() -> Failure {
    Failure::Request(
        Refusal::new(UserErrorCode::InvalidInput, "error-user-search")
            .at(&["filter", "search"])
            .with("max", domain::WORDS),
    )
}

/// Queries about users, for administrators.
#[derive(Default)]
pub struct StaffUserQuery;

#[Object]
impl StaffUserQuery {
    /// Users, whoever signed up last first.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn users(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which; without it, all.")] filter: Option<StaffUserFilterInput>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
    ) -> Result<Option<Connection<StaffUser>>> {
        let admin = policy::admin(ctx.actor())?;
        let filter = filter.unwrap_or_default().parse()?;
        let page = domain::list(ctx.env(), admin, &filter, &ask(first, after.as_deref())?).await?;
        let ids: Vec<UserId> = page.rows.iter().map(|card| card.face.id).collect();
        let files = Files::of(&ids);
        let node = |card| StaffUser {
            card,
            page: Arc::clone(&files),
        };
        Ok(Some(connection(page, after.is_some(), UserCard::place, node)))
    }

    /// One user.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn staff_user(&self, ctx: &Context<'_>, #[graphql(desc = "Who.")] user_id: ID) -> Result<Option<StaffUser>> {
        let admin = policy::admin(ctx.actor())?;
        Ok(Some(StaffUser::find(ctx, admin, id::decode(&user_id)?).await?))
    }
}
