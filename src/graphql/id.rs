//! Global ids: opaque, and of one kind each. A text that is no id of the kind asked for is as good as an id of nothing.

use async_graphql::ID;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::value::{
    AnnouncementId, AuditId, BankDifferenceId, CaseId, CaseRulingId, ComplaintId, ConversationId, DebtId, DepositId, GameId, ImageId,
    ListingId, MessageId, MoneyDecisionId, NoticeId, OfferId, OrderId, PayoutAccountId, ReportId, ServerId, SessionId, UserId,
    WithdrawalId,
};
use uuid::Uuid;

use super::errors::{Failure, FieldCode};

/// A kind of id that clients see.
pub trait Global: Copy {
    /// The kind's number, for good.
    const TAG: u8;
    /// The bare id.
    fn uuid(self) -> Uuid;
    /// From the bare id.
    fn of(id: Uuid) -> Self;
}

macro_rules! global {
    ($($name:ident = $tag:literal),+ $(,)?) => {$(
        impl Global for $name {
            const TAG: u8 = $tag;
            fn uuid(self) -> Uuid { self.0 }
            fn of(id: Uuid) -> Self { Self(id) }
        }
    )+};
}

global! {
    UserId = 1, SessionId = 2, GameId = 3, ServerId = 4, ListingId = 5, ImageId = 6, OrderId = 7, DepositId = 8, WithdrawalId = 9,
    PayoutAccountId = 10, ConversationId = 11, MessageId = 12, NoticeId = 13,
    OfferId = 20,
    ReportId = 60, ComplaintId = 61,
    DebtId = 30, MoneyDecisionId = 31, BankDifferenceId = 32,
    CaseId = 40, CaseRulingId = 41,
    AnnouncementId = 50, AuditId = 51,
}

/// The id as clients see it.
pub fn encode<T: Global>(id: T) -> ID {
    let mut bytes = [T::TAG; 17];
    bytes[1..].copy_from_slice(id.uuid().as_bytes());
    ID(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

/// The tag and the bare id within a text, if it is one of ours.
#[must_use]
pub fn open(id: &ID) -> Option<(u8, Uuid)> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(id.as_str()).ok()?;
    let (tag, rest) = bytes.split_first()?;
    Some((*tag, Uuid::from_slice(rest).ok()?))
}

/// Reads an id of one kind; anything else is `NOT_FOUND`.
pub fn decode<T: Global>(id: &ID) -> Result<T, Failure> {
    match open(id) {
        Some((tag, id)) if tag == T::TAG => Ok(T::of(id)),
        _ => Err(Failure::Field(FieldCode::NotFound)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_of_one_kind() {
        let listing = ListingId::new();
        let id = encode(listing);
        assert_eq!(decode::<ListingId>(&id).ok(), Some(listing));
        assert!(decode::<OrderId>(&id).is_err());
        for text in ["", "x", "AAAA", &listing.to_string()] {
            assert!(decode::<ListingId>(&ID::from(text)).is_err(), "{text}");
        }
    }
}
