//! Announcements as admins see them.

use std::sync::LazyLock;

use entity::{announcement, value::AnnouncementId};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult, Value};

use crate::{
    account::face::{self, FaceRow},
    kernel::{
        Env, Fault, Tx,
        page::{Ask, Keyset, Page},
        policy::Admin,
        sql,
    },
};

/// An announcement with the faces of those who made it and took it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The announcement.
    pub announcement: announcement::Model,
    /// Who made it.
    pub author: FaceRow,
    /// Who took it back.
    pub retracted_by: Option<FaceRow>,
}

impl FromQueryResult for Card {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        let announcement = announcement::Model::from_query_result(row, "a_")?;
        let retracted_by = announcement
            .retracted_by
            .map(|_| FaceRow::from_query_result(row, "c_"))
            .transpose()?;
        Ok(Self {
            announcement,
            author: FaceRow::from_query_result(row, face::PREFIX)?,
            retracted_by,
        })
    }
}

impl Card {
    /// Its place in a list ordered by when it was made.
    #[must_use]
    pub const fn place(&self) -> Keyset {
        Keyset {
            at: self.announcement.created_at,
            id: self.announcement.id.0,
        }
    }
}

static SELECT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {}, {}, {} FROM announcements a JOIN users u ON u.id = a.created_by JOIN standing s ON s.user_id = a.created_by \
         LEFT JOIN users c ON c.id = a.retracted_by LEFT JOIN standing t ON t.user_id = a.retracted_by",
        sql::columns::<announcement::Column>("a"),
        face::COLUMNS,
        face::columns("c", "t"),
    )
});

async fn all<C: ConnectionTrait>(db: &C, condition: &str, values: Vec<Value>) -> Result<Vec<Card>, Fault> {
    sql::all(db, &format!("{} WHERE {condition}", *SELECT), values).await
}

pub(super) async fn read<C: ConnectionTrait>(db: &C, id: AnnouncementId) -> Result<Option<Card>, Fault> {
    Ok(all(db, "a.id = $1", vec![id.into()]).await?.pop())
}

/// Reads an announcement that is known to be there.
pub(super) async fn get(tx: &Tx, id: AnnouncementId) -> Result<Card, Fault> {
    let found = read(tx.db(), id).await?;
    found.ok_or_else(|| Fault::internal("an announcement is missing"))
}

/// One announcement, taken back or not.
pub async fn find(env: &Env, _right: Admin, id: AnnouncementId) -> Result<Option<Card>, Fault> {
    read(env.db(), id).await
}

/// All announcements, newest first, those that were taken back included.
pub async fn list(env: &Env, _right: Admin, ask: &Ask) -> Result<Page<Card>, Fault> {
    let (mut condition, mut values) = ("1 = 1".to_owned(), Vec::new());
    if let Some(Keyset { at, id }) = ask.after {
        values = vec![at.into(), id.into()];
        condition = "(a.created_at, a.id) < ($1, $2)".to_owned();
    }
    condition.push_str(&format!(" ORDER BY a.created_at DESC, a.id DESC LIMIT {}", ask.limit()));
    Ok(ask.cut(all(env.db(), &condition, values).await?))
}
