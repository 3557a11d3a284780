//! Important notices also go out by mail, in the language their reader has when it is sent.

use std::time::Duration;

use entity::{
    kinds::NoticeKind,
    notice, notice_mail, user,
    value::{NoticeId, Time},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, sea_query::Expr};

use super::words;
use crate::kernel::{
    Env, Fault, Tx,
    policy::System,
    port::{Mail, MailError},
    sql,
};

/// The bus topic that wakes those who send.
pub const MAIL_TOPIC: &str = "mails";

/// How long a mail is one sender's. A sender who dies leaves it to the next after this.
const LEASE_SECONDS: i64 = 30;
/// How long the mail server may take, safely within the lease.
const PATIENCE: Duration = Duration::from_secs(25);
/// After so many failures, some two days, a mail is given up. Its notice stays.
const TRIES: i32 = 50;

/// Which notices also go out by mail: those that ask for something within a time, and those about money or a right that was lost.
/// The one place that says so.
pub(super) const fn is_important(kind: NoticeKind) -> bool {
    match kind {
        NoticeKind::OrderPaid
        | NoticeKind::OrderDelivered
        | NoticeKind::OrderWaits
        | NoticeKind::OrderCancelled
        | NoticeKind::ListingRejected
        | NoticeKind::ListingRemoved
        | NoticeKind::DepositFailed
        | NoticeKind::DepositReversed
        | NoticeKind::WithdrawalRequested
        | NoticeKind::WithdrawalGivenBack
        | NoticeKind::SignedInAnew
        | NoticeKind::PasswordChanged
        | NoticeKind::Blacklisted
        | NoticeKind::Reinstated
        | NoticeKind::IdentityRejected
        | NoticeKind::WalletFrozen
        | NoticeKind::WalletThawed
        | NoticeKind::DebtOpened
        | NoticeKind::DebtClaimed => true,
        NoticeKind::ListingApproved
        | NoticeKind::FavouriteCheaper
        | NoticeKind::FavouriteSold
        | NoticeKind::DepositCredited
        | NoticeKind::OrderPlaced
        | NoticeKind::OrderCompleted
        | NoticeKind::ProceedsSettled
        | NoticeKind::WithdrawalSent
        | NoticeKind::WithdrawalPaid
        | NoticeKind::EmailChanged
        | NoticeKind::IdentityApproved
        | NoticeKind::DebtPaid
        | NoticeKind::DebtReceived
        | NoticeKind::DebtForgiven => false,
    }
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

/// A mail that is ours to send until its lease ends.
#[derive(Debug, FromQueryResult)]
struct Leased {
    notice_id: NoticeId,
    due_at: Time,
    attempts: i32,
}

/// Sends whatever is due. Answers how many the server took.
///
/// A mail is leased, sent outside any transaction, then marked. It goes out twice only if we die between the server's yes and our mark.
pub async fn send_mails(env: &Env, _: System) -> Result<u64, Fault> {
    let mut sent = 0;
    while let Some(leased) = lease(env).await? {
        sent += u64::from(send(env, &leased).await?);
    }
    Ok(sent)
}

async fn lease(env: &Env) -> Result<Option<Leased>, Fault> {
    let waiting = notice_mail::Entity::find().filter(notice_mail::Column::DueAt.is_not_null());
    // A look without a transaction, since mostly there is nothing. What is due only a transaction's clock can tell.
    if waiting.one(env.db()).await?.is_none() {
        return Ok(None);
    }
    let tx = env.begin().await?;
    let statement = format!(
        "UPDATE notice_mails SET due_at = $2, attempts = attempts + 1 WHERE notice_id = \
         (SELECT notice_id FROM notice_mails WHERE due_at <= $1 ORDER BY due_at LIMIT 1{}) \
         RETURNING notice_id, due_at, attempts",
        sql::skip_locked(tx.db())
    );
    let until = tx.now().plus_seconds(LEASE_SECONDS);
    let leased = sql::all(tx.db(), &statement, vec![tx.now().into(), until.into()]).await?;
    tx.commit().await?;
    Ok(leased.into_iter().next())
}

async fn send(env: &Env, leased: &Leased) -> Result<bool, Fault> {
    let Some(mail) = compose(env, leased.notice_id).await? else {
        end(env, leased, None, false).await?;
        return Ok(false);
    };
    let outcome = tokio::time::timeout(PATIENCE, env.mailer().send(&mail)).await;
    let outcome = outcome.unwrap_or_else(|_| Err(MailError::NotAccepted("no answer in time".to_owned())));
    let (notice, attempts) = (leased.notice_id, leased.attempts);
    match outcome {
        Ok(()) => end(env, leased, None, true).await?,
        Err(MailError::BadAddress) => {
            tracing::error!(%notice, "a notice's mail is given up: its address can never work");
            end(env, leased, None, false).await?;
        }
        Err(MailError::NotAccepted(_)) if attempts >= TRIES => {
            tracing::error!(%notice, attempts, "a notice's mail is given up");
            end(env, leased, None, false).await?;
        }
        // What the server said may hold the address, which is nobody's to read in a log.
        Err(MailError::NotAccepted(_)) => {
            tracing::warn!(%notice, attempts, "a notice's mail was not accepted");
            end(env, leased, Some(delay_minutes(attempts)), false).await?;
            return Ok(false);
        }
    }
    Ok(outcome.is_ok())
}

/// Marks a leased mail: to be tried again in so many minutes, or done with. Nothing, if our lease ended and it is another's now.
async fn end(env: &Env, leased: &Leased, again_in: Option<i64>, was_sent: bool) -> Result<(), Fault> {
    let tx = env.begin().await?;
    let update = notice_mail::Entity::update_many()
        .col_expr(
            notice_mail::Column::DueAt,
            Expr::value(again_in.map(|minutes| tx.now().plus_minutes(minutes))),
        )
        .col_expr(notice_mail::Column::SentAt, Expr::value(was_sent.then(|| tx.now())))
        .filter(notice_mail::Column::NoticeId.eq(leased.notice_id))
        .filter(notice_mail::Column::DueAt.eq(leased.due_at))
        .filter(notice_mail::Column::Attempts.eq(leased.attempts));
    update.exec(tx.db()).await?;
    tx.commit().await
}

/// Minutes until the next try: 1, 2, 4, … up to an hour.
fn delay_minutes(attempts: i32) -> i64 {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(6);
    (1 << doublings).min(60)
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
    use super::*;

    #[test]
    fn tries_come_slower_up_to_one_an_hour() {
        let delays: Vec<i64> = [1, 2, 3, 6, 7, 50].into_iter().map(delay_minutes).collect();
        assert_eq!(delays, [1, 2, 4, 32, 60, 60]);
    }
}
