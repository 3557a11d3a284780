//! Mails that wait in a table: taken by a lease, sent outside any transaction, then marked.
//!
//! A mail goes out twice only if we die between the server's yes and our mark.

use std::time::Duration;

use entity::value::Time;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{
    Env, Fault,
    port::{Mail, MailError},
    sql,
};

/// The bus topic that wakes those who send.
pub const MAIL_TOPIC: &str = "mails";

/// How long a mail is one sender's. A sender who dies leaves it to the next after this.
const LEASE_SECONDS: i64 = 30;
/// How long the mail server may take, safely within the lease.
const PATIENCE: Duration = Duration::from_secs(25);
/// After so many failures, some two days, a mail is given up.
const TRIES: i32 = 50;

/// A table of mails, with the columns `due_at`, `attempts` and `sent_at`, and an id.
#[derive(Debug, Clone, Copy)]
pub struct Mailbox {
    /// The table.
    pub table: &'static str,
    /// The column of its ids.
    pub id: &'static str,
}

/// A mail that is ours to send until its lease ends.
#[derive(Debug, FromQueryResult)]
pub struct Leased {
    /// Which.
    pub id: Uuid,
    due_at: Time,
    attempts: i32,
}

impl Mailbox {
    /// Takes the mail that is due longest.
    pub async fn lease(&self, env: &Env) -> Result<Option<Leased>, Fault> {
        let Self { table, id } = self;
        // A look without a transaction, since mostly there is nothing. What is due only a transaction's clock can tell.
        let look = format!("SELECT 1 AS one FROM {table} WHERE due_at IS NOT NULL LIMIT 1");
        if sql::one(env.db(), &look, vec![]).await?.is_none() {
            return Ok(None);
        }
        let tx = env.begin().await?;
        let statement = format!(
            "UPDATE {table} SET due_at = $2, attempts = attempts + 1 WHERE {id} = \
             (SELECT {id} FROM {table} WHERE due_at <= $1 ORDER BY due_at LIMIT 1{lock}) \
             RETURNING {id} AS id, due_at, attempts",
            lock = sql::skip_locked(tx.db())
        );
        let until = tx.now().plus_seconds(LEASE_SECONDS);
        let leased = sql::all(tx.db(), &statement, vec![tx.now().into(), until.into()]).await?;
        tx.commit().await?;
        Ok(leased.into_iter().next())
    }

    /// Sends a leased mail, and marks what came of it. Nothing to send: it is done with. Answers whether the server took it.
    pub async fn send(&self, env: &Env, leased: &Leased, mail: Option<&Mail>) -> Result<bool, Fault> {
        let Some(mail) = mail else {
            self.end(env, leased, None, false).await?;
            return Ok(false);
        };
        let outcome = tokio::time::timeout(PATIENCE, env.mailer().send(mail)).await;
        let outcome = outcome.unwrap_or_else(|_| Err(MailError::NotAccepted("no answer in time".to_owned())));
        let (table, id, attempts) = (self.table, leased.id, leased.attempts);
        match outcome {
            Ok(()) => self.end(env, leased, None, true).await?,
            Err(MailError::BadAddress) => {
                tracing::error!(table, %id, "a mail is given up: its address can never work");
                self.end(env, leased, None, false).await?;
            }
            Err(MailError::NotAccepted(_)) if attempts >= TRIES => {
                tracing::error!(table, %id, attempts, "a mail is given up");
                self.end(env, leased, None, false).await?;
            }
            // What the server said may hold the address, which is nobody's to read in a log.
            Err(MailError::NotAccepted(_)) => {
                tracing::warn!(table, %id, attempts, "a mail was not accepted");
                self.end(env, leased, Some(delay_minutes(attempts)), false).await?;
            }
        }
        Ok(outcome.is_ok())
    }

    /// Marks a leased mail: to be tried again in so many minutes, or done with. Nothing, if our lease ended and it is another's now.
    async fn end(&self, env: &Env, leased: &Leased, again_in: Option<i64>, was_sent: bool) -> Result<(), Fault> {
        let Self { table, id } = self;
        let tx = env.begin().await?;
        let mark = format!("UPDATE {table} SET due_at = $4, sent_at = $5 WHERE {id} = $1 AND due_at = $2 AND attempts = $3");
        let due = again_in.map(|minutes| tx.now().plus_minutes(minutes));
        let sent = was_sent.then(|| tx.now());
        let values = vec![
            leased.id.into(),
            leased.due_at.into(),
            leased.attempts.into(),
            due.into(),
            sent.into(),
        ];
        sql::run(tx.db(), &mark, values).await?;
        tx.commit().await
    }
}

/// Minutes until the next try: 1, 2, 4, … up to an hour.
fn delay_minutes(attempts: i32) -> i64 {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(6);
    (1 << doublings).min(60)
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
