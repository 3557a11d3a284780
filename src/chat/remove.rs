//! Takes a message away that broke the rules.

use entity::{
    conversation, message,
    value::{MessageId, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::store;
use crate::kernel::{Event, Fault, Tx};

/// Takes a member's message away for both, in the transaction of an admin who decided so. What it said stays on record. `false`: it was gone
/// already, or no member wrote it.
pub async fn remove(tx: &Tx, id: MessageId) -> Result<bool, Fault> {
    let update = message::Entity::update_many()
        .col_expr(message::Column::RemovedAt, Expr::value(tx.now()))
        .col_expr(message::Column::Folded, Expr::value(""))
        .filter(message::Column::Id.eq(id))
        .filter(message::Column::SenderId.is_not_null())
        .filter(message::Column::RemovedAt.is_null());
    if update.exec(tx.db()).await?.rows_affected == 0 {
        return Ok(false);
    }
    let (conversation, sender) = place(tx, id).await?;
    tx.emit(Event::MessageRemoved {
        message: id,
        conversation: conversation.id,
        sender,
        receiver: store::other_than(&conversation, sender),
    });
    Ok(true)
}

async fn place(tx: &Tx, id: MessageId) -> Result<(conversation::Model, UserId), Fault> {
    let missing = || Fault::internal("a removed message has no conversation");
    let row = message::Entity::find_by_id(id).one(tx.db()).await?.ok_or_else(missing)?;
    let conversation = conversation::Entity::find_by_id(row.conversation_id).one(tx.db()).await?;
    Ok((conversation.ok_or_else(missing)?, row.sender_id.ok_or_else(missing)?))
}
