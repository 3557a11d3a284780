//! The relay: takes events out of the outbox, in order, to those who react to them.
//!
//! What reactions write and the mark that the event is done are one transaction, so each effect is there once, however often a relay dies.
//! One relay works at a time, on however many processes; when it dies, its transaction ends and the next has the turn.

use std::collections::HashSet;

use entity::{
    outbox,
    value::{Time, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use crate::{
    kernel::{Env, Event, Fault, Tx, policy::System, sql},
    reactions,
};

/// The turn that the working relay has.
const TURN: i64 = 4_711;
/// How many events one transaction takes.
const BATCH: usize = 32;
/// How many rows are looked at first, and how many when those wait for others.
const LOOK: u64 = 64;
const LOOK_FURTHER: u64 = 1_000;
/// Seconds before a failed event is tried again: doubled each time, up to the most.
const RETRY: i64 = 1;
const RETRY_AT_MOST: i64 = 300;
/// After so many failures, most of an hour, an event holds up no other: order is worth waiting for, but not for ever.
const HOLDS_UP: i32 = 16;

/// What one transaction came to.
enum Pass {
    /// Nothing is due, or another relay has the turn.
    Idle,
    /// So many events were done.
    Done(u64),
    /// A reaction failed, and nothing was written.
    Failed(Box<outbox::Model>, Fault),
}

/// Relays whatever is due. Answers how many events.
///
/// An event that fails is put off, and with it later ones of the same users, so that each user hears things in their order.
pub async fn relay(env: &Env, _: System) -> Result<u64, Fault> {
    let mut done = 0;
    let mut batch = BATCH;
    while is_waiting(env).await? {
        match pass(env, batch).await? {
            Pass::Idle => break,
            Pass::Done(some) => {
                done += some;
                batch = BATCH;
            }
            // Whose fault it was shows when they go one by one.
            Pass::Failed(..) if batch > 1 => batch = 1,
            Pass::Failed(row, fault) => {
                put_off(env, &row, &fault).await?;
                batch = BATCH;
            }
        }
    }
    Ok(done)
}

/// A look without a transaction, since mostly there is nothing. What is due only a transaction's clock can tell.
async fn is_waiting(env: &Env) -> Result<bool, Fault> {
    Ok(waiting().one(env.db()).await?.is_some())
}

fn waiting() -> sea_orm::Select<outbox::Entity> {
    outbox::Entity::find()
        .filter(outbox::Column::DueAt.is_not_null())
        .order_by_asc(outbox::Column::Number)
}

async fn pass(env: &Env, batch: usize) -> Result<Pass, Fault> {
    let tx = env.begin().await?;
    if !sql::take_turn(tx.db(), TURN).await? {
        return Ok(Pass::Idle);
    }
    let mut ready = ready(waiting().limit(LOOK).all(tx.db()).await?, tx.now(), batch);
    if ready.is_empty() {
        ready = self::ready(waiting().limit(LOOK_FURTHER).all(tx.db()).await?, tx.now(), batch);
    }
    if ready.is_empty() {
        return Ok(Pass::Idle);
    }
    for row in &ready {
        if let Err(fault) = one(&tx, row).await {
            return Ok(Pass::Failed(Box::new(row.clone()), fault));
        }
    }
    mark_done(&tx, &ready).await?;
    tx.commit().await?;
    Ok(Pass::Done(ready.len() as u64))
}

async fn one(tx: &Tx, row: &outbox::Model) -> Result<(), Fault> {
    let event: Event = serde_json::from_str(&row.event).map_err(Fault::internal)?;
    reactions::react(tx, row.id, &event).await
}

/// The first due rows that need not wait for an earlier one: neither for one that was put off, nor for one that waits for such a one.
fn ready(rows: Vec<outbox::Model>, now: Time, batch: usize) -> Vec<outbox::Model> {
    let mut waiting = HashSet::<UserId>::new();
    let mut ready = Vec::new();
    for row in rows {
        // An event of a newer version concerns nobody we could know; the relay of that version takes it.
        let users = serde_json::from_str::<Event>(&row.event).map_or_else(|_| Vec::new(), |event| event.audience());
        let put_off = row.due_at.is_none_or(|due| due > now);
        let holds_up = row.attempts < HOLDS_UP;
        if put_off || users.iter().any(|user| waiting.contains(user)) {
            waiting.extend(users.into_iter().filter(|_| holds_up));
        } else if ready.len() < batch {
            ready.push(row);
        } else {
            break;
        }
    }
    ready
}

async fn mark_done(tx: &Tx, rows: &[outbox::Model]) -> Result<(), Fault> {
    outbox::Entity::update_many()
        .col_expr(outbox::Column::DueAt, Expr::value(None::<Time>))
        .col_expr(outbox::Column::DoneAt, Expr::value(tx.now()))
        .filter(outbox::Column::Number.is_in(rows.iter().map(|row| row.number)))
        .exec(tx.db())
        .await?;
    Ok(())
}

async fn put_off(env: &Env, row: &outbox::Model, fault: &Fault) -> Result<(), Fault> {
    let tx = env.begin().await?;
    let due = tx.now().plus_seconds(delay(row.attempts));
    let update = outbox::Entity::update_many()
        .col_expr(outbox::Column::DueAt, Expr::value(due))
        .col_expr(outbox::Column::Attempts, Expr::value(row.attempts + 1))
        .filter(outbox::Column::Number.eq(row.number))
        // Another relay may have done it meanwhile, or put it off itself.
        .filter(outbox::Column::DueAt.eq(row.due_at));
    update.exec(tx.db()).await?;
    tx.commit().await?;
    tracing::error!(event = %row.id, attempts = row.attempts + 1, error = %fault, "an event was put off");
    Ok(())
}

fn delay(attempts: i32) -> i64 {
    let doubled = u32::try_from(attempts)
        .ok()
        .and_then(|attempts| RETRY.checked_shl(attempts.min(32)));
    doubled.map_or(RETRY_AT_MOST, |seconds| seconds.min(RETRY_AT_MOST))
}

#[cfg(test)]
mod tests {
    use entity::value::EventId;

    use super::*;

    fn row(number: i64, users: &[UserId], due: i64) -> outbox::Model {
        let event = match *users {
            [user] => Event::IdentityDecided { user, approved: true },
            [buyer, seller] => Event::OrderPlaced {
                order: entity::value::OrderId::new(),
                buyer,
                seller,
            },
            _ => unreachable!("an event has one user or two"),
        };
        outbox::Model {
            number,
            id: EventId::new(),
            event: serde_json::to_string(&event).unwrap(),
            created_at: Time(0),
            due_at: Some(Time(due)),
            attempts: 0,
            done_at: None,
        }
    }

    fn numbers(rows: Vec<outbox::Model>, batch: usize) -> Vec<i64> {
        ready(rows, Time(10), batch).into_iter().map(|row| row.number).collect()
    }

    #[test]
    fn whoever_shares_a_user_with_one_that_waits_waits_too() {
        let (ann, bob, cat) = (UserId::new(), UserId::new(), UserId::new());
        let rows = vec![
            row(1, &[ann], 20),
            row(2, &[cat], 10),
            row(3, &[ann, bob], 10),
            row(4, &[bob], 5),
            row(5, &[cat], 5),
        ];
        assert_eq!(numbers(rows.clone(), 9), [2, 5], "3 waits for 1, and 4 for 3");
        assert_eq!(numbers(rows, 1), [2]);
    }

    #[test]
    fn an_event_that_failed_for_an_hour_holds_up_nobody() {
        let ann = UserId::new();
        let mut hopeless = row(1, &[ann], 20);
        hopeless.attempts = HOLDS_UP;
        assert_eq!(numbers(vec![hopeless, row(2, &[ann], 10)], 9), [2]);
    }

    #[test]
    fn what_nobody_understands_holds_up_nobody() {
        let ann = UserId::new();
        let mut strange = row(1, &[ann], 20);
        strange.event = r#"{"kind":"of_a_newer_version"}"#.to_owned();
        assert_eq!(numbers(vec![strange, row(2, &[ann], 10)], 9), [2]);
    }

    #[test]
    fn each_delay_is_longer_up_to_five_minutes() {
        let delays: Vec<i64> = [0, 1, 2, 8, 9, 40, i32::MAX].into_iter().map(delay).collect();
        assert_eq!(delays, [1, 2, 4, 256, 300, 300, 300]);
    }
}
