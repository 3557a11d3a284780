//! Important notices also go out by mail, if their reader wants that, in the language he has when it is sent.

use entity::{
    kinds::NoticeKind,
    notice, notice_mail, user,
    value::{NoticeId, UserId},
};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::words;
use crate::kernel::{
    Env, Fault, Tx,
    mailbox::{MAIL_TOPIC, Mailbox},
    policy::System,
    port::Mail,
};

const MAILS: Mailbox = Mailbox {
    table: "notice_mails",
    id: "notice_id",
};

/// The notices that also go out by mail: those that ask for something within a time, and those about money or a right that was lost. The one place
/// that says so; a test lists the others, so that a new one is decided about.
const IMPORTANT: &[NoticeKind] = &[
    NoticeKind::CaseFoundDamaged,
    NoticeKind::CaseFoundIntact,
    NoticeKind::CaseFoundForYou,
    NoticeKind::CaseFoundWorthless,
    NoticeKind::CaseFoundTakenBack,
    NoticeKind::CaseMediationBegan,
    NoticeKind::CaseFinalRulingBegan,
    NoticeKind::CaseRuled,
    NoticeKind::OrderPaid,
    NoticeKind::OrderDelivered,
    NoticeKind::OrderWaits,
    NoticeKind::OrderCancelled,
    NoticeKind::ListingRejected,
    NoticeKind::ListingRemoved,
    NoticeKind::DepositFailed,
    NoticeKind::DepositReversed,
    NoticeKind::WithdrawalRequested,
    NoticeKind::WithdrawalGivenBack,
    NoticeKind::Blacklisted,
    NoticeKind::Reinstated,
    NoticeKind::SellerBanned,
    NoticeKind::BuyerBanned,
    NoticeKind::Warned,
    NoticeKind::MessageRemoved,
    NoticeKind::OfferAccepted,
    NoticeKind::OfferCounterAccepted,
    NoticeKind::OrderUnpaid,
    NoticeKind::StrikeGiven,
    NoticeKind::ReturnRequested,
    NoticeKind::HandedBack,
    NoticeKind::ReturnRefused,
    NoticeKind::RefundedToYou,
    NoticeKind::RefundedToBuyer,
    NoticeKind::OrderSplit,
    NoticeKind::IdentityRejected,
    NoticeKind::IdentityLapsed,
    NoticeKind::WalletFrozen,
    NoticeKind::WalletThawed,
    NoticeKind::DebtOpened,
    NoticeKind::DebtClaimed,
    NoticeKind::CaseOpened,
    NoticeKind::CaseFreezeKept,
    NoticeKind::CaseFreezeNarrowed,
    NoticeKind::CaseFreezeEnded,
    NoticeKind::CaseWithdrawn,
    NoticeKind::CaseUpheldForYou,
    NoticeKind::CaseUpheldAgainstYou,
    NoticeKind::CaseRejected,
    NoticeKind::CaseDismissed,
    NoticeKind::QueueOverdue,
];

/// Those of [`IMPORTANT`] that are mailed whatever their reader chose: who is blacklisted has to hear of it and where he can appeal, and cannot
/// choose any more.
const CERTAIN: &[NoticeKind] = &[NoticeKind::Blacklisted, NoticeKind::Reinstated];

/// Whether a notice also goes out to its reader by mail.
pub(super) async fn is_mailed(tx: &Tx, kind: NoticeKind, reader: UserId) -> Result<bool, Fault> {
    if CERTAIN.contains(&kind) {
        return Ok(true);
    }
    if !IMPORTANT.contains(&kind) {
        return Ok(false);
    }
    let reader = user::Entity::find_by_id(reader).one(tx.db()).await?;
    Ok(reader.is_some_and(|reader| reader.mail_notices))
}

/// Leaves a mail to be sent once the transaction is true.
pub(super) async fn enqueue(tx: &Tx, notice: NoticeId) -> Result<(), Fault> {
    let row = notice_mail::ActiveModel {
        notice_id: Set(notice),
        due_at: Set(Some(tx.now())),
        attempts: Set(0),
        sent_at: Set(None),
    };
    notice_mail::Entity::insert(row).exec_without_returning(tx.db()).await?;
    tx.wake(MAIL_TOPIC.to_owned());
    Ok(())
}

/// Sends whatever is due. Answers how many the server took.
pub async fn send_mails(env: &Env, _: System) -> Result<u64, Fault> {
    let mut sent = 0;
    while let Some(leased) = MAILS.lease(env).await? {
        let mail = compose(env, NoticeId(leased.id)).await?;
        sent += u64::from(MAILS.send(env, &leased, mail.as_ref()).await?);
    }
    Ok(sent)
}

/// The mail in its reader's language. None: the notice or its reader is gone.
async fn compose(env: &Env, id: NoticeId) -> Result<Option<Mail>, Fault> {
    let Some(notice) = notice::Entity::find_by_id(id).one(env.db()).await? else {
        return Ok(None);
    };
    let Some(reader) = user::Entity::find_by_id(notice.user_id).one(env.db()).await? else {
        return Ok(None);
    };
    Ok(Some(Mail {
        to: reader.email,
        subject: words::title(&notice, reader.locale),
        body: words::text(&notice, reader.locale),
    }))
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    /// The others. What is announced to everybody is not mailed: that would be a row for each user. Of a new client, a new password and another
    /// address a letter goes to the address that the account had then (`account::letter`).
    const QUIET: &[NoticeKind] = &[
        NoticeKind::CaseRevealed,
        NoticeKind::CaseProposalMade,
        NoticeKind::CaseProposalAccepted,
        NoticeKind::ListingApproved,
        NoticeKind::ReportAnswered,
        NoticeKind::ReportDismissed,
        NoticeKind::FavouriteCheaper,
        NoticeKind::FavouriteSold,
        NoticeKind::DepositCredited,
        NoticeKind::OrderPlaced,
        NoticeKind::OrderCompleted,
        NoticeKind::ProceedsSettled,
        NoticeKind::WithdrawalSent,
        NoticeKind::WithdrawalPaid,
        NoticeKind::SignedInAnew,
        NoticeKind::PasswordChanged,
        NoticeKind::OfferReceived,
        NoticeKind::OfferCountered,
        NoticeKind::OfferDeclined,
        NoticeKind::OfferWithdrawn,
        NoticeKind::OfferLapsed,
        NoticeKind::OfferOutdated,
        NoticeKind::OfferSold,
        NoticeKind::ReturnEnded,
        NoticeKind::ReviewWritten,
        NoticeKind::EmailChanged,
        NoticeKind::IdentityApproved,
        NoticeKind::DebtPaid,
        NoticeKind::DebtReceived,
        NoticeKind::DebtForgiven,
        NoticeKind::Announcement,
        NoticeKind::CaseAnswered,
        NoticeKind::CaseEvidence,
    ];

    #[test]
    fn of_each_notice_it_is_said_whether_it_goes_out_by_mail() {
        for kind in NoticeKind::iter() {
            assert_ne!(IMPORTANT.contains(&kind), QUIET.contains(&kind), "{kind:?}");
        }
        assert!(CERTAIN.iter().all(|kind| IMPORTANT.contains(kind)));
    }
}
