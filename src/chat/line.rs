//! A line of a conversation with the face of whoever wrote it and its images, in two statements however many lines.

use std::sync::LazyLock;

use entity::{
    image, message,
    value::{ConversationId, MessageId, Time, UserId},
};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult, Value};

use super::images;
use crate::{
    account::face::{self, FaceRow},
    kernel::{
        Fault,
        page::{Ask, Keyset, Page},
        sql,
    },
};

/// A line of a conversation, as its members may see it: of one that was taken back or away only that there was one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What was written.
    pub message: message::Model,
    /// Who wrote it. None: the platform.
    pub sender: Option<FaceRow>,
    /// Its images, in their order.
    pub images: Vec<image::Model>,
}

impl FromQueryResult for Line {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            message: shown(message::Model::from_query_result(row, "m_")?),
            sender: FaceRow::from_query_result_optional(row, face::PREFIX)?,
            images: Vec::new(),
        })
    }
}

/// What may be shown of a message.
fn shown(message: message::Model) -> message::Model {
    match message.recalled_at.or(message.removed_at) {
        None => message,
        Some(_) => message::Model {
            body: String::new(),
            folded: String::new(),
            listing_id: None,
            order_id: None,
            ..message
        },
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
    let mut lines: Vec<Line> = sql::all(db, &format!("{} {condition}", *SELECT), values).await?;
    let shown = lines
        .iter()
        .filter(|line| line.message.recalled_at.or(line.message.removed_at).is_none());
    let ids: Vec<MessageId> = shown.map(|line| line.message.id).collect();
    let mut images = images::of(db, &ids).await?;
    for line in &mut lines {
        line.images = images.remove(&line.message.id).unwrap_or_default();
    }
    Ok(lines)
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

/// The newest lines of some conversations: those of the ids, whoever asks.
pub(super) async fn some<C: ConnectionTrait>(db: &C, ids: &[MessageId]) -> Result<Vec<Line>, Fault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let condition = format!("WHERE m.id IN ({})", sql::places(1, ids.len()));
    all(db, &condition, ids.iter().map(|id| (*id).into()).collect()).await
}

#[cfg(test)]
mod tests {
    use entity::value::{ListingId, UserId};

    use super::*;

    #[test]
    fn nothing_is_shown_of_what_was_taken_back() {
        let message = message::Model {
            id: MessageId::new(),
            conversation_id: ConversationId::new(),
            seq: 3,
            sender_id: Some(UserId::new()),
            client_id: None,
            event_id: None,
            step: None,
            body: "too much".to_owned(),
            folded: "too much".to_owned(),
            listing_id: Some(ListingId::new()),
            order_id: None,
            created_at: Time(1),
            recalled_at: None,
            removed_at: None,
        };
        assert_eq!(shown(message.clone()), message);
        let recalled = shown(message::Model {
            recalled_at: Some(Time(2)),
            ..message
        });
        assert_eq!(
            (recalled.body.as_str(), recalled.folded.as_str(), recalled.listing_id),
            ("", "", None)
        );
    }
}
