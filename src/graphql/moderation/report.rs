//! Reports, as those who make them see them.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use entity::{
    kinds,
    value::{ComplaintId, ImageId},
};

use crate::{
    graphql::{
        auth::{Auth, Need, auth},
        chat::{ChatLine, Message},
        connection::{Connection, ask, connection},
        context::Ask,
        errors::{Failure, FieldCode, Refusal, UserErrorCode, payload},
        id,
        market::Listing,
        media::Image,
        scalars::{DateTime, Uuid},
        user::User,
    },
    kernel::policy,
    moderation::report::{self as domain, NewReport, Subject, own::Own},
    payload_type,
};

/// What kind of thing is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::ReportSubject")]
pub enum ReportSubject {
    /// A user.
    User,
    /// A listing.
    Listing,
    /// A chat message.
    Message,
}

/// What is the matter with something that you report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum ReportReason {
    /// A fraud, or an account that is not the seller's.
    Fraud,
    /// What is offered is not as it is described.
    Misleading,
    /// Trading outside the platform.
    Outside,
    /// Insults or threats.
    Abuse,
    /// Something that is forbidden to show or to sell.
    Forbidden,
    /// Somebody poses as the platform or as somebody else.
    Impersonation,
    /// The same again and again, or advertising.
    Spam,
    /// Something else.
    Other,
}

impl From<ReportReason> for kinds::ReportCause {
    fn from(reason: ReportReason) -> Self {
        match reason {
            ReportReason::Fraud => Self::Fraud,
            ReportReason::Misleading => Self::Misleading,
            ReportReason::Outside => Self::Outside,
            ReportReason::Abuse => Self::Abuse,
            ReportReason::Forbidden => Self::Forbidden,
            ReportReason::Impersonation => Self::Impersonation,
            ReportReason::Spam => Self::Spam,
            ReportReason::Other => Self::Other,
        }
    }
}

/// What is the matter with something that is reported, by users or by the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::ReportCause")]
pub enum ReportCause {
    /// A fraud, or an account that is not the seller's.
    Fraud,
    /// What is offered is not as it is described.
    Misleading,
    /// Trading outside the platform.
    Outside,
    /// Insults or threats.
    Abuse,
    /// Something that is forbidden to show or to sell.
    Forbidden,
    /// Somebody poses as the platform or as somebody else.
    Impersonation,
    /// The same again and again, or advertising.
    Spam,
    /// Something else.
    Other,
    /// The platform saw five messages with contacts outside in 7 days.
    ChatFlags,
    /// The platform saw a listed word in a message.
    ListedWord,
    /// The platform gave three strikes to a seller, or six to a buyer, in 30 days.
    Strikes,
    /// The bank took back a deposit that was spent.
    ReversedDeposit,
    /// Money came in and went out again within 24 hours.
    PassedThrough,
    /// The same account was delivered in another order, which still holds.
    SoldTwice,
    /// Too many claims of recovery were rejected.
    RejectedClaims,
}

/// What came of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::ReportOutcome")]
pub enum ReportOutcome {
    /// Nothing.
    Dismissed,
    /// Whom it is about was warned.
    Warned,
    /// The listing or the message was taken away.
    ContentRemoved,
    /// Whom it is about was banned.
    Blacklisted,
}

/// Something that you reported. Nobody but you and the administrators knows that you did.
#[derive(Debug, Clone)]
pub struct Report(Own);

/// Something that you reported. Nobody but you and the administrators knows that you did.
#[Object(serial)]
impl Report {
    /// Its id.
    pub async fn id(&self) -> ID {
        id::encode(self.0.said.complaint.id)
    }
    /// What kind of thing you reported.
    async fn subject_kind(&self) -> ReportSubject {
        self.0.report.subject_kind.into()
    }
    /// The user you reported, or whose listing or message it is.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        let face = crate::account::face::read(ctx.env().db(), self.0.report.user_id).await?;
        Ok(face.map(|face| User::new(ctx, face)))
    }
    /// The listing you reported. Null: it was no listing, or you can no longer see it.
    async fn listing(&self, ctx: &Context<'_>) -> Result<Option<Listing>> {
        match self.subject() {
            Subject::Listing(listing) => Ok(shown(Listing::find(ctx, listing).await)?),
            Subject::User(_) | Subject::Message(_) => Ok(None),
        }
    }
    /// The message you reported. Null: it was no message.
    async fn message(&self, ctx: &Context<'_>) -> Result<Option<Message>> {
        match self.subject() {
            Subject::Message(message) => match shown(ChatLine::find(ctx, message).await)? {
                Some(ChatLine::Message(message)) => Ok(Some(message)),
                Some(ChatLine::SystemLine(_)) | None => Ok(None),
            },
            Subject::User(_) | Subject::Listing(_) => Ok(None),
        }
    }
    /// What is the matter.
    async fn reason(&self) -> ReportCause {
        self.0.said.complaint.cause.into()
    }
    /// What you said.
    async fn text(&self) -> &str {
        &self.0.said.complaint.body
    }
    /// What you showed.
    async fn images(&self, ctx: &Context<'_>) -> Vec<Image> {
        let images = self.0.said.images.iter().cloned();
        images.map(|image| Image::for_caller(ctx, image)).collect()
    }
    /// When you reported it.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.said.complaint.created_at)
    }
    /// When it was decided. Null: it is open.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.report.decided_at.map(DateTime)
    }
    /// What came of it. Null: it is open.
    async fn outcome(&self) -> Option<ReportOutcome> {
        self.0.report.outcome.map(Into::into)
    }
    /// What the administrator says of it. Null: it is open.
    async fn decision(&self) -> Option<&str> {
        self.0.report.reason.as_deref()
    }
}

/// What there is not for the caller is null here.
pub(super) fn shown<T>(found: Result<T, Failure>) -> Result<Option<T>, Failure> {
    match found {
        Ok(thing) => Ok(Some(thing)),
        Err(Failure::Field(FieldCode::NotFound)) => Ok(None),
        Err(failure) => Err(failure),
    }
}

impl Report {
    const fn subject(&self) -> Subject {
        Subject::of(self.0.report.subject_kind, self.0.report.subject_id)
    }

    /// A report, if the caller made it; else `NOT_FOUND`.
    pub async fn find(ctx: &Context<'_>, id: ComplaintId) -> Result<Self, Failure> {
        let reporter = policy::trader(ctx.actor())?;
        let found = domain::own::find(ctx.env(), reporter, id).await?;
        found.map(Self).ok_or(Failure::Field(FieldCode::NotFound))
    }

    /// What the caller has reported, newest first.
    pub async fn own(ctx: &Context<'_>, first: Option<i32>, after: Option<&str>) -> Result<Connection<Self>, Failure> {
        let reporter = policy::trader(ctx.actor())?;
        let page = domain::own::list(ctx.env(), reporter, &ask(first, after)?).await?;
        Ok(connection(page, after.is_some(), Own::place, Self))
    }
}

/// Something to report: exactly one of the three.
#[derive(InputObject)]
pub struct ReportCreateInput {
    /// A user.
    pub user_id: Option<ID>,
    /// A listing.
    pub listing_id: Option<ID>,
    /// A message in a conversation of yours, taken back or not.
    pub message_id: Option<ID>,
    /// What is the matter.
    pub reason: ReportReason,
    /// What happened: 2 to 2,000 characters.
    pub text: String,
    /// What you show: your own unused images of evidence, at most 9.
    #[graphql(default)]
    pub image_ids: Vec<ID>,
    /// Made by you for this one report: sending it again answers the same report.
    pub idempotency_key: Uuid,
}

impl ReportCreateInput {
    fn subject(&self) -> Result<Subject, Failure> {
        match (&self.user_id, &self.listing_id, &self.message_id) {
            (Some(user), None, None) => Ok(Subject::User(id::decode(user)?)),
            (None, Some(listing), None) => Ok(Subject::Listing(id::decode(listing)?)),
            (None, None, Some(message)) => Ok(Subject::Message(id::decode(message)?)),
            _ => Err(Failure::User(
                Refusal::new(UserErrorCode::InvalidInput, "error-report-subject").at(&["userId"]),
            )),
        }
    }
}

payload_type! {
    /// What `reportCreate` answers.
    ReportCreatePayload {
        /// The report. You are told what comes of it.
        report: Report
    }
}

/// Mutations of reports by those who make them.
#[derive(Default)]
pub struct ReportMutation;

#[Object]
impl ReportMutation {
    /// Reports a user, a listing or a message to the administrators. At most 20 in 24 hours, and once each until it is decided. Whom it is about
    /// never learns who reported it; both are told what comes of it. Not yourself or what is yours.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn report_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What you report, and why.")] input: ReportCreateInput,
    ) -> Result<Option<ReportCreatePayload>> {
        payload(ctx, create(ctx, input).await)
    }
}

async fn create(ctx: &Context<'_>, input: ReportCreateInput) -> Result<Report, Failure> {
    let reporter = policy::trader(ctx.actor())?;
    let ask = NewReport {
        subject: input.subject()?,
        cause: input.reason.into(),
        images: input.image_ids.iter().map(id::decode).collect::<Result<Vec<ImageId>, _>>()?,
        text: input.text,
        key: input.idempotency_key.0,
    };
    let done = domain::create(ctx.env(), reporter, &ask).await?;
    Report::find(ctx, done).await
}
