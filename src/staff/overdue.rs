//! What waits too long: a claim without a decision is given back, and of what nobody takes for a day every admin is told.

use entity::{kinds::QueueKind, value::Time};
use sea_orm::Iterable;
use uuid::Uuid;

use super::queue::{Queue, row};
use crate::kernel::{Env, Event, Fault, claim::lapsed, event::ForMany, policy::System, sql};

/// After so many hours without a claim every admin is told, once.
pub const OVERDUE_HOURS: i64 = 24;
/// How many things one look takes of each queue.
const BATCH: u64 = 100;

/// Gives back what admins took and did not decide on in time, so that the queue shows it as free. Answers how many things.
pub async fn give_back_lapsed(env: &Env, _: System) -> Result<u64, Fault> {
    let mut done = 0;
    for kind in QueueKind::iter() {
        done += give_back(env, &row(kind)).await?;
    }
    Ok(done)
}

async fn give_back(env: &Env, queue: &Queue) -> Result<u64, Fault> {
    let Queue { table, id, waits, .. } = queue;
    let look = format!("SELECT {id} AS id FROM {table} WHERE {waits} AND claimed_at <= $1 LIMIT {BATCH}");
    let found: Vec<Found> = sql::all(env.db(), &look, vec![lapsed(env.now()).into()]).await?;
    let update = format!("UPDATE {table} SET claimed_by = NULL, claimed_at = NULL WHERE {id} = $1 AND {waits} AND claimed_at <= $2");
    let mut done = 0;
    for Found { id } in found {
        let tx = env.begin().await?;
        if sql::run(tx.db(), &update, vec![id.into(), lapsed(tx.now()).into()]).await? == 1 {
            tx.emit(Event::queue_moved(queue.kind));
            tx.commit().await?;
            done += 1;
        }
    }
    Ok(done)
}

/// A thing that was found.
#[derive(sea_orm::FromQueryResult)]
struct Found {
    id: Uuid,
}

/// A thing that waits, and since when.
#[derive(sea_orm::FromQueryResult)]
struct Old {
    id: Uuid,
    since: Time,
}

/// Tells every admin of what has waited for a day without a claim: of each thing once for each time it came into its queue, of all that are
/// found together in one word. Answers how many things.
pub async fn tell_overdue(env: &Env, _: System) -> Result<u64, Fault> {
    let mut told = 0;
    for kind in QueueKind::iter() {
        told += tell(env, &row(kind)).await?;
    }
    Ok(told)
}

async fn tell(env: &Env, queue: &Queue) -> Result<u64, Fault> {
    let found = overdue(env, queue).await?;
    if found.is_empty() {
        return Ok(0);
    }
    let tx = env.begin().await?;
    let mut news = Vec::new();
    for old in found {
        // Another replica may have told of it meanwhile.
        let note = "INSERT INTO queue_alarms (queue, subject_id, since, told_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        let values = vec![queue.kind.as_str().into(), old.id.into(), old.since.into(), tx.now().into()];
        if sql::run(tx.db(), note, values).await? == 1 {
            news.push(old);
        }
    }
    let count = news.len() as u64;
    if let Some(oldest) = news.first() {
        let overdue = ForMany::QueueOverdue {
            queue: queue.kind,
            kind_of: queue.subject,
            subject: oldest.id,
            count: i64::try_from(count).map_err(Fault::internal)?,
        };
        tx.emit(Event::ForMany(overdue));
        tx.commit().await?;
    }
    Ok(count)
}

/// What nobody has, has waited long enough, and was not told of; the oldest first.
async fn overdue(env: &Env, queue: &Queue) -> Result<Vec<Old>, Fault> {
    let Queue {
        kind,
        table,
        id,
        since,
        waits,
        ..
    } = queue;
    let look = format!(
        "SELECT {id} AS id, {since} AS since FROM {table} WHERE {waits} AND {since} <= $1 AND (claimed_at IS NULL OR claimed_at <= $2) \
         AND NOT EXISTS (SELECT 1 FROM queue_alarms a WHERE a.queue = $3 AND a.subject_id = {id} AND a.since = {since}) \
         ORDER BY {since}, {id} LIMIT {BATCH}"
    );
    let now = env.now();
    let values = vec![now.plus_hours(-OVERDUE_HOURS).into(), lapsed(now).into(), kind.as_str().into()];
    sql::all(env.db(), &look, values).await
}
