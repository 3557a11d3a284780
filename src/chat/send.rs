//! Sends a message.

use entity::{
    conversation,
    kinds::FlagKind,
    message,
    value::{ConversationId, ImageId, ListingId, MessageId, OrderId, Time, UserId},
};
use uuid::Uuid;

use super::{
    contact, images,
    line::{self, Line},
    reach::{Reach, reach},
    search::fold,
    store,
};
use crate::{
    kernel::{
        Env, Event, Fault, Tx,
        policy::Trader,
        text::{TextError, clean_text},
    },
    market,
    media::AttachError,
    order,
};

/// Characters of a message.
pub const TEXT: usize = 2_000;
/// Images of a message.
pub const IMAGES: usize = 9;
/// How many messages a user may send in a minute.
pub const A_MINUTE: u64 = 60;
/// How many conversations a user may begin in 24 hours.
pub const BEGUN_A_DAY: u64 = 20;
/// So many flagged messages …
const SUSPECT_FLAGS: u64 = 5;
/// … in so many days, and somebody looks at their sender.
const SUSPECT_DAYS: i64 = 7;

/// To whom a message goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// A user, in the conversation with him, which begins if there is none.
    User(UserId),
    /// A conversation of the sender.
    Conversation(ConversationId),
}

/// A message to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendMessage {
    /// To whom.
    pub to: To,
    /// The sender's own id of it: sent again, it is the same message.
    pub client_id: Uuid,
    /// The text; empty when images or a card say all.
    pub text: String,
    /// The sender's own unused chat images, at most [`IMAGES`].
    pub images: Vec<ImageId>,
    /// The listing it is about.
    pub listing: Option<ListingId>,
    /// The order of the two members that it is about.
    pub order: Option<OrderId>,
}

/// A message that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The message.
    pub line: Line,
    /// What its sender is warned of.
    pub warning: Option<FlagKind>,
}

/// Why a message was not sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// There is no such user, conversation, listing or order for him.
    #[error("no such receiver, listing or order")]
    NotFound,
    /// One does not write to oneself.
    #[error("one does not write to oneself")]
    Oneself,
    /// The other side cannot be written to.
    #[error("the receiver cannot be written to")]
    ReceiverNotAvailable,
    /// The text is not taken.
    #[error("text: {0}")]
    Text(TextError),
    /// Neither text nor image nor card.
    #[error("the message is empty")]
    Empty,
    /// Over [`IMAGES`] images.
    #[error("too many images")]
    ImageCount,
    /// An image is named twice, not his, for something else, or in use.
    #[error("an image cannot be used")]
    ImageNotUsable,
    /// [`A_MINUTE`] were sent in the last minute.
    #[error("too many messages; again in {seconds} s")]
    TooFast {
        /// Seconds until the next one.
        seconds: i64,
    },
    /// [`BEGUN_A_DAY`] conversations were begun in the last 24 hours.
    #[error("too many new conversations; again in {minutes} min")]
    TooManyNew {
        /// Minutes until the next one.
        minutes: i64,
    },
    /// The client id was used for another message.
    #[error("the client id was used for another message")]
    ClientIdReused,
    /// Since the request began he lost the right to write.
    #[error("the sender may not write any more")]
    MayNotWrite,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<AttachError> for SendError {
    fn from(error: AttachError) -> Self {
        match error {
            AttachError::NotFound => Self::NotFound,
            AttachError::NotUsable => Self::ImageNotUsable,
            AttachError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Sends a message. Sending it again with the same client id answers the first one, whatever limits say by then.
pub async fn send(env: &Env, sender: Trader, ask: &SendMessage) -> Result<Sent, SendError> {
    let text = check(ask)?;
    let tx = env.begin().await?;
    if !store::hold_writer(&tx, sender.id()).await? {
        return Err(SendError::MayNotWrite);
    }
    if let Some(first) = store::sent(tx.db(), sender.id(), ask.client_id).await? {
        return repeat(&tx, sender, first, ask, &text).await;
    }
    let receiver = receiver(&tx, sender, ask.to).await?;
    check_about(&tx, sender, receiver, ask).await?;
    check_pace(&tx, sender).await?;
    let conversation = conversation(&tx, sender, receiver).await?;
    let message = message::Model {
        id: MessageId::new(),
        conversation_id: conversation.id,
        seq: store::next_seq(&tx, conversation.id, Some(sender.id())).await?,
        sender_id: Some(sender.id()),
        client_id: Some(ask.client_id),
        event_id: None,
        step: None,
        folded: fold(&text),
        body: text,
        listing_id: ask.listing,
        order_id: ask.order,
        created_at: tx.now(),
        recalled_at: None,
        removed_at: None,
    };
    store::insert(&tx, &message).await?;
    images::attach(&tx, sender, message.id, &ask.images).await?;
    watch(&tx, sender, &message).await?;
    tx.emit(Event::MessageSent {
        message: message.id,
        conversation: conversation.id,
        sender: sender.id(),
        receiver,
    });
    let sent = written(&tx, message.id).await?;
    tx.commit().await?;
    Ok(sent)
}

/// Flags a message that smuggles a contact or holds a listed word. One with a listed word is looked at, and so is somebody who is flagged again and
/// again.
async fn watch(tx: &Tx, sender: Trader, message: &message::Model) -> Result<(), Fault> {
    let Some(kind) = contact::look(&message.body) else { return Ok(()) };
    if kind == FlagKind::ListedWord {
        tx.emit(Event::ListedWordSeen {
            user: sender.id(),
            message: message.id,
        });
    }
    let flags = store::flag(tx, message, sender.id(), kind, tx.now().plus_days(-SUSPECT_DAYS)).await?;
    if flags.is_multiple_of(SUSPECT_FLAGS) {
        tx.emit(Event::ChatSuspected {
            user: sender.id(),
            message: message.id,
        });
        tracing::info!(user = %sender.id(), flags, "a user is suspected of smuggling contacts");
    }
    Ok(())
}

/// The text, cleaned, if nothing is wrong with the message by itself.
fn check(ask: &SendMessage) -> Result<String, SendError> {
    let text = clean_text(&ask.text, 0..=TEXT).map_err(SendError::Text)?;
    if ask.images.len() > IMAGES {
        return Err(SendError::ImageCount);
    }
    if text.is_empty() && ask.images.is_empty() && ask.listing.is_none() && ask.order.is_none() {
        return Err(SendError::Empty);
    }
    Ok(text)
}

/// The message that was sent under this client id before, if it was this one.
async fn repeat(tx: &Tx, sender: Trader, first: message::Model, ask: &SendMessage, text: &str) -> Result<Sent, SendError> {
    let conversation = match ask.to {
        To::User(user) => store::between(tx.db(), sender.id(), user).await?.map(|found| found.id),
        To::Conversation(id) => Some(id),
    };
    let images = images::of(tx.db(), &[first.id]).await?.remove(&first.id).unwrap_or_default();
    let same = conversation == Some(first.conversation_id)
        && first.body == text
        && images.iter().map(|image| image.id).eq(ask.images.iter().copied())
        && first.listing_id == ask.listing
        && first.order_id == ask.order;
    if same {
        Ok(written(tx, first.id).await?)
    } else {
        Err(SendError::ClientIdReused)
    }
}

async fn written(tx: &Tx, id: MessageId) -> Result<Sent, Fault> {
    let line = line::one(tx.db(), id).await?;
    Ok(Sent {
        line: line.ok_or_else(|| Fault::internal("a message that was written has no row"))?,
        warning: store::flag_of(tx.db(), id).await?,
    })
}

async fn receiver(tx: &Tx, sender: Trader, to: To) -> Result<UserId, SendError> {
    let receiver = match to {
        To::User(user) if user == sender.id() => return Err(SendError::Oneself),
        To::User(user) => user,
        To::Conversation(id) => {
            let conversation = store::of_member(tx.db(), id, sender.id()).await?.ok_or(SendError::NotFound)?;
            store::other_than(&conversation, sender.id())
        }
    };
    match reach(tx.db(), sender.id(), receiver).await? {
        Reach::Open => Ok(receiver),
        Reach::Closed => Err(SendError::ReceiverNotAvailable),
        Reach::Nobody => Err(SendError::NotFound),
    }
}

/// A card shows what its sender may see: a listing, or an order of these two.
async fn check_about(tx: &Tx, sender: Trader, receiver: UserId, ask: &SendMessage) -> Result<(), SendError> {
    if let Some(id) = ask.listing {
        let listing = market::store::get(tx.db(), id).await?;
        listing
            .filter(|listing| market::find::is_shown_to(listing, sender.id()))
            .ok_or(SendError::NotFound)?;
    }
    if let Some(id) = ask.order {
        let order = order::store::of_party(tx.db(), id, sender.id()).await?;
        order
            .filter(|order| order.buyer_id == receiver || order.seller_id == receiver)
            .ok_or(SendError::NotFound)?;
    }
    Ok(())
}

async fn check_pace(tx: &Tx, sender: Trader) -> Result<(), SendError> {
    let oldest = store::nth_sent(tx, sender.id(), A_MINUTE).await?;
    match oldest.and_then(|oldest| wait(oldest.plus_minutes(1), tx.now())) {
        Some(millis) => Err(SendError::TooFast {
            seconds: millis.div_euclid(1_000) + 1,
        }),
        None => Ok(()),
    }
}

/// The conversation with the receiver, begun if there is none and he may begin another.
async fn conversation(tx: &Tx, sender: Trader, receiver: UserId) -> Result<conversation::Model, SendError> {
    if let Some(found) = store::between(tx.db(), sender.id(), receiver).await? {
        return Ok(found);
    }
    let oldest = store::nth_begun(tx, sender.id(), BEGUN_A_DAY).await?;
    match oldest.and_then(|oldest| wait(oldest.plus_hours(24), tx.now())) {
        Some(millis) => Err(SendError::TooManyNew {
            minutes: millis.div_euclid(60_000) + 1,
        }),
        None => Ok(store::open(tx, sender.id(), receiver).await?),
    }
}

/// Milliseconds from now until then; none if then has come.
fn wait(then: Time, now: Time) -> Option<i64> {
    let millis = then.since(now);
    (millis > 0).then_some(millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(text: &str) -> SendMessage {
        SendMessage {
            to: To::User(UserId::new()),
            client_id: Uuid::now_v7(),
            text: text.to_owned(),
            images: Vec::new(),
            listing: None,
            order: None,
        }
    }

    #[test]
    fn a_message_says_something_and_not_too_much() {
        assert_eq!(check(&ask(" hello\r\nthere ")).as_deref(), Ok("hello\nthere"));
        assert_eq!(check(&ask("  ")), Err(SendError::Empty));
        assert_eq!(check(&ask(&"好".repeat(2_000))).map(|text| text.chars().count()), Ok(2_000));
        assert_eq!(
            check(&ask(&"好".repeat(2_001))),
            Err(SendError::Text(TextError::TooLong { max: TEXT }))
        );
        assert_eq!(check(&ask("pay\u{202E}001")), Err(SendError::Text(TextError::ForbiddenCharacter)));
        let card = SendMessage {
            listing: Some(ListingId::new()),
            ..ask("")
        };
        assert_eq!(check(&card).as_deref(), Ok(""));
        let album = |count| SendMessage {
            images: vec![ImageId::new(); count],
            ..ask("")
        };
        assert_eq!(check(&album(9)).as_deref(), Ok(""));
        assert_eq!(check(&album(10)), Err(SendError::ImageCount));
    }

    #[test]
    fn the_wait_ends_at_its_moment() {
        assert_eq!(wait(Time(1_000), Time(999)), Some(1));
        assert_eq!(wait(Time(1_000), Time(1_000)), None);
    }
}
