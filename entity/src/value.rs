//! Ids, money, time and states as types.

use std::fmt;

use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, DeriveValueType)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id, later than those made before it.
            #[must_use]
            #[allow(clippy::new_without_default, reason = "an id has no default")]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    )+};
}

ids! {
    /// A user.
    UserId,
    /// A session: one sign-in on one device.
    SessionId,
    /// A game of the catalogue.
    GameId,
    /// A server of a game.
    ServerId,
    /// Something that a game asks of its listings.
    AttributeId,
    /// An account offered for sale.
    ListingId,
    /// An uploaded image.
    ImageId,
    /// One purchase.
    OrderId,
    /// A buyer's price for a listing.
    OfferId,
    /// Something that proves something about an order.
    EvidenceId,
    /// An account of the ledger.
    AccountId,
    /// A movement of money between two accounts.
    TransferId,
    /// Money on its way in.
    DepositId,
    /// Money on its way out.
    WithdrawalId,
    /// Where a user wants his money paid.
    PayoutAccountId,
    /// A conversation of two users.
    ConversationId,
    /// A chat message.
    MessageId,
    /// Something that was reported.
    ReportId,
    /// What somebody says of something that is reported.
    ComplaintId,
    /// A notice to a user.
    NoticeId,
    /// An event of the log or the outbox.
    EventId,
    /// A row of the audit log.
    AuditId,
    /// A reason for which a wallet is frozen.
    FreezeId,
    /// What a user owes.
    DebtId,
    /// What made a debt smaller.
    DebtChangeId,
    /// What an admin decided about money.
    MoneyDecisionId,
    /// Something in which the bank's book and ours differ.
    BankDifferenceId,
    /// What the platform announces to everybody.
    AnnouncementId,
    /// A case about an order.
    CaseId,
    /// A settlement that somebody proposed in a case.
    CaseProposalId,
    /// A message in the room of a case.
    CaseMessageId,
    /// A ruling that waits for a second admin.
    CaseRulingId,
}

/// An amount in fen (1/100 CNY).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize, DeriveValueType)]
#[serde(transparent)]
pub struct Money(pub i64);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// An amount of whole yuan.
    #[must_use]
    pub const fn yuan(yuan: i64) -> Self {
        Self(yuan * 100)
    }

    /// `basis_points`/10,000 of it, rounded down to the fen.
    #[must_use]
    pub fn share(self, basis_points: i32) -> Self {
        let part = i128::from(self.0) * i128::from(basis_points) / 10_000;
        Self(i64::try_from(part).expect("a share of at most everything fits where the whole fits"))
    }
}

impl std::ops::Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.checked_add(other.0).expect("amounts are bounded far below i64"))
    }
}

impl std::ops::Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.checked_sub(other.0).expect("amounts are bounded far below i64"))
    }
}

impl std::ops::Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl std::iter::Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, |sum, amount| sum + amount)
    }
}

/// Prints yuan with two digits, as `-12.05`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize, DeriveValueType)]
#[serde(transparent)]
pub struct Time(pub i64);

impl Time {
    /// This moment and `millis` more.
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0 + millis)
    }
    /// This moment and `seconds` more.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0 + seconds * 1_000)
    }
    /// This moment and `minutes` more.
    #[must_use]
    pub const fn plus_minutes(self, minutes: i64) -> Self {
        self.plus_seconds(minutes * 60)
    }
    /// This moment and `hours` more.
    #[must_use]
    pub const fn plus_hours(self, hours: i64) -> Self {
        self.plus_minutes(hours * 60)
    }
    /// This moment and `days` of 24 hours more.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_hours(days * 24)
    }
    /// Milliseconds from `earlier` to this moment.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }
}
