//! The audit log as admins look through it.

use std::sync::LazyLock;

use entity::{
    audit,
    kinds::SubjectKind,
    value::{AuditId, Time, UserId},
};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult, Value};
use uuid::Uuid;

use crate::{
    account::face::{self, FaceRow},
    kernel::{
        Env, Fault,
        audit::Head,
        page::{Ask, Keyset, Page},
        policy::Admin,
        sql,
    },
};

/// Which rows. What is none does not narrow.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of what this user did.
    pub actor: Option<UserId>,
    /// Of what the platform did by itself, and the operator at its command line.
    pub by_system: bool,
    /// Of this act, by its whole name.
    pub action: Option<String>,
    /// About this thing.
    pub subject: Option<(SubjectKind, Uuid)>,
    /// At this moment or later.
    pub from: Option<Time>,
    /// Before this moment.
    pub to: Option<Time>,
}

/// A row with the face of whoever acted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The row.
    pub row: audit::Model,
    /// Who acted; none: the platform, or its operator.
    pub actor: Option<FaceRow>,
}

impl FromQueryResult for Entry {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        let face: Option<UserId> = row.try_get(face::PREFIX, "id")?;
        Ok(Self {
            row: audit::Model::from_query_result(row, "a_")?,
            actor: face.map(|_| FaceRow::from_query_result(row, face::PREFIX)).transpose()?,
        })
    }
}

impl Entry {
    /// Its place in a list ordered by time.
    #[must_use]
    pub const fn place(&self) -> Keyset {
        Keyset {
            at: self.row.at,
            id: self.row.id.0,
        }
    }
}

static SELECT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {}, {} FROM audit a LEFT JOIN users u ON u.id = a.actor_id LEFT JOIN standing s ON s.user_id = a.actor_id",
        sql::columns::<audit::Column>("a"),
        face::COLUMNS,
    )
});

async fn all<C: ConnectionTrait>(db: &C, condition: &str, values: Vec<Value>) -> Result<Vec<Entry>, Fault> {
    sql::all(db, &format!("{} WHERE {condition}", *SELECT), values).await
}

/// The rows that fit, newest first.
pub async fn audit_log(env: &Env, _right: Admin, filter: &Filter, ask: &Ask) -> Result<Page<Entry>, Fault> {
    let (mut condition, mut values) = conditions(filter);
    if let Some(Keyset { at, id }) = ask.after {
        values.extend([Value::from(at), Value::from(id)]);
        condition.push_str(&format!(" AND (a.at, a.id) < (${}, ${})", values.len() - 1, values.len()));
    }
    condition.push_str(&format!(" ORDER BY a.at DESC, a.id DESC LIMIT {}", ask.limit()));
    Ok(ask.cut(all(env.db(), &condition, values).await?))
}

fn conditions(filter: &Filter) -> (String, Vec<Value>) {
    let mut wanted: Vec<(&str, Value)> = Vec::new();
    if let Some(actor) = filter.actor {
        wanted.push(("a.actor_id =", actor.into()));
    }
    if filter.by_system {
        wanted.push(("a.actor_id =", Uuid::nil().into()));
    }
    if let Some(action) = &filter.action {
        wanted.push(("a.action =", action.as_str().into()));
    }
    if let Some((kind, id)) = filter.subject {
        wanted.push(("a.subject_id =", id.into()));
        wanted.push(("a.subject_kind =", kind.as_str().into()));
    }
    if let Some(from) = filter.from {
        wanted.push(("a.at >=", from.into()));
    }
    if let Some(to) = filter.to {
        wanted.push(("a.at <", to.into()));
    }
    let said = wanted.iter().enumerate().map(|(at, (what, _))| format!(" AND {what} ${}", at + 1));
    let condition = std::iter::once("1 = 1".to_owned()).chain(said).collect();
    (condition, wanted.into_iter().map(|(_, value)| value).collect())
}

/// One row.
pub async fn entry(env: &Env, _right: Admin, id: AuditId) -> Result<Option<Entry>, Fault> {
    Ok(all(env.db(), "a.id = $1", vec![id.into()]).await?.pop())
}

/// How the chain stands: its newest link, and how many rows wait for theirs. Whether it holds, `handover audit verify` says.
pub async fn chain(env: &Env, _right: Admin) -> Result<(Head, u64), Fault> {
    crate::kernel::audit::state(env.db()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wish_narrows_and_none_does_not() {
        assert_eq!(conditions(&Filter::default()), ("1 = 1".to_owned(), Vec::new()));
        let filter = Filter {
            action: Some("money_propose".to_owned()),
            subject: Some((SubjectKind::Debt, Uuid::nil())),
            to: Some(Time(7)),
            ..Filter::default()
        };
        let (condition, values) = conditions(&filter);
        assert_eq!(
            condition,
            "1 = 1 AND a.action = $1 AND a.subject_id = $2 AND a.subject_kind = $3 AND a.at < $4"
        );
        assert_eq!(values.len(), 4);
    }
}
