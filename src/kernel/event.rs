//! What happened, for those whom it concerns. An event names ids; whoever reads it looks up what he may see.

use entity::{
    kinds::{CancelledBy, CaseStep, OfferStep, OrderState, QueueKind, ReportOutcome, ReportSubject, ReturnStep, StrikeKind, SubjectKind},
    value::{
        AnnouncementId, CaseId, ConversationId, DebtId, DepositId, ListingId, MessageId, Money, NoticeId, OfferId, OrderId, ReportId,
        SessionId, Time, UserId, WithdrawalId,
    },
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A fact, written in the transaction that made it true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "snake_case")]
#[allow(missing_docs, reason = "the fields are the ids that the variant's text names")]
pub enum Event {
    /// A real-name verification was decided.
    IdentityDecided { user: UserId, approved: bool },
    /// A real-name verification was given up, because nobody decided on it in time.
    IdentityLapsed { user: UserId },
    /// Somebody signed in with a client he had not used before.
    SignedInAnew { user: UserId, session: SessionId },
    /// A password was changed, or reset by mail.
    PasswordChanged { user: UserId },
    /// Another address was bound.
    EmailChanged { user: UserId },
    /// An admin or the operator blacklisted a user.
    UserBlacklisted { user: UserId },
    /// A user was taken off the blacklist.
    UserReinstated { user: UserId },
    /// A listing went to review.
    ListingSubmitted { listing: ListingId, seller: UserId },
    /// An admin approved a listing.
    ListingApproved { listing: ListingId, seller: UserId },
    /// An admin rejected a listing.
    ListingRejected { listing: ListingId, seller: UserId },
    /// A seller changed a listing: this is its version and price now. Whatever was about another version, or at this price or above, is over.
    ListingChanged {
        listing: ListingId,
        seller: UserId,
        version: i64,
        price: Money,
    },
    /// An admin took a listing away for good.
    ListingRemoved { listing: ListingId, seller: UserId },
    /// A deposit was credited.
    DepositCredited { deposit: DepositId, user: UserId },
    /// A deposit failed at the bank.
    DepositFailed { deposit: DepositId, user: UserId },
    /// The bank took a deposit back.
    DepositReversed { deposit: DepositId, user: UserId },
    /// A withdrawal was asked for.
    WithdrawalRequested { withdrawal: WithdrawalId, user: UserId },
    /// A withdrawal went to the bank.
    WithdrawalSent { withdrawal: WithdrawalId, user: UserId },
    /// A withdrawal was paid.
    WithdrawalPaid { withdrawal: WithdrawalId, user: UserId },
    /// A withdrawal was given back: taken back, rejected, failed or returned.
    WithdrawalGivenBack { withdrawal: WithdrawalId, user: UserId },
    /// The bank took a deposit back that was spent; what was not there is a debt to the platform.
    DepositShortfall { deposit: DepositId, user: UserId, debt: DebtId },
    /// Somebody owes another, or the platform, something.
    DebtOpened {
        debt: DebtId,
        debtor: UserId,
        creditor: Option<UserId>,
    },
    /// So much of a debt was paid out of the debtor's wallet.
    DebtPaid {
        debt: DebtId,
        debtor: UserId,
        creditor: Option<UserId>,
        amount: Money,
    },
    /// A debt was waived by its creditor or written off by the platform.
    DebtForgiven { debt: DebtId, debtor: UserId },
    /// A user's wallet was frozen.
    WalletFrozen { user: UserId },
    /// A user's wallet is open again.
    WalletThawed { user: UserId },
    /// An order was placed and paid.
    OrderPlaced { order: OrderId, buyer: UserId, seller: UserId },
    /// The seller handed the credentials over, or corrected them.
    OrderDelivered { order: OrderId, buyer: UserId, seller: UserId },
    /// The order completed, by the buyer or by the timer.
    OrderCompleted { order: OrderId, buyer: UserId, seller: UserId },
    /// An order waits for this user, and half or nine tenths of the wait, which ends at `due`, are over.
    OrderWaits { order: OrderId, user: UserId, due: Time },
    /// The order ended before delivery.
    OrderCancelled {
        order: OrderId,
        buyer: UserId,
        seller: UserId,
        by: CancelledBy,
    },
    /// The seller of an order that runs on was blacklisted. `due` is when its present wait ends.
    SellerExpelled {
        order: OrderId,
        buyer: UserId,
        state: OrderState,
        due: Option<Time>,
    },
    /// The buyer of an order that runs on was blacklisted. `due` is when its present wait ends.
    BuyerExpelled {
        order: OrderId,
        seller: UserId,
        state: OrderState,
        due: Option<Time>,
    },
    /// An offer was made, answered, or ended.
    OfferMoved {
        offer: OfferId,
        buyer: UserId,
        seller: UserId,
        step: OfferStep,
    },
    /// An offer led to an order, which the buyer has to pay.
    OrderAgreed { order: OrderId, buyer: UserId, seller: UserId },
    /// An order ended before it was paid.
    OrderUnpaid {
        order: OrderId,
        buyer: UserId,
        seller: UserId,
        by: CancelledBy,
    },
    /// The return of an order took a step, or ended it.
    ReturnMoved {
        order: OrderId,
        buyer: UserId,
        seller: UserId,
        step: ReturnStep,
    },
    /// A party of an order wrote what the other was like.
    ReviewWritten { order: OrderId, author: UserId, subject: UserId },
    /// A trader was given a strike for what he did with an order.
    StrikeGiven { user: UserId, order: OrderId, strike: StrikeKind },
    /// A trader has so many strikes that somebody should look; the order is that of the last of them.
    TraderSuspected { user: UserId, order: OrderId },
    /// A case about an order took a step, or ended. `by` took it; none: it came by itself.
    CaseMoved {
        case: CaseId,
        order: OrderId,
        buyer: UserId,
        seller: UserId,
        step: CaseStep,
        by: Option<UserId>,
    },
    /// So many claims of a buyer were rejected that somebody should look; the case is the last of them.
    ClaimantSuspected { user: UserId, case: CaseId },
    /// The proceeds of an order became available.
    ProceedsSettled { order: OrderId, seller: UserId },
    /// A chat message was sent.
    MessageSent {
        message: MessageId,
        conversation: ConversationId,
        sender: UserId,
        receiver: UserId,
    },
    /// A chat message was taken back.
    MessageRecalled {
        message: MessageId,
        conversation: ConversationId,
        sender: UserId,
        receiver: UserId,
    },
    /// An admin took a chat message away.
    MessageRemoved {
        message: MessageId,
        conversation: ConversationId,
        sender: UserId,
        receiver: UserId,
    },
    /// The platform told both members of a conversation of a step of their order.
    OrderLineWritten {
        message: MessageId,
        conversation: ConversationId,
        buyer: UserId,
        seller: UserId,
    },
    /// A user was flagged in chat so often that somebody should look.
    ChatSuspected { user: UserId, message: MessageId },
    /// A listed word was seen in a chat message.
    ListedWordSeen { user: UserId, message: MessageId },
    /// The account of an order was delivered in an earlier order, too, which still holds.
    AccountSoldTwice { order: OrderId, seller: UserId, earlier: OrderId },
    /// An admin decided on what was reported about a user.
    ReportDecided {
        report: ReportId,
        user: UserId,
        subject: ReportSubject,
        outcome: ReportOutcome,
    },
    /// A member read a conversation up to a message.
    ConversationRead {
        conversation: ConversationId,
        reader: UserId,
        other: UserId,
        seq: i64,
    },
    /// Something that many hear by a stream of their own.
    ForMany(ForMany),
    /// A notice was made.
    NoticeCreated { notice: NoticeId, user: UserId },
    /// Notices were read.
    NoticesRead { user: UserId },
}

/// What many hear. The relay alone puts it into the stream of the staff, or of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case", rename_all_fields = "snake_case")]
#[allow(missing_docs, reason = "the fields are the ids that the variant's text names")]
pub enum ForMany {
    /// What waits for admins changed: something came, was claimed or given back, or was decided.
    QueueMoved { queue: QueueKind },
    /// Some things wait for 24 hours and no admin has taken them; the subject is the oldest of them.
    QueueOverdue {
        queue: QueueKind,
        kind_of: SubjectKind,
        subject: Uuid,
        count: i64,
    },
    /// An admin announced something to everybody.
    AnnouncementMade { announcement: AnnouncementId },
    /// An announcement was taken back.
    AnnouncementRetracted { announcement: AnnouncementId },
}

impl Event {
    /// What waits for admins in a queue changed.
    #[must_use]
    pub const fn queue_moved(queue: QueueKind) -> Self {
        Self::ForMany(ForMany::QueueMoved { queue })
    }

    /// The users in whose streams it is written when its transaction commits. Who is suspected is not told; who reported something hears so by a
    /// notice alone, which names nobody.
    #[must_use]
    pub fn audience(&self) -> Vec<UserId> {
        match *self {
            Self::IdentityDecided { user, .. }
            | Self::IdentityLapsed { user }
            | Self::SignedInAnew { user, .. }
            | Self::PasswordChanged { user }
            | Self::EmailChanged { user }
            | Self::UserBlacklisted { user }
            | Self::UserReinstated { user }
            | Self::DepositCredited { user, .. }
            | Self::DepositFailed { user, .. }
            | Self::DepositReversed { user, .. }
            | Self::WithdrawalRequested { user, .. }
            | Self::WithdrawalSent { user, .. }
            | Self::WithdrawalPaid { user, .. }
            | Self::WithdrawalGivenBack { user, .. }
            | Self::WalletFrozen { user }
            | Self::WalletThawed { user }
            | Self::DebtForgiven { debtor: user, .. }
            | Self::OrderWaits { user, .. }
            | Self::StrikeGiven { user, .. }
            | Self::SellerExpelled { buyer: user, .. }
            | Self::ReportDecided { user, .. }
            | Self::NoticeCreated { user, .. }
            | Self::NoticesRead { user } => vec![user],
            Self::ListingSubmitted { seller, .. }
            | Self::ListingApproved { seller, .. }
            | Self::ListingRejected { seller, .. }
            | Self::ListingChanged { seller, .. }
            | Self::ListingRemoved { seller, .. }
            | Self::BuyerExpelled { seller, .. }
            | Self::ProceedsSettled { seller, .. } => vec![seller],
            Self::OrderPlaced { buyer, seller, .. }
            | Self::OrderDelivered { buyer, seller, .. }
            | Self::OrderCompleted { buyer, seller, .. }
            | Self::OrderCancelled { buyer, seller, .. }
            | Self::OfferMoved { buyer, seller, .. }
            | Self::OrderAgreed { buyer, seller, .. }
            | Self::OrderUnpaid { buyer, seller, .. }
            | Self::ReturnMoved { buyer, seller, .. }
            | Self::OrderLineWritten { buyer, seller, .. } => vec![buyer, seller],
            Self::CaseMoved { buyer, seller, step, .. } if step.is_for_parties() => vec![buyer, seller],
            Self::MessageSent { sender, receiver, .. }
            | Self::MessageRecalled { sender, receiver, .. }
            | Self::MessageRemoved { sender, receiver, .. } => vec![sender, receiver],
            Self::DebtOpened { debtor, creditor, .. } | Self::DebtPaid { debtor, creditor, .. } => {
                std::iter::once(debtor).chain(creditor).collect()
            }
            Self::ReviewWritten { author, subject, .. } => vec![author, subject],
            Self::ChatSuspected { .. }
            | Self::TraderSuspected { .. }
            | Self::ClaimantSuspected { .. }
            | Self::CaseMoved { .. }
            | Self::DepositShortfall { .. }
            | Self::ListedWordSeen { .. }
            | Self::AccountSoldTwice { .. }
            | Self::ForMany(_) => Vec::new(),
            Self::ConversationRead { reader, other, .. } => vec![reader, other],
        }
    }

    /// Whether reactions wait for it. The rest only travels to those who listen.
    #[must_use]
    pub const fn has_reactions(&self) -> bool {
        !matches!(
            self,
            Self::MessageSent { .. }
                | Self::MessageRecalled { .. }
                | Self::MessageRemoved { .. }
                | Self::OrderLineWritten { .. }
                | Self::ConversationRead { .. }
                | Self::NoticeCreated { .. }
                | Self::NoticesRead { .. }
        )
    }
}

/// The stream of what concerns one user.
#[must_use]
pub fn user_stream(user: UserId) -> String {
    format!("user:{user}")
}

/// The stream of what admins look after. Only the relay writes it, so that nobody who trades waits for its head.
pub const STAFF_STREAM: &str = "staff";

/// The stream of what concerns everybody. Only the relay writes it, too.
pub const ALL_STREAM: &str = "all";

/// The bus topic that wakes the sockets of a session, to look whether it still lives.
#[must_use]
pub fn session_topic(session: SessionId) -> String {
    format!("session:{session}")
}

/// The bus topic that wakes the relay.
pub const OUTBOX_TOPIC: &str = "outbox";
