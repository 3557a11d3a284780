//! A line of a conversation with the face of whoever wrote it, in one statement.

use std::sync::LazyLock;

use entity::{
    message,
    value::{ConversationId, MessageId, Time, UserId},
};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult, Value};

use crate::{
    account::face::{self, FaceRow},
    kernel::{
        Fault,
        page::{Ask, Keyset, Page},
        sql,
    },
};

/// A line of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What was written.
    pub message: message::Model,
    /// Who wrote it. None: the platform.
    pub sender: Option<FaceRow>,
}

impl FromQueryResult for Line {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            message: message::Model::from_query_result(row, "m_")?,
            sender: FaceRow::from_query_result_optional(row, face::PREFIX)?,
        })
    }
}

impl Line {
    /// Its place in its conversation. The order is that of the numbers, so the number stands where other lists have a time.
    #[must_use]
    pub const fn place(&self) -> Keyset {
        Keyset {
            at: Time(self.message.seq),
            id: self.message.id.0,
        }
    }
}

static SELECT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {}, {} FROM messages m LEFT JOIN users u ON u.id = m.sender_id LEFT JOIN standing s ON s.user_id = m.sender_id",
        sql::columns::<message::Column>("m"),
        face::COLUMNS
    )
});

/// Lines that meet a condition over `m`, with what follows it.
pub(super) async fn all<C: ConnectionTrait>(db: &C, condition: &str, values: Vec<Value>) -> Result<Vec<Line>, Fault> {
    sql::all(db, &format!("{} {condition}", *SELECT), values).await
}

/// Reads one line, whoever asks.
pub(super) async fn one<C: ConnectionTrait>(db: &C, id: MessageId) -> Result<Option<Line>, Fault> {
    Ok(all(db, "WHERE m.id = $1", vec![id.into()]).await?.pop())
}

/// Reads one line for a member of its conversation.
pub(super) async fn of_member<C: ConnectionTrait>(db: &C, id: MessageId, member: UserId) -> Result<Option<Line>, Fault> {
    let condition = "JOIN conversations c ON c.id = m.conversation_id WHERE m.id = $1 AND (c.low_id = $2 OR c.high_id = $2)";
    Ok(all(db, condition, vec![id.into(), member.into()]).await?.pop())
}

/// A page of a conversation's lines going back in time, the newest first.
pub(super) async fn page<C: ConnectionTrait>(db: &C, conversation: ConversationId, ask: &Ask) -> Result<Page<Line>, Fault> {
    let before = ask.after.map_or(i64::MAX, |place| place.at.0);
    let condition = format!(
        "WHERE m.conversation_id = $1 AND m.seq < $2 ORDER BY m.seq DESC LIMIT {}",
        ask.limit()
    );
    Ok(ask.cut(all(db, &condition, vec![conversation.into(), before.into()]).await?))
}
