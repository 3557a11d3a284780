//! Reports, as admins see and decide them.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use entity::{
    kinds,
    value::{CaseId, DepositId, OrderId, ReportId, UserId, WithdrawalId},
};

use super::report::{ReportCause, ReportOutcome, ReportSubject, shown};
use crate::{
    account::face,
    chat::witness::{self, Witness},
    graphql::{
        batch::Batch,
        connection::{Connection, ask, connection},
        context::Ask,
        errors::{Failure, FieldCode},
        id,
        market::Listing,
        media::Image,
        scalars::{DateTime, Uuid},
        user::User,
    },
    kernel::policy::{self, Admin},
    moderation::report::{
        Subject,
        card::{self, Card, Said},
        list::{self, Filter, Held},
    },
    payload_type,
};

type Complaints = Batch<ReportId, Vec<Said>>;

/// Something that was reported, as administrators see it: all that was said of it until one of them decides.
#[derive(Debug, Clone)]
pub struct ReportReview {
    card: Card,
    complaints: Arc<Complaints>,
}

/// Something that was reported, as administrators see it: all that was said of it until one of them decides.
#[Object(serial)]
impl ReportReview {
    /// Its id.
    pub async fn id(&self) -> ID {
        id::encode(self.card.report.id)
    }
    /// What kind of thing was reported.
    async fn subject_kind(&self) -> ReportSubject {
        self.card.report.subject_kind.into()
    }
    /// Whom it is about: the user himself, the seller, the sender.
    async fn user(&self, ctx: &Context<'_>) -> User {
        User::new(ctx, self.card.user.clone())
    }
    /// The listing that was reported. Null: it was no listing, or is gone.
    async fn listing(&self, ctx: &Context<'_>) -> Result<Option<Listing>> {
        match self.subject() {
            Subject::Listing(listing) => Ok(shown(Listing::find(ctx, listing).await)?),
            Subject::User(_) | Subject::Message(_) => Ok(None),
        }
    }
    /// The message that was reported. Null: it was no message.
    async fn message(&self, ctx: &Context<'_>) -> Result<Option<ReportedMessage>> {
        let Subject::Message(message) = self.subject() else {
            return Ok(None);
        };
        let admin = policy::admin(ctx.actor())?;
        let found = witness::witness(ctx.env(), admin, message).await?;
        Ok(found.map(ReportedMessage))
    }
    /// What was said of it, the first 50, oldest first; `complaintCount` tells how many there are. Empty if it is about yourself.
    async fn complaints(&self, ctx: &Context<'_>) -> Result<Vec<ReportComplaint>> {
        let admin = policy::admin(ctx.actor())?;
        // Whom it is about never learns who reported it, an admin no more than others.
        if self.card.report.user_id == admin.id() {
            return Ok(Vec::new());
        }
        let load = |ids: Vec<ReportId>| async move { card::said(ctx.env(), admin, &ids).await };
        let said = self.complaints.get(self.card.report.id, load).await?.unwrap_or_default();
        Ok(said.into_iter().map(|said| ReportComplaint::new(ctx, said)).collect())
    }
    /// How many complaints there are.
    async fn complaint_count(&self) -> i32 {
        self.card.report.complaints
    }
    /// When it was reported first.
    async fn opened_at(&self) -> DateTime {
        DateTime(self.card.report.opened_at)
    }
    /// The administrator who looks at it at present. Null: nobody does, or his claim has lapsed after 4 hours.
    async fn claimed_by(&self, ctx: &Context<'_>) -> Option<User> {
        let claimer = self.card.claimer(ctx.env().now()).cloned();
        claimer.map(|claimer| User::new(ctx, claimer))
    }
    /// Since when.
    async fn claimed_at(&self, ctx: &Context<'_>) -> Option<DateTime> {
        let holds = self.card.claimer(ctx.env().now()).is_some();
        self.card.report.claimed_at.filter(|_| holds).map(DateTime)
    }
    /// When it was decided. Null: it is open.
    async fn decided_at(&self) -> Option<DateTime> {
        self.card.report.decided_at.map(DateTime)
    }
    /// Who decided. Null: it is open.
    async fn decided_by(&self, ctx: &Context<'_>) -> Option<User> {
        self.card.decider.clone().map(|decider| User::new(ctx, decider))
    }
    /// What came of it. Null: it is open.
    async fn outcome(&self) -> Option<ReportOutcome> {
        self.card.report.outcome.map(Into::into)
    }
    /// Why. Null: it is open.
    async fn decision(&self) -> Option<&str> {
        self.card.report.reason.as_deref()
    }
}

impl ReportReview {
    const fn subject(&self) -> Subject {
        Subject::of(self.card.report.subject_kind, self.card.report.subject_id)
    }

    /// Reports of a page.
    fn all(cards: Vec<Card>) -> Vec<Self> {
        let complaints = Arc::new(Batch::new(cards.iter().map(|card| card.report.id)));
        let one = |card| Self {
            card,
            complaints: Arc::clone(&complaints),
        };
        cards.into_iter().map(one).collect()
    }

    /// A report, for an admin; to others there is none.
    pub async fn find(ctx: &Context<'_>, id: ReportId) -> Result<Self, Failure> {
        let Ok(admin) = policy::admin(ctx.actor()) else {
            return Err(Failure::Field(FieldCode::NotFound));
        };
        let cards = list::find_all(ctx.env(), admin, &[id]).await?;
        Self::all(cards).pop().ok_or(Failure::Field(FieldCode::NotFound))
    }

    /// The reports that a filter lets through.
    pub async fn queue(
        ctx: &Context<'_>,
        admin: Admin,
        filter: &Filter,
        first: Option<i32>,
        after: Option<&str>,
    ) -> Result<Connection<Self>, Failure> {
        let page = list::queue(ctx.env(), admin, filter, &ask(first, after)?).await?;
        let complaints = Arc::new(Batch::new(page.rows.iter().map(|card| card.report.id)));
        let node = |card| Self {
            card,
            complaints: Arc::clone(&complaints),
        };
        Ok(connection(page, after.is_some(), Card::place, node))
    }
}

/// A message that was reported, as it was written, taken back or not.
#[derive(Debug, Clone)]
pub struct ReportedMessage(Witness);

/// A message that was reported, as it was written, taken back or not.
#[Object(serial)]
impl ReportedMessage {
    /// Its text.
    async fn text(&self) -> &str {
        &self.0.message.body
    }
    /// Its images.
    async fn images(&self, ctx: &Context<'_>) -> Vec<Image> {
        let images = self.0.images.iter().cloned();
        images.map(|image| Image::for_caller(ctx, image)).collect()
    }
    /// When it was sent.
    async fn sent_at(&self) -> DateTime {
        DateTime(self.0.message.created_at)
    }
    /// When its sender took it back. Null: he did not.
    async fn recalled_at(&self) -> Option<DateTime> {
        self.0.message.recalled_at.map(DateTime)
    }
    /// When an administrator took it away. Null: nobody did.
    async fn removed_at(&self) -> Option<DateTime> {
        self.0.message.removed_at.map(DateTime)
    }
    /// The five lines before and after it, as the members see them, itself among them.
    async fn around(&self, ctx: &Context<'_>) -> Vec<ReportedLine> {
        let line = |line: &crate::chat::Line| ReportedLine {
            sender: line.sender.clone().map(|sender| User::new(ctx, sender)),
            text: line.message.body.clone(),
            sent_at: DateTime(line.message.created_at),
        };
        self.0.around.iter().map(line).collect()
    }
}

/// A line around a message that was reported.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct ReportedLine {
    /// Who wrote it. Null: the platform.
    pub sender: Option<User>,
    /// Its text. Empty: it was taken back or away, or says nothing in words.
    pub text: String,
    /// When it was sent.
    pub sent_at: DateTime,
}

/// What somebody, or the platform, said of something that is reported. Its reporter is named to administrators alone.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct ReportComplaint {
    /// Who reported it. Null: the platform.
    pub reporter: Option<User>,
    /// What is the matter.
    pub cause: ReportCause,
    /// What he said; empty where the platform reports.
    pub text: String,
    /// What he showed.
    pub images: Vec<Image>,
    /// The order, case, deposit or withdrawal at which the platform saw it.
    pub about_id: Option<ID>,
    /// When.
    pub created_at: DateTime,
}

impl ReportComplaint {
    fn new(ctx: &Context<'_>, said: Said) -> Self {
        let about = said.complaint.about_kind.zip(said.complaint.about_id);
        Self {
            reporter: said.reporter.map(|reporter| User::new(ctx, reporter)),
            cause: said.complaint.cause.into(),
            images: said.images.into_iter().map(|image| Image::for_caller(ctx, image)).collect(),
            about_id: about.and_then(|(kind, bare)| about_id(kind, bare)),
            text: said.complaint.body,
            created_at: DateTime(said.complaint.created_at),
        }
    }
}

fn about_id(kind: kinds::SubjectKind, bare: uuid::Uuid) -> Option<ID> {
    match kind {
        kinds::SubjectKind::Order => Some(id::encode(OrderId(bare))),
        kinds::SubjectKind::Case => Some(id::encode(CaseId(bare))),
        kinds::SubjectKind::Deposit => Some(id::encode(DepositId(bare))),
        kinds::SubjectKind::Withdrawal => Some(id::encode(WithdrawalId(bare))),
        _ => None,
    }
}

/// Who looks at a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum ReportHeld {
    /// You.
    Mine,
    /// Nobody, or a claim that has lapsed.
    Free,
    /// Somebody.
    Claimed,
}

impl From<ReportHeld> for Held {
    fn from(held: ReportHeld) -> Self {
        match held {
            ReportHeld::Mine => Self::Mine,
            ReportHeld::Free => Self::Free,
            ReportHeld::Claimed => Self::Claimed,
        }
    }
}

/// Which reports to show. Each part narrows further.
#[derive(InputObject, Default)]
pub struct ReportFilterInput {
    /// Those that are open, or those that are decided. Without it, those that are open.
    pub open: Option<bool>,
    /// About this kind of thing.
    pub subject_kind: Option<ReportSubject>,
    /// About this user, or something of his.
    pub user_id: Option<ID>,
    /// Those that the platform reported, or those that users alone did.
    pub by_platform: Option<bool>,
    /// Who looks at them.
    pub held: Option<ReportHeld>,
}

impl ReportFilterInput {
    /// As the domain takes it; a user that there is not is `NOT_FOUND`.
    pub(super) async fn parse(self, ctx: &Context<'_>) -> Result<Filter, Failure> {
        let user: Option<UserId> = self.user_id.as_ref().map(id::decode).transpose()?;
        if let Some(user) = user {
            let found = face::read(ctx.env().db(), user).await?;
            found.ok_or(Failure::Field(FieldCode::NotFound))?;
        }
        Ok(Filter {
            open: self.open.or(Some(true)),
            subject: self.subject_kind.map(Into::into),
            user,
            by_platform: self.by_platform,
            held: self.held.map(Into::into),
        })
    }
}

/// A report to be looked at.
#[derive(InputObject)]
pub struct ReportReviewClaimInput {
    /// Which.
    pub id: ID,
}

/// A report to be given back to the queue.
#[derive(InputObject)]
pub struct ReportReviewReleaseInput {
    /// Which.
    pub id: ID,
}

/// A decision on a report.
#[derive(InputObject)]
pub struct ReportDecideInput {
    /// On which.
    pub id: ID,
    /// What follows.
    pub outcome: ReportOutcome,
    /// Why, for both sides and the record: 2 to 500 characters. Name nobody.
    pub reason: String,
    /// Made by you for this one decision: sending it again answers the same report.
    pub idempotency_key: Uuid,
}

payload_type! {
    /// What `reportReviewClaim` answers.
    ReportReviewClaimPayload {
        /// The report, yours to look at for 4 hours.
        report: ReportReview
    }
}
payload_type! {
    /// What `reportReviewRelease` answers.
    ReportReviewReleasePayload {
        /// The report.
        report: ReportReview
    }
}
payload_type! {
    /// What `reportDecide` answers.
    ReportDecidePayload {
        /// The report, now decided.
        report: ReportReview
    }
}
