//! How admins share what waits for them: one takes a thing and has it for four hours, then it is free again.
//!
//! Whatever waits has the columns `claimed_by` and `claimed_at`; the rule is here, so that all queues behave alike.

use entity::value::{Time, UserId};
use sea_orm::{ColumnTrait, Condition, Value};
use uuid::Uuid;

use super::{Fault, Tx, sql};

/// After so many hours without a decision a claim counts no more.
pub const CLAIM_HOURS: i64 = 4;

/// Which of what waits an admin wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claimed {
    /// What he has taken himself.
    Mine,
    /// What nobody has.
    Unclaimed,
    /// What somebody has, he or another.
    Claimed,
}

/// Claims of this moment or before count no more.
#[must_use]
pub const fn lapsed(now: Time) -> Time {
    now.plus_hours(-CLAIM_HOURS)
}

/// The admin who has a thing now, if it is another than `admin`.
#[must_use]
pub fn other(claimed: (Option<UserId>, Option<Time>), admin: UserId, now: Time) -> Option<UserId> {
    let (by, at) = claimed.0.zip(claimed.1)?;
    (by != admin && at > lapsed(now)).then_some(by)
}

/// The condition of a filter on rows under this alias, to be put behind others; its values go behind `values`.
pub fn condition(filter: Option<Claimed>, alias: &str, admin: UserId, now: Time, values: &mut Vec<Value>) -> String {
    let Some(filter) = filter else { return String::new() };
    values.push(lapsed(now).into());
    let since = values.len();
    match filter {
        Claimed::Unclaimed => format!(" AND ({alias}.claimed_at IS NULL OR {alias}.claimed_at <= ${since})"),
        Claimed::Claimed => format!(" AND {alias}.claimed_at > ${since}"),
        Claimed::Mine => {
            values.push(admin.into());
            format!(" AND {alias}.claimed_at > ${since} AND {alias}.claimed_by = ${}", values.len())
        }
    }
}

/// The same for the query builder.
pub fn filter<C: ColumnTrait>(filter: Option<Claimed>, (by, at): (C, C), admin: UserId, now: Time) -> Condition {
    let since = lapsed(now);
    match filter {
        None => Condition::all(),
        Some(Claimed::Unclaimed) => Condition::any().add(at.is_null()).add(at.lte(since)),
        Some(Claimed::Claimed) => Condition::all().add(at.gt(since)),
        Some(Claimed::Mine) => Condition::all().add(at.gt(since)).add(by.eq(admin)),
    }
}

/// A table of things that wait, and the condition under which one of them does.
#[derive(Debug, Clone, Copy)]
pub struct Waiting {
    /// The table.
    pub table: &'static str,
    /// The condition.
    pub waits: &'static str,
}

impl Waiting {
    /// Gives a thing to `admin` for four hours; claiming one's own again begins them anew. `false`: it does not wait, or another has it.
    pub async fn take(&self, tx: &Tx, id: Uuid, admin: UserId) -> Result<bool, Fault> {
        let Self { table, waits } = self;
        let update = format!(
            "UPDATE {table} SET claimed_by = $2, claimed_at = $3 WHERE id = $1 AND {waits} \
             AND (claimed_at IS NULL OR claimed_by = $2 OR claimed_at <= $4)"
        );
        let values = vec![id.into(), admin.into(), tx.now().into(), lapsed(tx.now()).into()];
        Ok(sql::run(tx.db(), &update, values).await? == 1)
    }

    /// Gives back what `admin` has. `false`: he has it not.
    pub async fn give_back(&self, tx: &Tx, id: Uuid, admin: UserId) -> Result<bool, Fault> {
        let Self { table, waits } = self;
        let update = format!("UPDATE {table} SET claimed_by = NULL, claimed_at = NULL WHERE id = $1 AND {waits} AND claimed_by = $2");
        Ok(sql::run(tx.db(), &update, vec![id.into(), admin.into()]).await? == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_keeps_others_away_for_four_hours() {
        let (ada, abe, at) = (UserId::new(), UserId::new(), Time(1_000));
        let end = at.plus_hours(CLAIM_HOURS);
        for (claimed, admin, now, expected) in [
            ((None, None), ada, at, None),
            ((Some(ada), Some(at)), ada, at, None),
            ((Some(ada), Some(at)), abe, at, Some(ada)),
            ((Some(ada), Some(at)), abe, end.plus_millis(-1), Some(ada)),
            ((Some(ada), Some(at)), abe, end, None),
        ] {
            assert_eq!(other(claimed, admin, now), expected, "{claimed:?} at {now:?}");
        }
    }
}
