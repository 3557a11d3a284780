//! System messages, as their readers see them.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use entity::{
    kinds, notice,
    value::{
        AnnouncementId, BankDifferenceId, CaseId, ComplaintId, DebtId, DepositId, GameId, ListingId, MoneyDecisionId, NoticeId, OfferId,
        OrderId, ReportId, UserId, WithdrawalId,
    },
};

use super::{
    auth::{Auth, Need, auth},
    connection::{Connection, ask, connection},
    context::Ask,
    errors::{Failure, FieldCode, payload},
    id,
    scalars::DateTime,
};
use crate::{
    kernel::{page::Keyset, policy},
    notification::{self, words},
    payload_type,
};

/// What a notice tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::NoticeKind")]
pub enum NoticeKind {
    /// Your listing was approved.
    ListingApproved,
    /// Your listing was rejected.
    ListingRejected,
    /// Your deposit is in your wallet.
    DepositCredited,
    /// Your deposit failed.
    DepositFailed,
    /// The bank took your deposit back.
    DepositReversed,
    /// Your account was bought: deliver.
    OrderPaid,
    /// You bought an account.
    OrderPlaced,
    /// The seller delivered.
    OrderDelivered,
    /// The order is complete.
    OrderCompleted,
    /// An order waits for you, and half or nine tenths of the time are over.
    OrderWaits,
    /// The order was cancelled.
    OrderCancelled,
    /// The seller of your order was banned; it goes on.
    SellerBanned,
    /// The buyer of your order was banned; it goes on.
    BuyerBanned,
    /// The proceeds of a sale are available.
    ProceedsSettled,
    /// A withdrawal was asked for from your wallet.
    WithdrawalRequested,
    /// Your withdrawal is on its way.
    WithdrawalSent,
    /// Your withdrawal was paid.
    WithdrawalPaid,
    /// Your withdrawal was given back.
    WithdrawalGivenBack,
    /// Your real name was verified.
    IdentityApproved,
    /// Your real name could not be verified.
    IdentityRejected,
    /// Nobody decided on your real name in time; hand it in again.
    IdentityLapsed,
    /// Somebody signed in to your account with a client that was not used before.
    SignedInAnew,
    /// Your password was changed or reset.
    PasswordChanged,
    /// Another mail address was bound to your account.
    EmailChanged,
    /// You were blacklisted.
    Blacklisted,
    /// Something that you reported was decided.
    ReportAnswered,
    /// You were reported, and nothing came of it.
    ReportDismissed,
    /// You were reported, and are warned.
    Warned,
    /// You were reported, and a message of yours was taken away.
    MessageRemoved,
    /// You were taken off the blacklist.
    Reinstated,
    /// Somebody made an offer for your listing.
    OfferReceived,
    /// The seller asks for another price.
    OfferCountered,
    /// The seller accepted your offer: pay.
    OfferAccepted,
    /// The buyer accepted your price.
    OfferCounterAccepted,
    /// The seller declined your offer.
    OfferDeclined,
    /// The buyer withdrew his offer.
    OfferWithdrawn,
    /// An offer lapsed unanswered.
    OfferLapsed,
    /// The listing that you made an offer for changed.
    OfferOutdated,
    /// The listing that you made an offer for was sold.
    OfferSold,
    /// An order ended before it was paid.
    OrderUnpaid,
    /// You were given a strike.
    StrikeGiven,
    /// The buyer asked for a return.
    ReturnRequested,
    /// The request for a return was taken back or lapsed.
    ReturnEnded,
    /// The account was handed back to you: look at it.
    HandedBack,
    /// The return was refused; the platform decides.
    ReturnRefused,
    /// You have your money back.
    RefundedToYou,
    /// The buyer has his money back: change the account's password.
    RefundedToBuyer,
    /// The money of an order was divided by a ruling.
    OrderSplit,
    /// Somebody wrote what you were like in a trade.
    ReviewWritten,
    /// An admin took your listing away for good.
    ListingRemoved,
    /// A favourite of yours costs less.
    FavouriteCheaper,
    /// A favourite of yours was sold to somebody else.
    FavouriteSold,
    /// Your wallet was frozen.
    WalletFrozen,
    /// Your wallet is open again.
    WalletThawed,
    /// You owe something.
    DebtOpened,
    /// Somebody owes you something.
    DebtClaimed,
    /// Some of what you owe was paid out of your wallet.
    DebtPaid,
    /// Some of what you are owed was paid.
    DebtReceived,
    /// You do not owe it any more: it was waived or written off.
    DebtForgiven,
    /// Something waits for admins, you among them, and none has claimed it for 24 hours.
    QueueOverdue,
    /// The platform announces something to everybody.
    Announcement,
    /// The buyer says that you took back what you sold: answer within 48 hours.
    CaseOpened,
    /// The seller answered your claim.
    CaseAnswered,
    /// The other side brought evidence in a case of yours.
    CaseEvidence,
    /// Your wallet stays frozen for a case.
    CaseFreezeKept,
    /// Part of your wallet is held for a case; the rest is free.
    CaseFreezeNarrowed,
    /// What was held or frozen for a case is yours again; the case goes on.
    CaseFreezeEnded,
    /// The buyer withdrew his claim.
    CaseWithdrawn,
    /// Your claim was upheld: you are given back what you paid.
    CaseUpheldForYou,
    /// The buyer's claim was upheld against you.
    CaseUpheldAgainstYou,
    /// Your claim was rejected.
    CaseRejected,
    /// The buyer's claim against you was rejected.
    CaseDismissed,
    /// An admin read the credentials of an order of yours, to decide a case.
    CaseRevealed,
    /// An admin found the returned account damaged: consent, or ask for mediation.
    CaseFoundDamaged,
    /// The account that was returned to you counts as intact: the buyer gets his money back unless you ask for mediation.
    CaseFoundIntact,
    /// The account that you returned counts as intact: you get your money back unless the seller asks for mediation.
    CaseFoundForYou,
    /// An admin found that a returned account is worth nothing, or was not handed back: everything goes to the seller.
    CaseFoundWorthless,
    /// An admin found that the seller took the account back: everything goes to the buyer.
    CaseFoundTakenBack,
    /// A finding was not accepted: look for a settlement.
    CaseMediationBegan,
    /// A settlement was proposed.
    CaseProposalMade,
    /// The other side accepted a settlement.
    CaseProposalAccepted,
    /// No settlement was found in time: an admin rules.
    CaseFinalRulingBegan,
    /// An admin ruled for good.
    CaseRuled,
}

/// What kind of thing a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::SubjectKind")]
pub enum SubjectKind {
    /// A user: yourself; to an admin whoever waits for him.
    User,
    /// A listing.
    Listing,
    /// An order.
    Order,
    /// Something that was reported, for administrators.
    Report,
    /// What you reported.
    Complaint,
    /// A deposit.
    Deposit,
    /// A withdrawal.
    Withdrawal,
    /// An offer.
    Offer,
    /// A game of the catalogue.
    Game,
    /// A debt.
    Debt,
    /// A decision of admins about money.
    MoneyDecision,
    /// A difference between the bank's book and ours.
    BankDifference,
    /// An announcement to everybody.
    Announcement,
    /// A case about an order.
    Case,
}

/// A system message to you. Blacklisted users get theirs, too.
#[derive(Debug, Clone)]
pub struct Notice(pub notice::Model);

/// A system message to you. Blacklisted users get theirs, too.
#[Object(serial)]
impl Notice {
    /// Its id.
    pub async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// What it tells.
    async fn kind(&self) -> NoticeKind {
        self.0.kind.into()
    }
    /// Its heading in your language, a few words.
    async fn title(&self, ctx: &Context<'_>) -> String {
        words::title(&self.0, ctx.locale())
    }
    /// What happened and what to do, in your language, a sentence or two of plain text.
    async fn text(&self, ctx: &Context<'_>) -> String {
        words::text(&self.0, ctx.locale())
    }
    /// What kind of thing it is about.
    async fn subject_kind(&self) -> SubjectKind {
        self.0.subject_kind.into()
    }
    /// The id of the thing it is about, to be asked for by its own query.
    async fn subject_id(&self) -> ID {
        subject_id(self.0.subject_kind, self.0.subject_id)
    }
    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
    /// When you read it. Null: not yet.
    async fn read_at(&self) -> Option<DateTime> {
        self.0.read_at.map(DateTime)
    }
}

impl Notice {
    /// The notice, if it is the caller's; else `NOT_FOUND`.
    pub async fn find(ctx: &Context<'_>, id: NoticeId) -> Result<Self, Failure> {
        let member = policy::member(ctx.actor())?;
        let found = notification::find(ctx.env().db(), member.id(), id, ctx.env().now()).await?;
        found.map(Self).ok_or(Failure::Field(FieldCode::NotFound))
    }
}

/// The id of a thing as clients see it.
pub(super) fn subject_id(kind: kinds::SubjectKind, id: uuid::Uuid) -> ID {
    match kind {
        kinds::SubjectKind::User => id::encode(UserId(id)),
        kinds::SubjectKind::Listing => id::encode(ListingId(id)),
        kinds::SubjectKind::Order => id::encode(OrderId(id)),
        kinds::SubjectKind::Deposit => id::encode(DepositId(id)),
        kinds::SubjectKind::Withdrawal => id::encode(WithdrawalId(id)),
        kinds::SubjectKind::Offer => id::encode(OfferId(id)),
        kinds::SubjectKind::Game => id::encode(GameId(id)),
        kinds::SubjectKind::Debt => id::encode(DebtId(id)),
        kinds::SubjectKind::MoneyDecision => id::encode(MoneyDecisionId(id)),
        kinds::SubjectKind::BankDifference => id::encode(BankDifferenceId(id)),
        kinds::SubjectKind::Announcement => id::encode(AnnouncementId(id)),
        kinds::SubjectKind::Report => id::encode(ReportId(id)),
        kinds::SubjectKind::Complaint => id::encode(ComplaintId(id)),
        kinds::SubjectKind::Case => id::encode(CaseId(id)),
    }
}

fn place(notice: &notice::Model) -> Keyset {
    Keyset {
        at: notice.created_at,
        id: notice.id.0,
    }
}

/// Which notice was read.
#[derive(InputObject)]
pub struct NoticeReadInput {
    /// Its id.
    pub id: ID,
}

payload_type! {
    /// What `noticeRead` answers.
    NoticeReadPayload {
        /// The notice, now read.
        notice: Notice
    }
}
payload_type! {
    /// What `noticeReadAll` answers.
    NoticeReadAllPayload {
        /// How many notices were unread.
        read_count: i32
    }
}

/// Queries about notices.
#[derive(Default)]
pub struct NotificationQuery;

#[Object]
impl NotificationQuery {
    /// Your notices, newest first. They are kept for a year.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn notices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
    ) -> Result<Option<Connection<Notice>>> {
        let member = policy::member(ctx.actor())?;
        let page = notification::list(ctx.env(), member, &ask(first, after.as_deref())?).await?;
        Ok(Some(connection(page, after.is_some(), place, Notice)))
    }

    /// How many of your notices are unread. Counted up to 1,000: that many means that many or more.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn notice_unread_count(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        let member = policy::member(ctx.actor())?;
        Ok(Some(unread(ctx, member.id()).await?))
    }
}

/// How many of a user's notices are unread.
pub(super) async fn unread(ctx: &Context<'_>, user: UserId) -> Result<i32, Failure> {
    let unread = notification::unread(ctx.env().db(), user, ctx.env().now()).await?;
    Ok(i32::try_from(unread).unwrap_or(i32::MAX))
}

/// Mutations of notices by their readers.
#[derive(Default)]
pub struct NotificationMutation;

#[Object]
impl NotificationMutation {
    /// Marks one of your notices as read. Doing it again changes nothing.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn notice_read(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which notice.")] input: NoticeReadInput,
    ) -> Result<Option<NoticeReadPayload>> {
        let read = read(ctx, &input).await;
        payload(ctx, read.map(Notice))
    }

    /// Marks all your notices as read.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn notice_read_all(&self, ctx: &Context<'_>) -> Result<Option<NoticeReadAllPayload>> {
        let member = policy::member(ctx.actor())?;
        let read = notification::read_all(ctx.env(), member).await.map_err(Failure::from);
        payload(ctx, read.map(|read| i32::try_from(read).unwrap_or(i32::MAX)))
    }
}

async fn read(ctx: &Context<'_>, input: &NoticeReadInput) -> Result<notice::Model, Failure> {
    let member = policy::member(ctx.actor())?;
    let id: NoticeId = id::decode(&input.id)?;
    Ok(notification::read(ctx.env(), member, id).await?)
}
