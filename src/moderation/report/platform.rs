//! The platform reports what it saw, and finds whom to answer.

use entity::{
    complaint,
    kinds::{ReportCause, SubjectKind},
    listing, message,
    value::{ComplaintId, EventId, ReportId, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{
    Subject,
    store::{self, By, Words},
};
use crate::kernel::{Fault, Tx, policy::System};

/// Something that the platform saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The event that told of it: of each there is one complaint.
    pub event: EventId,
    /// What it reports.
    pub subject: Subject,
    /// What is the matter.
    pub cause: ReportCause,
    /// At what it was seen: an order, a deposit, a withdrawal.
    pub about: Option<(SubjectKind, Uuid)>,
}

/// Reports it, merged with what is open about the same thing.
pub async fn see(tx: &Tx, _: System, seen: &Seen) -> Result<(), Fault> {
    let before = complaint::Entity::find().filter(complaint::Column::EventId.eq(seen.event));
    if before.one(tx.db()).await?.is_some() {
        return Ok(());
    }
    let Some(user) = owner(tx, seen.subject).await? else {
        return Err(Fault::internal("the platform reports what is not there"));
    };
    let report = store::open(tx, seen.subject, user).await?;
    let words = Words {
        cause: seen.cause,
        text: "",
        images: &[],
        about: seen.about,
    };
    store::add(tx, &report, ComplaintId::new(), By::Platform(seen.event), &words).await?;
    tracing::info!(report = %report.id, %user, cause = seen.cause.as_str(), "reported by the platform");
    Ok(())
}

/// Whom a thing is about, whoever may see it.
async fn owner(tx: &Tx, subject: Subject) -> Result<Option<UserId>, Fault> {
    Ok(match subject {
        Subject::User(id) => Some(id),
        Subject::Listing(id) => listing::Entity::find_by_id(id).one(tx.db()).await?.map(|listing| listing.seller_id),
        Subject::Message(id) => message::Entity::find_by_id(id)
            .one(tx.db())
            .await?
            .and_then(|message| message.sender_id),
    })
}

/// Who reported it, with what he said.
pub async fn reporters(tx: &Tx, _: System, report: ReportId) -> Result<Vec<(UserId, ComplaintId)>, Fault> {
    let rows = complaint::Entity::find()
        .filter(complaint::Column::ReportId.eq(report))
        .order_by_asc(complaint::Column::CreatedAt)
        .all(tx.db())
        .await?;
    let said = |row: complaint::Model| row.reporter_id.map(|reporter| (reporter, row.id));
    Ok(rows.into_iter().filter_map(said).collect())
}
