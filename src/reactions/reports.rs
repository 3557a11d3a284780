//! What the platform reports by itself, and who is told of a decision.

use entity::{
    kinds::{NoticeKind, ReportCause, ReportOutcome, ReportSubject, SubjectKind},
    value::{EventId, Money, WithdrawalId},
    withdrawal,
};
use sea_orm::EntityTrait;

use super::facts;
use crate::{
    kernel::{Event, Fault, Tx, policy::System},
    moderation::report::{self, Seen, Subject},
    notification::{self, Tell},
};

/// Reports what an event shows, and tells those who reported what came of it.
pub(super) async fn react(tx: &Tx, id: EventId, event: &Event) -> Result<(), Fault> {
    if let Some(seen) = seen(tx, id, event).await? {
        report::see(tx, System::new(), &seen).await?;
    }
    let Event::ReportDecided { report, .. } = event else {
        return Ok(());
    };
    let params = facts::told_by(tx, event).await?;
    for (reporter, complaint) in report::reporters(tx, System::new(), *report).await? {
        let tell = Tell {
            event: id,
            user: reporter,
            kind: NoticeKind::ReportAnswered,
            subject: (SubjectKind::Complaint, complaint.0),
            params: &params,
        };
        notification::notify(tx, &tell).await?;
    }
    Ok(())
}

/// What an event shows that somebody should look at.
async fn seen(tx: &Tx, id: EventId, event: &Event) -> Result<Option<Seen>, Fault> {
    let (subject, cause, about) = match *event {
        Event::ChatSuspected { user, .. } => (Subject::User(user), ReportCause::ChatFlags, None),
        Event::ListedWordSeen { message, .. } => (Subject::Message(message), ReportCause::ListedWord, None),
        Event::TraderSuspected { user, order } => (Subject::User(user), ReportCause::Strikes, Some((SubjectKind::Order, order.0))),
        Event::ClaimantSuspected { user, case } => (Subject::User(user), ReportCause::RejectedClaims, Some((SubjectKind::Case, case.0))),
        Event::DepositShortfall { user, deposit, .. } => {
            let about = Some((SubjectKind::Deposit, deposit.0));
            (Subject::User(user), ReportCause::ReversedDeposit, about)
        }
        Event::AccountSoldTwice { seller, order, .. } => {
            let about = Some((SubjectKind::Order, order.0));
            (Subject::User(seller), ReportCause::SoldTwice, about)
        }
        Event::WithdrawalRequested { withdrawal, user } if passes_through(tx, withdrawal).await? => {
            let about = Some((SubjectKind::Withdrawal, withdrawal.0));
            (Subject::User(user), ReportCause::PassedThrough, about)
        }
        _ => return Ok(None),
    };
    Ok(Some(Seen {
        event: id,
        subject,
        cause,
        about,
    }))
}

/// Whether a withdrawal takes out what came in shortly before, and enough of it to be looked at.
async fn passes_through(tx: &Tx, id: WithdrawalId) -> Result<bool, Fault> {
    let row = withdrawal::Entity::find_by_id(id).one(tx.db()).await?;
    let least = Money::yuan(i64::from(tx.env().config().wallet.quick_turn_report_yuan));
    Ok(row.is_some_and(|row| row.quick_turn && row.amount >= least))
}

/// What somebody hears of a decision about him. None: what follows tells him already, a listing taken away or the blacklist.
pub(super) const fn about_him(event: &Event) -> Option<NoticeKind> {
    let Event::ReportDecided { subject, outcome, .. } = *event else {
        return None;
    };
    match (outcome, subject) {
        (ReportOutcome::Dismissed, _) => Some(NoticeKind::ReportDismissed),
        (ReportOutcome::Warned, _) => Some(NoticeKind::Warned),
        (ReportOutcome::ContentRemoved, ReportSubject::Message) => Some(NoticeKind::MessageRemoved),
        (ReportOutcome::ContentRemoved, ReportSubject::Listing | ReportSubject::User) | (ReportOutcome::Blacklisted, _) => None,
    }
}
