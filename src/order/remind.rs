//! Reminders to whoever an order waits for: at half and at nine tenths of the wait.

use entity::{
    kinds::OrderStepKind,
    order::{self, Column, Entity},
    value::Time,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use super::{history, state, timers::BATCH};
use crate::kernel::{Env, Event, Fault, policy::System};

/// Half of a wait.
#[must_use]
pub const fn half(began: Time, due: Time) -> Time {
    began.plus_millis(due.since(began) / 2)
}

/// Nine tenths of a wait.
const fn nine_tenths(began: Time, due: Time) -> Time {
    began.plus_millis(due.since(began) / 10 * 9)
}

/// What is said at `now` in a wait, and when the next reminder is due. A server that was down says the later one only.
const fn plan(began: Time, due: Time, now: Time) -> (OrderStepKind, Option<Time>) {
    let last = nine_tenths(began, due);
    if now.0 < last.0 {
        (OrderStepKind::RemindedAtHalf, Some(last))
    } else {
        (OrderStepKind::RemindedAtEnd, None)
    }
}

/// Sends the reminders that are due. Answers how many.
pub async fn remind(env: &Env, _: System) -> Result<u64, Fault> {
    let due = Entity::find()
        .filter(Column::RemindAt.lte(env.now()))
        // A wait that is over is ended, not spoken of.
        .filter(Column::DueAt.gt(env.now()))
        .order_by_asc(Column::RemindAt)
        .limit(BATCH)
        .all(env.db())
        .await?;
    let mut done = 0;
    for order in due {
        match one(env, &order).await {
            Ok(sent) => done += u64::from(sent),
            Err(error) => tracing::error!(order = %order.id, %error, "a reminder could not be sent"),
        }
    }
    Ok(done)
}

/// Takes one reminder by a guarded statement, so that it is sent once and never after the wait it belongs to.
async fn one(env: &Env, seen: &order::Model) -> Result<bool, Fault> {
    let (Some(side), Some(began), Some(due)) = (state::waits_for(seen.state), seen.wait_began_at, seen.due_at) else {
        return Err(Fault::internal("an order that waits for nobody has a reminder"));
    };
    let tx = env.begin().await?;
    let (kind, next) = plan(began, due, tx.now());
    let taken = Entity::update_many()
        .col_expr(Column::RemindAt, Expr::value(next))
        .filter(Column::Id.eq(seen.id))
        .filter(Column::State.eq(seen.state))
        .filter(Column::RemindAt.eq(seen.remind_at))
        .filter(Column::RemindAt.lte(tx.now()))
        .filter(Column::DueAt.eq(seen.due_at));
    if taken.exec(tx.db()).await?.rows_affected == 0 {
        return Ok(false);
    }
    history::append(&tx, seen.id, kind, None).await?;
    tx.emit(Event::OrderWaits {
        order: seen.id,
        user: side.of(seen),
        due,
    });
    tx.commit().await?;
    tracing::info!(order = %seen.id, ?kind, "reminded");
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_has_two_reminders_and_a_late_server_says_the_last() {
        let (began, due) = (Time(1_000_000), Time(1_000_000).plus_hours(10));
        let after = |hours| began.plus_hours(hours);
        assert_eq!(half(began, due), after(5));
        for (now, kind, next) in [
            (after(5), OrderStepKind::RemindedAtHalf, Some(after(9))),
            (after(8), OrderStepKind::RemindedAtHalf, Some(after(9))),
            (after(9), OrderStepKind::RemindedAtEnd, None),
            (after(12), OrderStepKind::RemindedAtEnd, None),
        ] {
            assert_eq!(plan(began, due, now), (kind, next), "{now:?}");
        }
    }
}
