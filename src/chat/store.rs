//! The rows of conversations and messages, and the guarded statements that change them.
//!
//! A conversation is locked after the standing of its writer, after listings and orders, and before the event heads.

use entity::{
    conversation::{Column, Entity, Model},
    message, standing,
    value::{ConversationId, Time, UserId},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::kernel::{Fault, Tx, sql};

/// Makes the messages of one user wait for each other: twins of one client id, and what counts against his limits. `false`: he may not write.
pub async fn hold_writer(tx: &Tx, writer: UserId) -> Result<bool, Fault> {
    let standing = standing::Entity::find_by_id(writer).lock_exclusive().one(tx.db()).await?;
    Ok(standing.is_some_and(|standing| !standing.blacklisted))
}

/// Whether somebody can be written to. None: there is nobody of this id.
pub async fn can_read<C: ConnectionTrait>(db: &C, user: UserId) -> Result<Option<bool>, Fault> {
    let standing = standing::Entity::find_by_id(user).one(db).await?;
    Ok(standing.map(|standing| !standing.blacklisted))
}

/// The two members in the order of the columns.
#[must_use]
pub fn pair(one: UserId, other: UserId) -> (UserId, UserId) {
    if one < other { (one, other) } else { (other, one) }
}

/// The conversation of two users.
pub async fn between<C: ConnectionTrait>(db: &C, one: UserId, other: UserId) -> Result<Option<Model>, Fault> {
    let (low, high) = pair(one, other);
    let found = Entity::find().filter(Column::LowId.eq(low)).filter(Column::HighId.eq(high));
    Ok(found.one(db).await?)
}

/// A conversation of this member.
pub async fn of_member<C: ConnectionTrait>(db: &C, id: ConversationId, member: UserId) -> Result<Option<Model>, Fault> {
    let found = Entity::find_by_id(id).one(db).await?;
    Ok(found.filter(|conversation| is_member(conversation, member)))
}

/// Whether a conversation is his.
#[must_use]
pub fn is_member(conversation: &Model, user: UserId) -> bool {
    conversation.low_id == user || conversation.high_id == user
}

/// The other member.
#[must_use]
pub fn other_than(conversation: &Model, member: UserId) -> UserId {
    if conversation.low_id == member {
        conversation.high_id
    } else {
        conversation.low_id
    }
}

/// The conversation of two users, begun now unless it is there. Both may begin it at once: one row comes of it.
pub async fn open(tx: &Tx, by: UserId, other: UserId) -> Result<Model, Fault> {
    let (low_id, high_id) = pair(by, other);
    let row = Model {
        id: ConversationId::new(),
        low_id,
        high_id,
        started_by: by,
        created_at: tx.now(),
        last_seq: 0,
        last_at: tx.now(),
        low_read_seq: 0,
        high_read_seq: 0,
    };
    Entity::insert(row.into_active_model())
        .on_conflict_do_nothing_on([Column::LowId, Column::HighId])
        .exec_without_returning(tx.db())
        .await?;
    let found = between(tx.db(), by, other).await?;
    found.ok_or_else(|| Fault::internal("a conversation that was begun has no row"))
}

/// Takes the next number of a conversation, which stays locked until the end, so that numbers are dense. Whoever writes has read what is there.
pub async fn next_seq(tx: &Tx, conversation: ConversationId, writer: Option<UserId>) -> Result<i64, Fault> {
    let raise = "UPDATE conversations SET last_seq = last_seq + 1, last_at = CASE WHEN last_at > $2 THEN last_at ELSE $2 END, \
        low_read_seq = CASE WHEN low_id = $3 THEN last_seq + 1 ELSE low_read_seq END, \
        high_read_seq = CASE WHEN high_id = $3 THEN last_seq + 1 ELSE high_read_seq END WHERE id = $1 RETURNING last_seq";
    let row = sql::one(tx.db(), raise, vec![conversation.into(), tx.now().into(), writer.into()]).await?;
    Ok(row
        .ok_or_else(|| Fault::internal("a conversation is gone"))?
        .try_get("", "last_seq")?)
}

/// Moves a member's marker on. `false`: it is there or further already, or there is no such line yet.
pub async fn mark_read(tx: &Tx, conversation: ConversationId, reader: UserId, seq: i64) -> Result<bool, Fault> {
    let mut moved = 0;
    for (member, marker) in [("low_id", "low_read_seq"), ("high_id", "high_read_seq")] {
        let mark = format!("UPDATE conversations SET {marker} = $3 WHERE id = $1 AND {member} = $2 AND {marker} < $3 AND last_seq >= $3");
        moved += sql::run(tx.db(), &mark, vec![conversation.into(), reader.into(), seq.into()]).await?;
    }
    Ok(moved == 1)
}

/// What this sender has written under his own id of it.
pub async fn sent<C: ConnectionTrait>(db: &C, sender: UserId, client_id: Uuid) -> Result<Option<message::Model>, Fault> {
    let found = message::Entity::find()
        .filter(message::Column::SenderId.eq(sender))
        .filter(message::Column::ClientId.eq(client_id));
    Ok(found.one(db).await?)
}

/// Writes a line.
pub async fn insert(tx: &Tx, message: &message::Model) -> Result<(), Fault> {
    message::Entity::insert(message.clone().into_active_model())
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// When a user wrote his `nth` newest message, counted from 1; none if he has not written so many.
pub async fn nth_sent(tx: &Tx, sender: UserId, nth: u64) -> Result<Option<Time>, Fault> {
    let found = message::Entity::find()
        .filter(message::Column::SenderId.eq(sender))
        .order_by_desc(message::Column::CreatedAt)
        .offset(nth - 1);
    Ok(found.one(tx.db()).await?.map(|message| message.created_at))
}

/// When a user began his `nth` newest conversation, counted from 1; none if he has not begun so many.
pub async fn nth_begun(tx: &Tx, user: UserId, nth: u64) -> Result<Option<Time>, Fault> {
    let found = Entity::find()
        .filter(Column::StartedBy.eq(user))
        .order_by_desc(Column::CreatedAt)
        .offset(nth - 1);
    Ok(found.one(tx.db()).await?.map(|conversation| conversation.created_at))
}

/// How many lines a member has not read, in all his conversations.
pub async fn unread<C: ConnectionTrait>(db: &C, member: UserId) -> Result<i64, Fault> {
    let count = "SELECT CAST(COALESCE(SUM(unread), 0) AS bigint) AS unread FROM (\
        SELECT last_seq - low_read_seq AS unread FROM conversations WHERE low_id = $1 UNION ALL \
        SELECT last_seq - high_read_seq AS unread FROM conversations WHERE high_id = $1) u";
    let row = sql::one(db, count, vec![member.into()]).await?;
    Ok(row.ok_or_else(|| Fault::internal("a sum gave no row"))?.try_get("", "unread")?)
}
