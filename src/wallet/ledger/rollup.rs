//! What the platform's accounts without a balance came to at the end of each day, so that their sums read the newest entries alone.

use entity::{
    ledger_rollup,
    value::{Money, Time},
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

use super::AccountKey;
use crate::kernel::{Env, Fault, Tx, policy::System, sql};

/// A day in milliseconds.
const DAY: i64 = 86_400_000;
/// How long after its end a day is rolled up: a transaction has the time at which it began, and by then all that began in it have ended.
const FINAL_AFTER: i64 = 3_600_000;
/// What is rolled up: the accounts without a balance.
const ACCOUNTS: [AccountKey; 2] = [AccountKey::FEES, AccountKey::BANK_CLEARING];
/// The day before all days.
const NONE_YET: i64 = -1;

/// Rolls up the days that are long over, oldest first, each in a transaction of its own. Answers how many.
///
/// Several processes may do so at once: what a day came to does not change any more, and is written once.
pub async fn roll_up(env: &Env, _: System) -> Result<u64, Fault> {
    let mut done = 0;
    // A look without a transaction, since mostly there is nothing.
    while let Some(day) = next(env).await? {
        let tx = env.begin().await?;
        if day > last_final(tx.now()) {
            break;
        }
        write(&tx, day).await?;
        tx.commit().await?;
        done += 1;
    }
    Ok(done)
}

/// The newest day that is rolled up; before all days if there is none.
pub(super) async fn newest<C: ConnectionTrait>(db: &C) -> Result<i64, Fault> {
    // All accounts are rolled up together, so one is asked for all.
    let values = vec![AccountKey::FEES.owner.into(), AccountKey::FEES.kind.as_str().into()];
    let row = sql::one(
        db,
        "SELECT MAX(day) AS newest FROM ledger_rollups WHERE owner_id = $1 AND kind = $2",
        values,
    );
    let newest: Option<i64> = row
        .await?
        .ok_or_else(|| Fault::internal("a maximum gave no row"))?
        .try_get("", "newest")?;
    Ok(newest.unwrap_or(NONE_YET))
}

/// The sum of an account's entries: what it came to at the end of the newest day that is rolled up, and what was posted since.
///
/// A roll-up never changes, so these two statements say what one would.
pub(super) async fn sum<C: ConnectionTrait>(db: &C, account: AccountKey) -> Result<Money, Fault> {
    sum_before(db, account, newest(db).await?, Time(i64::MAX)).await
}

/// The end of a day.
pub(super) const fn end(day: i64) -> Time {
    Time((day + 1) * DAY)
}

/// The newest day that is final.
const fn last_final(now: Time) -> i64 {
    (now.0 - FINAL_AFTER) / DAY - 1
}

/// The oldest day that is final and in which money moved, after those that are rolled up.
async fn next(env: &Env) -> Result<Option<i64>, Fault> {
    let (newest, last) = (newest(env.db()).await?, last_final(env.now()));
    if newest >= last {
        return Ok(None);
    }
    let row = sql::one(
        env.db(),
        "SELECT MIN(at) AS earliest FROM ledger_transfers WHERE at >= $1",
        vec![end(newest).into()],
    );
    let earliest: Option<i64> = row
        .await?
        .ok_or_else(|| Fault::internal("a minimum gave no row"))?
        .try_get("", "earliest")?;
    Ok(earliest.map(|at| at / DAY).filter(|day| *day <= last))
}

async fn write(tx: &Tx, day: i64) -> Result<(), Fault> {
    let newest = newest(tx.db()).await?;
    for account in ACCOUNTS {
        let row = ledger_rollup::ActiveModel {
            owner_id: Set(account.owner),
            kind: Set(account.kind),
            day: Set(day),
            total: Set(sum_before(tx.db(), account, newest, end(day)).await?),
        };
        // Another process may have been first.
        ledger_rollup::Entity::insert(row)
            .on_conflict_do_nothing()
            .exec_without_returning(tx.db())
            .await?;
    }
    Ok(())
}

/// What an account came to at the end of a day that is rolled up, and what was posted after it and before `until`.
async fn sum_before<C: ConnectionTrait>(db: &C, account: AccountKey, day: i64, until: Time) -> Result<Money, Fault> {
    // The cross join says to SQLite, which keeps no count of its rows, where to begin: at the transfers of that time.
    let select = "SELECT CAST(COALESCE(SUM(q.amount), 0) AS bigint) AS total FROM ( \
                  SELECT total AS amount FROM ledger_rollups WHERE owner_id = $1 AND kind = $2 AND day = $3 UNION ALL \
                  SELECT e.amount FROM ledger_transfers t CROSS JOIN ledger_entries e WHERE e.transfer_id = t.id \
                  AND e.owner_id = $1 AND e.kind = $2 AND t.at >= $4 AND t.at < $5) AS q";
    let values = vec![
        account.owner.into(),
        account.kind.as_str().into(),
        day.into(),
        end(day).into(),
        until.into(),
    ];
    Ok(sql::one(db, select, values)
        .await?
        .ok_or_else(|| Fault::internal("a sum gave no row"))?
        .try_get("", "total")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_final_an_hour_after_its_end() {
        let over = end(20_000);
        assert_eq!(over, Time(20_001 * DAY));
        assert_eq!(last_final(over.plus_minutes(59)), 19_999);
        assert_eq!(last_final(over.plus_minutes(60)), 20_000);
        assert_eq!(end(NONE_YET), Time(0), "nothing was before the first day");
    }
}
