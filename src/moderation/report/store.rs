//! The rows of reports.

use entity::{
    complaint, complaint_image,
    kinds::{QueueKind, ReportCause, ReportOutcome, SubjectKind},
    report::{self, Column, Entity, Model},
    value::{ComplaintId, EventId, ImageId, ReportId, Time, UserId},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::Subject;
use crate::{
    kernel::{Event, Fault, Tx},
    media,
};

/// The queue of reports is not as it was.
pub(super) const REPORTS_MOVED: Event = Event::queue_moved(QueueKind::Reports);
/// How often an open report is looked for that others decide at the same moment.
const TRIES: usize = 5;

/// Reads a report.
pub(super) async fn get<C: ConnectionTrait>(db: &C, id: ReportId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// Reads a report and keeps others from claiming, releasing and deciding it until the transaction ends.
pub(super) async fn lock(tx: &Tx, id: ReportId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(tx.db()).await?)
}

/// The open report of a thing, locked; begun if there is none.
pub(super) async fn open(tx: &Tx, subject: Subject, user: UserId) -> Result<Model, Fault> {
    for _ in 0..TRIES {
        let row = report::ActiveModel {
            id: Set(ReportId::new()),
            subject_kind: Set(subject.kind()),
            subject_id: Set(subject.id()),
            user_id: Set(user),
            opened_at: Set(tx.now()),
            complaints: Set(0),
            claimed_by: Set(None),
            claimed_at: Set(None),
            outcome: Set(None),
            decided_by: Set(None),
            decided_at: Set(None),
            reason: Set(None),
        };
        let once = OnConflict::new().do_nothing().to_owned();
        if Entity::insert(row).on_conflict(once).exec_without_returning(tx.db()).await? > 0 {
            tx.emit(REPORTS_MOVED);
        }
        if let Some(found) = find_open(tx, subject).await? {
            return Ok(found);
        }
    }
    Err(Fault::internal("a report is decided as often as it is opened"))
}

async fn find_open(tx: &Tx, subject: Subject) -> Result<Option<Model>, Fault> {
    let open = Entity::find()
        .filter(Column::SubjectKind.eq(subject.kind()))
        .filter(Column::SubjectId.eq(subject.id()))
        .filter(Column::DecidedAt.is_null())
        .lock_exclusive();
    Ok(open.one(tx.db()).await?)
}

/// Who says something of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// A user.
    User(UserId),
    /// The platform, because of this event.
    Platform(EventId),
}

/// What is said.
#[derive(Debug, Clone)]
pub(super) struct Words<'a> {
    pub cause: ReportCause,
    pub text: &'a str,
    pub images: &'a [ImageId],
    /// At what the platform saw it.
    pub about: Option<(SubjectKind, Uuid)>,
}

/// Adds a complaint to a report. `false`: he has said something of it, or the event was seen.
pub(super) async fn add(tx: &Tx, report: &Model, id: ComplaintId, by: By, words: &Words<'_>) -> Result<bool, Fault> {
    let (reporter, event) = match by {
        By::User(user) => (Some(user), None),
        By::Platform(event) => (None, Some(event)),
    };
    let row = complaint::ActiveModel {
        id: Set(id),
        report_id: Set(report.id),
        reporter_id: Set(reporter),
        event_id: Set(event),
        cause: Set(words.cause),
        body: Set(words.text.to_owned()),
        digest: Set(media::digest(tx, words.text, words.images).await?),
        about_kind: Set(words.about.map(|(kind, _)| kind)),
        about_id: Set(words.about.map(|(_, id)| id)),
        created_at: Set(tx.now()),
    };
    let once = OnConflict::new().do_nothing().to_owned();
    let insert = complaint::Entity::insert(row).on_conflict(once);
    if insert.exec_without_returning(tx.db()).await? == 0 {
        return Ok(false);
    }
    let rows: Vec<complaint_image::ActiveModel> = (0..)
        .zip(words.images)
        .map(|(position, image)| complaint_image::ActiveModel {
            complaint_id: Set(id),
            position: Set(position),
            image_id: Set(*image),
        })
        .collect();
    if !rows.is_empty() {
        complaint_image::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    }
    let count = Entity::update_many()
        .col_expr(Column::Complaints, Expr::col(Column::Complaints).add(1))
        .filter(Column::Id.eq(report.id));
    count.exec(tx.db()).await?;
    Ok(true)
}

/// When a user made his `nth` newest complaint, counted from 1; none if he has not made so many.
pub(super) async fn nth_of(tx: &Tx, reporter: UserId, nth: u64) -> Result<Option<Time>, Fault> {
    let found = complaint::Entity::find()
        .filter(complaint::Column::ReporterId.eq(reporter))
        .order_by_desc(complaint::Column::CreatedAt)
        .offset(nth - 1);
    Ok(found.one(tx.db()).await?.map(|row| row.created_at))
}

/// Whether a user reported this.
pub(super) async fn has_reported<C: ConnectionTrait>(db: &C, report: ReportId, user: UserId) -> Result<bool, Fault> {
    let his = complaint::Entity::find()
        .filter(complaint::Column::ReportId.eq(report))
        .filter(complaint::Column::ReporterId.eq(user));
    Ok(his.one(db).await?.is_some())
}

/// Gives a held report to `admin` alone.
pub(super) async fn claim(tx: &Tx, id: ReportId, admin: UserId) -> Result<(), Fault> {
    let update = Entity::update_many()
        .col_expr(Column::ClaimedBy, Expr::value(admin))
        .col_expr(Column::ClaimedAt, Expr::value(tx.now()))
        .filter(Column::Id.eq(id));
    update.exec(tx.db()).await?;
    Ok(())
}

/// Gives a claimed report back to the queue. `false`: it is not `admin`'s.
pub(super) async fn release(tx: &Tx, id: ReportId, admin: UserId) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .col_expr(Column::ClaimedBy, Expr::value(None::<UserId>))
        .col_expr(Column::ClaimedAt, Expr::value(None::<Time>))
        .filter(Column::Id.eq(id))
        .filter(Column::DecidedAt.is_null())
        .filter(Column::ClaimedBy.eq(admin));
    Ok(update.exec(tx.db()).await?.rows_affected == 1)
}

/// Writes the decision on a held report that is open.
pub(super) async fn decide(tx: &Tx, id: ReportId, admin: UserId, outcome: ReportOutcome, reason: &str) -> Result<(), Fault> {
    let update = Entity::update_many()
        .col_expr(Column::Outcome, Expr::value(outcome))
        .col_expr(Column::DecidedBy, Expr::value(admin))
        .col_expr(Column::DecidedAt, Expr::value(tx.now()))
        .col_expr(Column::Reason, Expr::value(reason))
        .col_expr(Column::ClaimedBy, Expr::value(None::<UserId>))
        .col_expr(Column::ClaimedAt, Expr::value(None::<Time>))
        .filter(Column::Id.eq(id))
        .filter(Column::DecidedAt.is_null());
    match update.exec(tx.db()).await?.rows_affected {
        1 => Ok(()),
        _ => Err(Fault::internal("a held report was decided by somebody else")),
    }
}
