//! What the platform announces to everybody, as admins see it. Its readers find it among their notices.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::value::AnnouncementId;

use super::{
    auth::{Auth, Need, auth},
    connection::{Connection, ask, connection},
    context::Ask,
    errors::{Failure, FieldCode, payload},
    id,
    scalars::{DateTime, Uuid},
    user::User,
};
use crate::{
    kernel::policy,
    notification::announcement::{self as domain, Announce, Card},
    payload_type,
};

/// An announcement to everybody.
#[derive(Debug, Clone)]
pub struct Announcement(Card);

/// An announcement to everybody.
#[Object(serial)]
impl Announcement {
    /// Its id.
    pub async fn id(&self) -> ID {
        id::encode(self.0.announcement.id)
    }
    /// Its heading in English.
    async fn title_en(&self) -> &str {
        &self.0.announcement.title_en
    }
    /// What it says in English: plain text.
    async fn text_en(&self) -> &str {
        &self.0.announcement.text_en
    }
    /// Its heading in Chinese.
    async fn title_zh(&self) -> &str {
        &self.0.announcement.title_zh
    }
    /// What it says in Chinese: plain text.
    async fn text_zh(&self) -> &str {
        &self.0.announcement.text_zh
    }
    /// The admin who made it.
    async fn created_by(&self, ctx: &Context<'_>) -> User {
        User::new(ctx, self.0.author.clone())
    }
    /// When. Whoever signed up later does not see it.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.announcement.created_at)
    }
    /// The admin who took it back. Null: nobody did.
    async fn retracted_by(&self, ctx: &Context<'_>) -> Option<User> {
        self.0.retracted_by.clone().map(|admin| User::new(ctx, admin))
    }
    /// When it was taken back; nobody sees it since.
    async fn retracted_at(&self) -> Option<DateTime> {
        self.0.announcement.retracted_at.map(DateTime)
    }
}

impl Announcement {
    /// An announcement, for an admin; to others there is none.
    pub async fn find(ctx: &Context<'_>, id: AnnouncementId) -> Result<Self, Failure> {
        let Ok(admin) = policy::admin(ctx.actor()) else {
            return Err(Failure::Field(FieldCode::NotFound));
        };
        let found = domain::find(ctx.env(), admin, id).await?;
        found.map(Self).ok_or(Failure::Field(FieldCode::NotFound))
    }
}

/// What to announce, in both languages: plain text.
#[derive(InputObject)]
pub struct AnnouncementCreateInput {
    /// The heading in English, 2 to 60 characters.
    pub title_en: String,
    /// What it says in English, 2 to 2,000 characters.
    pub text_en: String,
    /// The heading in Chinese, 2 to 60 characters.
    pub title_zh: String,
    /// What it says in Chinese, 2 to 2,000 characters.
    pub text_zh: String,
    /// Made by you for this one announcement: sending it again answers the same.
    pub idempotency_key: Uuid,
}

/// An announcement to be taken back.
#[derive(InputObject)]
pub struct AnnouncementRetractInput {
    /// Which.
    pub id: ID,
}

payload_type! {
    /// What `announcementCreate` answers.
    AnnouncementCreatePayload {
        /// The announcement.
        announcement: Announcement
    }
}
payload_type! {
    /// What `announcementRetract` answers.
    AnnouncementRetractPayload {
        /// The announcement, now taken back.
        announcement: Announcement
    }
}

/// Queries about announcements.
#[derive(Default)]
pub struct AnnouncementQuery;

#[Object]
impl AnnouncementQuery {
    /// What was announced to everybody, newest first, with what was taken back.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn announcements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
    ) -> Result<Option<Connection<Announcement>>> {
        let admin = policy::admin(ctx.actor())?;
        let page = domain::list(ctx.env(), admin, &ask(first, after.as_deref())?).await?;
        Ok(Some(connection(page, after.is_some(), Card::place, Announcement)))
    }
}

/// Mutations of announcements.
#[derive(Default)]
pub struct AnnouncementMutation;

#[Object]
impl AnnouncementMutation {
    /// Announces something to everybody who is here, the blacklisted included: it is among their notices for a year. All admins together may
    /// make 50 in 24 hours. It is not mailed.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn announcement_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to announce.")] input: AnnouncementCreateInput,
    ) -> Result<Option<AnnouncementCreatePayload>> {
        payload(ctx, create(ctx, input).await)
    }

    /// Takes an announcement back, yours or another admin's: nobody sees it any more.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn announcement_retract(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which announcement.")] input: AnnouncementRetractInput,
    ) -> Result<Option<AnnouncementRetractPayload>> {
        payload(ctx, retract(ctx, &input.id).await)
    }
}

async fn create(ctx: &Context<'_>, input: AnnouncementCreateInput) -> Result<Announcement, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let announce = Announce {
        title_en: input.title_en,
        text_en: input.text_en,
        title_zh: input.title_zh,
        text_zh: input.text_zh,
        key: input.idempotency_key.0,
    };
    Ok(Announcement(domain::announce(ctx.env(), admin, &announce).await?))
}

async fn retract(ctx: &Context<'_>, id: &ID) -> Result<Announcement, Failure> {
    let admin = policy::admin(ctx.actor())?;
    Ok(Announcement(domain::retract(ctx.env(), admin, id::decode(id)?).await?))
}
