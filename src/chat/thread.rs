//! A conversation as one of its members sees it: with the other's face and the newest line, in one statement.

use std::sync::LazyLock;

use entity::{
    conversation, message,
    value::{ConversationId, UserId},
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

/// A conversation as one of its members sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// The conversation.
    pub conversation: conversation::Model,
    /// The member who looks.
    pub member: UserId,
    /// The other one.
    pub other: FaceRow,
    /// The newest line. A conversation begins with its first line, so there is one.
    pub last: message::Model,
}

struct Row {
    conversation: conversation::Model,
    other: FaceRow,
    last: message::Model,
}

impl FromQueryResult for Row {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            conversation: conversation::Model::from_query_result(row, "c_")?,
            other: FaceRow::from_query_result(row, face::PREFIX)?,
            last: message::Model::from_query_result(row, "m_")?,
        })
    }
}

impl Thread {
    /// Up to which line the member has read.
    #[must_use]
    pub fn read_seq(&self) -> i64 {
        if self.member == self.conversation.low_id {
            self.conversation.low_read_seq
        } else {
            self.conversation.high_read_seq
        }
    }

    /// Up to which line the other one has read.
    #[must_use]
    pub fn other_read_seq(&self) -> i64 {
        if self.member == self.conversation.low_id {
            self.conversation.high_read_seq
        } else {
            self.conversation.low_read_seq
        }
    }

    /// How many lines the member has not read. Whoever writes has read what is there, so none of them is his own.
    #[must_use]
    pub fn unread(&self) -> i64 {
        self.conversation.last_seq - self.read_seq()
    }

    /// Its place in a list ordered by the newest line.
    #[must_use]
    pub const fn place(&self) -> Keyset {
        Keyset {
            at: self.conversation.last_at,
            id: self.conversation.id.0,
        }
    }
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{}, {}, {}",
        sql::columns::<conversation::Column>("c"),
        sql::columns::<message::Column>("m"),
        face::COLUMNS
    )
});

/// What stands beside a conversation `c`, for the member `$1`.
const BESIDE: &str = "JOIN messages m ON m.conversation_id = c.id AND m.seq = c.last_seq \
    JOIN users u ON u.id = CASE WHEN c.low_id = $1 THEN c.high_id ELSE c.low_id END JOIN standing s ON s.user_id = u.id";

async fn read<C: ConnectionTrait>(db: &C, from: &str, member: UserId, more: Vec<Value>) -> Result<Vec<Thread>, Fault> {
    let values = std::iter::once(member.into()).chain(more).collect();
    let rows: Vec<Row> = sql::all(db, &format!("SELECT {} FROM {from}", *COLUMNS), values).await?;
    let thread = |Row { conversation, other, last }| Thread {
        conversation,
        member,
        other,
        last,
    };
    Ok(rows.into_iter().map(thread).collect())
}

/// One conversation of a member.
pub(super) async fn one<C: ConnectionTrait>(db: &C, id: ConversationId, member: UserId) -> Result<Option<Thread>, Fault> {
    let from = format!("conversations c {BESIDE} WHERE c.id = $2 AND (c.low_id = $1 OR c.high_id = $1)");
    Ok(read(db, &from, member, vec![id.into()]).await?.pop())
}

/// A page of a member's conversations, the one with the newest line first. Each side is read by its own index, no deeper than the page.
pub(super) async fn page<C: ConnectionTrait>(db: &C, member: UserId, ask: &Ask) -> Result<Page<Thread>, Fault> {
    let mut values: Vec<Value> = Vec::new();
    let mut beyond = "";
    if let Some(Keyset { at, id }) = ask.after {
        beyond = " AND (last_at, id) < ($2, $3)";
        values.extend([Value::from(at), Value::from(id)]);
    }
    let limit = ask.limit();
    let side = |column: &str| {
        format!(
            "SELECT * FROM (SELECT * FROM conversations WHERE {column} = $1{beyond} ORDER BY last_at DESC, id DESC LIMIT {limit}) {column}_side"
        )
    };
    let from = format!(
        "({} UNION ALL {}) c {BESIDE} ORDER BY c.last_at DESC, c.id DESC LIMIT {limit}",
        side("low_id"),
        side("high_id")
    );
    Ok(ask.cut(read(db, &from, member, values).await?))
}
