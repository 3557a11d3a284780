//! The platform's own lines: a step of an order, told to its two parties in their conversation. No right of a user leads here.

use entity::{
    kinds::ChatStep,
    message,
    value::{EventId, MessageId, OrderId, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::store;
use crate::kernel::{Event, Fault, Tx, policy::System};

/// What the platform tells the parties of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderLine {
    /// The event that it tells of; each is told once.
    pub event: EventId,
    /// What happened.
    pub step: ChatStep,
    /// To which order.
    pub order: OrderId,
    /// Who bought.
    pub buyer: UserId,
    /// Who sold.
    pub seller: UserId,
}

/// Writes a line into the conversation of an order's parties, which begins with it if they have not written yet.
///
/// It counts against nobody's limits and comes through whoever blocked whom. Told again, the same event adds nothing.
pub async fn tell(tx: &Tx, _: System, line: &OrderLine) -> Result<(), Fault> {
    // Of two who tell at once one meets the unique event id, rolls back, and finds it told when it tries again.
    if is_told(tx, line.event).await? {
        return Ok(());
    }
    let conversation = store::open(tx, line.buyer, line.seller).await?;
    let message = message::Model {
        id: MessageId::new(),
        conversation_id: conversation.id,
        seq: store::next_seq(tx, conversation.id, None).await?,
        sender_id: None,
        client_id: None,
        event_id: Some(line.event),
        step: Some(line.step),
        body: String::new(),
        folded: String::new(),
        listing_id: None,
        order_id: Some(line.order),
        created_at: tx.now(),
        recalled_at: None,
        removed_at: None,
    };
    store::insert(tx, &message).await?;
    tx.emit(Event::OrderLineWritten {
        message: message.id,
        conversation: conversation.id,
        buyer: line.buyer,
        seller: line.seller,
    });
    Ok(())
}

async fn is_told(tx: &Tx, event: EventId) -> Result<bool, Fault> {
    let told = message::Entity::find().filter(message::Column::EventId.eq(event));
    Ok(told.count(tx.db()).await? > 0)
}
