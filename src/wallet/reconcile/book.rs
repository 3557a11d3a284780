//! Copies the bank's book by its listing.

use entity::value::Money;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{Sides, Subject};
use crate::kernel::{
    Env, Fault, Tx,
    port::{BankChange, BankError},
    sql,
};

/// Why the book could not be copied.
#[derive(Debug, thiserror::Error)]
pub(super) enum CopyError {
    #[error(transparent)]
    Bank(#[from] BankError),
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Reads everything that changed at the bank since the last time. Answers how many changes.
pub(super) async fn copy(env: &Env) -> Result<u64, CopyError> {
    let mut read = 0;
    loop {
        let row = sql::one(env.db(), "SELECT last_number FROM bank_reconciliation WHERE id = 1", vec![]).await?;
        let last: i64 = row
            .ok_or_else(|| Fault::internal("the reconciliation has no row"))?
            .try_get("", "last_number")
            .map_err(Fault::from)?;
        let changes = env.bank().changes(last).await?;
        let Some(newest) = changes.last().map(|change| change.number) else {
            return Ok(read);
        };
        read += changes.len() as u64;
        let tx = env.begin().await?;
        for change in &changes {
            write(&tx, change).await?;
        }
        let on = "UPDATE bank_reconciliation SET last_number = $1 WHERE id = 1 AND last_number < $1";
        sql::run(tx.db(), on, vec![newest.into()]).await?;
        tx.commit().await?;
    }
}

async fn write(tx: &Tx, change: &BankChange) -> Result<(), Fault> {
    let upsert = "INSERT INTO bank_book (subject_id, kind, reference, amount, state, number) VALUES ($1, $2, $3, $4, $5, $6) \
                  ON CONFLICT (subject_id) DO UPDATE SET state = $5, number = $6, amount = $4, reference = $3 \
                  WHERE bank_book.number < $6";
    let values = vec![
        change.subject.into(),
        change.about.as_str().into(),
        change.reference.as_str().into(),
        change.amount.0.into(),
        change.state.as_str().into(),
        change.number.into(),
    ];
    sql::run(tx.db(), upsert, values).await?;
    Ok(())
}

/// Notes a newer word of the bank about something that its book has.
pub(super) async fn note(tx: &Tx, subject: Subject, word: &str) -> Result<(), Fault> {
    let update = "UPDATE bank_book SET state = $2 WHERE subject_id = $1";
    sql::run(tx.db(), update, vec![subject.into(), word.into()]).await?;
    Ok(())
}

/// The bank's name of something, once its listing has told it.
pub async fn reference(tx: &Tx, subject: Subject) -> Result<Option<String>, Fault> {
    let row = sql::one(
        tx.db(),
        "SELECT reference FROM bank_book WHERE subject_id = $1",
        vec![subject.into()],
    )
    .await?;
    Ok(row.map(|row| row.try_get("", "reference")).transpose()?)
}

#[derive(FromQueryResult)]
struct Written {
    state: String,
    amount: Money,
}

/// What the bank's book says of something.
pub(super) async fn of(env: &Env, subject: Subject) -> Result<Option<(String, Option<Money>)>, Fault> {
    let rows: Vec<Written> = sql::all(
        env.db(),
        "SELECT state, amount FROM bank_book WHERE subject_id = $1",
        vec![subject.into()],
    )
    .await?;
    Ok(rows.into_iter().next().map(|row| (row.state, Some(row.amount))))
}

/// How many are compared in one run at most; the rest comes with the next.
const BATCH: u32 = 1_000;

#[derive(FromQueryResult)]
struct Found {
    id: Uuid,
}

/// What does not seem to agree. A first look, in the database; the rule is [`super::agree`].
pub(super) async fn suspects(env: &Env) -> Result<Vec<Subject>, Fault> {
    let select = format!(
        "SELECT d.id AS id FROM deposits d LEFT JOIN bank_book b ON b.subject_id = d.id WHERE b.amount <> d.amount OR CASE d.state \
         WHEN 'CREDITED' THEN COALESCE(b.state, '') <> 'succeeded' WHEN 'REVERSED' THEN COALESCE(b.state, '') <> 'reversed' \
         WHEN 'FAILED' THEN COALESCE(b.state, '') <> 'failed' ELSE COALESCE(b.state, 'open') <> 'open' END \
         UNION SELECT w.id AS id FROM withdrawals w LEFT JOIN bank_book b ON b.subject_id = w.id WHERE b.amount <> w.amount OR CASE w.state \
         WHEN 'SENT' THEN COALESCE(b.state, 'sent') <> 'sent' WHEN 'PAID' THEN COALESCE(b.state, '') <> 'paid' \
         WHEN 'FAILED' THEN COALESCE(b.state, 'failed') <> 'failed' WHEN 'RETURNED' THEN COALESCE(b.state, '') <> 'returned' \
         ELSE b.state IS NOT NULL END \
         UNION SELECT b.subject_id AS id FROM bank_book b WHERE NOT EXISTS (SELECT 1 FROM deposits d WHERE d.id = b.subject_id) \
         AND NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.id = b.subject_id) LIMIT {BATCH}"
    );
    let found: Vec<Found> = sql::all(env.db(), &select, vec![]).await?;
    Ok(found.into_iter().map(|found| found.id).collect())
}

/// Both sides as they are written now.
pub(super) async fn sides(env: &Env, subject: Subject) -> Result<Sides, Fault> {
    Ok(Sides {
        ours: super::store::ours(env.db(), subject).await?,
        theirs: of(env, subject).await?,
    })
}
