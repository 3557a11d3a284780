//! A report with the faces of those who have to do with it, in one statement.

use std::{collections::HashMap, sync::LazyLock};

use entity::{
    complaint, complaint_image, image, report,
    value::{ComplaintId, ImageId, ReportId, Time},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QueryResult, QuerySelect, Value,
};

use crate::{
    account::face::{self, FaceRow},
    kernel::{Env, Fault, claim::lapsed, page::Keyset, policy::Admin, sql},
    media,
};

/// A report, as admins see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The report.
    pub report: report::Model,
    /// Whom it is about.
    pub user: FaceRow,
    /// Who looks at it, or did; see [`Card::claimer`].
    claimer: Option<FaceRow>,
    /// Who decided.
    pub decider: Option<FaceRow>,
}

impl FromQueryResult for Card {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        let report = report::Model::from_query_result(row, "r_")?;
        let claimer = report.claimed_by.map(|_| FaceRow::from_query_result(row, "c_")).transpose()?;
        let decider = report.decided_by.map(|_| FaceRow::from_query_result(row, "d_")).transpose()?;
        Ok(Self {
            user: FaceRow::from_query_result(row, face::PREFIX)?,
            report,
            claimer,
            decider,
        })
    }
}

impl Card {
    /// Its place in the queue.
    #[must_use]
    pub const fn place(&self) -> Keyset {
        Keyset {
            at: self.report.opened_at,
            id: self.report.id.0,
        }
    }

    /// Who looks at it at present.
    #[must_use]
    pub fn claimer(&self, now: Time) -> Option<&FaceRow> {
        let holds = self.report.claimed_at.is_some_and(|at| at > lapsed(now));
        self.claimer.as_ref().filter(|_| holds)
    }
}

static SELECT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {}, {}, {}, {} FROM reports r JOIN users u ON u.id = r.user_id JOIN standing s ON s.user_id = r.user_id \
         LEFT JOIN users c ON c.id = r.claimed_by LEFT JOIN standing ct ON ct.user_id = r.claimed_by \
         LEFT JOIN users d ON d.id = r.decided_by LEFT JOIN standing dt ON dt.user_id = r.decided_by",
        sql::columns::<report::Column>("r"),
        face::COLUMNS,
        face::columns("c", "ct"),
        face::columns("d", "dt"),
    )
});

/// Reads the cards that meet a condition: what follows `WHERE`.
pub(super) async fn all<C: ConnectionTrait>(db: &C, condition: &str, values: Vec<Value>) -> Result<Vec<Card>, Fault> {
    sql::all(db, &format!("{} WHERE {condition}", *SELECT), values).await
}

/// A complaint with its images; for admins with its reporter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What was said.
    pub complaint: complaint::Model,
    /// By whom. None: by the platform, or it is not for the reader.
    pub reporter: Option<FaceRow>,
    /// With which images, in their order.
    pub images: Vec<image::Model>,
}

/// So many complaints of a report are shown.
const SHOWN: u64 = 50;

/// The first complaints of some reports, oldest first.
pub async fn said(env: &Env, _: Admin, reports: &[ReportId]) -> Result<HashMap<ReportId, Vec<Said>>, Fault> {
    let mut rows = Vec::new();
    for report in reports {
        let first = complaint::Entity::find()
            .filter(complaint::Column::ReportId.eq(*report))
            .order_by_asc(complaint::Column::CreatedAt)
            .order_by_asc(complaint::Column::Id)
            .limit(SHOWN);
        rows.extend(first.all(env.db()).await?);
    }
    let reporters: Vec<_> = rows.iter().filter_map(|row| row.reporter_id).collect();
    let faces = if reporters.is_empty() {
        HashMap::new()
    } else {
        face::read_all(env.db(), &reporters).await?
    };
    let mut images = images_of(env, &rows.iter().map(|row| row.id).collect::<Vec<_>>()).await?;
    let mut found = HashMap::<ReportId, Vec<Said>>::new();
    for complaint in rows {
        found.entry(complaint.report_id).or_default().push(Said {
            reporter: complaint.reporter_id.and_then(|reporter| faces.get(&reporter).cloned()),
            images: images.remove(&complaint.id).unwrap_or_default(),
            complaint,
        });
    }
    Ok(found)
}

/// The images of some complaints, in their order.
pub(super) async fn images_of(env: &Env, complaints: &[ComplaintId]) -> Result<HashMap<ComplaintId, Vec<image::Model>>, Fault> {
    let rows = complaint_image::Entity::find()
        .filter(complaint_image::Column::ComplaintId.is_in(complaints.iter().copied()))
        .order_by_asc(complaint_image::Column::Position)
        .all(env.db())
        .await?;
    let found: HashMap<ImageId, image::Model> = media::find(env, rows.iter().map(|row| row.image_id)).await?;
    let mut images = HashMap::<ComplaintId, Vec<image::Model>>::new();
    for row in rows {
        images
            .entry(row.complaint_id)
            .or_default()
            .extend(found.get(&row.image_id).cloned());
    }
    Ok(images)
}
