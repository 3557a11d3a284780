//! What can be reported, and by whom.

use entity::{
    kinds::ReportSubject,
    message, standing,
    value::{ListingId, MessageId, UserId},
};
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

use crate::{
    chat,
    kernel::Fault,
    market::{self, find::is_shown_to},
};

/// A thing that is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub enum Subject {
    /// A user.
    User(UserId),
    /// A listing.
    Listing(ListingId),
    /// A chat message.
    Message(MessageId),
}

impl Subject {
    /// What kind of thing it is.
    #[must_use]
    pub const fn kind(self) -> ReportSubject {
        match self {
            Self::User(_) => ReportSubject::User,
            Self::Listing(_) => ReportSubject::Listing,
            Self::Message(_) => ReportSubject::Message,
        }
    }

    /// Its bare id.
    #[must_use]
    pub const fn id(self) -> Uuid {
        match self {
            Self::User(id) => id.0,
            Self::Listing(id) => id.0,
            Self::Message(id) => id.0,
        }
    }

    /// From what a row holds.
    #[must_use]
    pub const fn of(kind: ReportSubject, id: Uuid) -> Self {
        match kind {
            ReportSubject::User => Self::User(UserId(id)),
            ReportSubject::Listing => Self::Listing(ListingId(id)),
            ReportSubject::Message => Self::Message(MessageId(id)),
        }
    }
}

/// Whom a thing is about, as far as `reporter` can see it: an open account, a listing that is shown to him, a member's message in a conversation
/// of his, taken back or not. None: there is no such thing for him. A block hides nothing here and says nothing.
pub(super) async fn whom<C: ConnectionTrait>(db: &C, subject: Subject, reporter: UserId) -> Result<Option<UserId>, Fault> {
    Ok(match subject {
        Subject::User(id) => {
            let standing = standing::Entity::find_by_id(id).one(db).await?;
            standing.filter(|standing| standing.closed_at.is_none()).map(|_| id)
        }
        Subject::Listing(id) => {
            let listing = market::store::get(db, id).await?;
            listing
                .filter(|listing| is_shown_to(listing, reporter))
                .map(|listing| listing.seller_id)
        }
        Subject::Message(id) => {
            let Some(message) = message::Entity::find_by_id(id).one(db).await? else {
                return Ok(None);
            };
            let member = chat::store::of_member(db, message.conversation_id, reporter).await?;
            message.sender_id.filter(|_| member.is_some())
        }
    })
}
