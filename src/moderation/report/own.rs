//! What a user has reported, and what came of it.

use entity::{
    complaint, report,
    value::{ComplaintId, UserId},
};
use sea_orm::{DbErr, FromQueryResult, QueryResult, Value};

use super::card::{Said, images_of};
use crate::kernel::{
    Env, Fault,
    page::{Ask, Keyset, Page},
    policy::Trader,
    sql,
};

/// Something that a user reported. Of the other complaints it knows nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// What he said.
    pub said: Said,
    /// What became of it.
    pub report: report::Model,
}

impl FromQueryResult for Own {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            said: Said {
                complaint: complaint::Model::from_query_result(row, "c_")?,
                reporter: None,
                images: Vec::new(),
            },
            report: report::Model::from_query_result(row, "r_")?,
        })
    }
}

impl Own {
    /// Its place in the list.
    #[must_use]
    pub const fn place(&self) -> Keyset {
        Keyset {
            at: self.said.complaint.created_at,
            id: self.said.complaint.id.0,
        }
    }
}

/// What the caller has reported, newest first.
pub async fn list(env: &Env, reporter: Trader, ask: &Ask) -> Result<Page<Own>, Fault> {
    let mut values: Vec<Value> = Vec::new();
    let mut condition = String::new();
    if let Some(Keyset { at, id }) = ask.after {
        values.extend([at.into(), id.into()]);
        condition.push_str(" AND (c.created_at, c.id) < ($2, $3)");
    }
    condition.push_str(&format!(" ORDER BY c.created_at DESC, c.id DESC LIMIT {}", ask.limit()));
    Ok(ask.cut(all(env, reporter.id(), &condition, values).await?))
}

/// One thing that the caller has reported.
pub async fn find(env: &Env, reporter: Trader, id: ComplaintId) -> Result<Option<Own>, Fault> {
    Ok(all(env, reporter.id(), " AND c.id = $2", vec![id.into()]).await?.pop())
}

async fn all(env: &Env, reporter: UserId, condition: &str, values: Vec<Value>) -> Result<Vec<Own>, Fault> {
    let select = format!(
        "SELECT {}, {} FROM complaints c JOIN reports r ON r.id = c.report_id WHERE c.reporter_id = $1{condition}",
        sql::columns::<complaint::Column>("c"),
        sql::columns::<report::Column>("r"),
    );
    let values = std::iter::once(reporter.into()).chain(values).collect();
    let mut rows: Vec<Own> = sql::all(env.db(), &select, values).await?;
    let ids: Vec<ComplaintId> = rows.iter().map(|own| own.said.complaint.id).collect();
    let mut images = images_of(env, &ids).await?;
    for own in &mut rows {
        own.said.images = images.remove(&own.said.complaint.id).unwrap_or_default();
    }
    Ok(rows)
}
