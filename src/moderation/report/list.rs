//! The queue of reports.

use entity::{
    kinds::ReportSubject,
    value::{ReportId, UserId},
};
use sea_orm::Value;

use super::card::{self, Card};
use crate::kernel::{
    Env, Fault, claim,
    page::{Ask, Keyset, Page},
    policy::Admin,
    sql,
};

/// Who looks at a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// The reader.
    Mine,
    /// Nobody, or a claim that has lapsed.
    Free,
    /// Somebody.
    Claimed,
}

/// Which reports an admin wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filter {
    /// That are open; `false`: that are decided.
    pub open: Option<bool>,
    /// About this kind of thing.
    pub subject: Option<ReportSubject>,
    /// About this user, or something of his.
    pub user: Option<UserId>,
    /// That the platform reported, too; `false`: users alone.
    pub by_platform: Option<bool>,
    /// Who looks at them.
    pub held: Option<Held>,
}

/// The reports that a filter lets through, whatever was reported first first.
pub async fn queue(env: &Env, admin: Admin, filter: &Filter, ask: &Ask) -> Result<Page<Card>, Fault> {
    let mut values: Vec<Value> = Vec::new();
    let mut condition = "1 = 1".to_owned();
    let mut add = |text: &str, value: Value| {
        values.push(value);
        condition.push_str(&text.replace('?', &format!("${}", values.len())));
    };
    if let Some(user) = filter.user {
        add(" AND r.user_id = ?", user.into());
    }
    // A claim that was made before this moment has lapsed.
    let lapsed = claim::lapsed(env.now());
    match filter.held {
        Some(Held::Mine) => {
            add(" AND r.claimed_by = ?", admin.id().into());
            add(" AND r.claimed_at > ?", lapsed.into());
        }
        Some(Held::Free) => add(" AND (r.claimed_by IS NULL OR r.claimed_at <= ?)", lapsed.into()),
        Some(Held::Claimed) => add(" AND r.claimed_at > ?", lapsed.into()),
        None => {}
    }
    if let Some(Keyset { at, id }) = ask.after {
        add(" AND (r.opened_at, r.id) > (?", at.into());
        add(", ?)", id.into());
    }
    condition.push_str(match filter.open {
        Some(true) => " AND r.decided_at IS NULL",
        Some(false) => " AND r.decided_at IS NOT NULL",
        None => "",
    });
    if let Some(subject) = filter.subject {
        condition.push_str(&format!(" AND r.subject_kind = '{}'", subject.as_str()));
    }
    condition.push_str(match filter.by_platform {
        Some(true) => " AND EXISTS (SELECT 1 FROM complaints p WHERE p.report_id = r.id AND p.reporter_id IS NULL)",
        Some(false) => " AND NOT EXISTS (SELECT 1 FROM complaints p WHERE p.report_id = r.id AND p.reporter_id IS NULL)",
        None => "",
    });
    condition.push_str(&format!(" ORDER BY r.opened_at, r.id LIMIT {}", ask.limit()));
    Ok(ask.cut(card::all(env.db(), &condition, values).await?))
}

/// Some reports by id, open or decided.
pub async fn find_all(env: &Env, _: Admin, ids: &[ReportId]) -> Result<Vec<Card>, Fault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let condition = format!("r.id IN ({})", sql::places(1, ids.len()));
    card::all(env.db(), &condition, ids.iter().map(|id| (*id).into()).collect()).await
}
