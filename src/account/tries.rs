//! Tries to prove that it is he, counted in the database: trade and money need such proofs, and they do not wait for a cache that is away.

use std::time::Duration;

use entity::value::{Time, UserId};

use super::throttle::{FREE, Throttled, WINDOW, free_at};
use crate::kernel::{Env, Fault, Tx, sql};

/// The longest pause between tries that fail.
const LONGEST: Duration = Duration::from_secs(60);

/// By what somebody proves that it is he.
#[derive(Debug, Clone, Copy)]
pub(super) enum By {
    /// His password, within a session.
    Password,
    /// A code of his second factor, or a recovery code.
    SecondFactor,
}

impl By {
    const fn name(self) -> &'static str {
        match self {
            Self::Password => "PASSWORD",
            Self::SecondFactor => "SECOND_FACTOR",
        }
    }
}

/// Counts a try before it is compared with anything, and lets it in or not: as [`super::throttle`] does, in a transaction of its own. Of many at
/// once, no more than the curve allows get in.
pub(super) async fn enter(env: &Env, user: UserId, by: By) -> Result<(), Throttled> {
    let tx = env.begin().await?;
    let now = tx.now();
    let (tries, free) = count(&tx, user, by).await?;
    let wait = free.filter(|free| tries >= FREE && now < *free);
    if tries >= FREE && wait.is_none() {
        let next = free_at(tries + 1, now, LONGEST);
        let put_off = "UPDATE proof_tries SET free_at = $3 WHERE user_id = $1 AND kind = $2";
        sql::run(tx.db(), put_off, vec![user.into(), by.name().into(), next.into()]).await?;
    }
    tx.commit().await?;
    match wait {
        None => Ok(()),
        Some(free) => Err(Throttled::Wait {
            seconds: u64::try_from(free.since(now)).unwrap_or(0).div_ceil(1_000).max(1),
        }),
    }
}

/// The number of this try within the window that its first one began, and from when on another is let in.
async fn count(tx: &Tx, user: UserId, by: By) -> Result<(u64, Option<Time>), Fault> {
    let window = i64::try_from(WINDOW.as_millis()).map_err(Fault::internal)?;
    let row = sql::one(
        tx.db(),
        "INSERT INTO proof_tries (user_id, kind, tries, since) VALUES ($1, $2, 1, $3) ON CONFLICT (user_id, kind) DO UPDATE SET \
         tries = CASE WHEN proof_tries.since > $4 THEN proof_tries.tries + 1 ELSE 1 END, \
         since = CASE WHEN proof_tries.since > $4 THEN proof_tries.since ELSE $3 END RETURNING tries, free_at",
        vec![user.into(), by.name().into(), tx.now().into(), tx.now().plus_millis(-window).into()],
    );
    let row = row.await?.ok_or_else(|| Fault::internal("a counted try gave no row"))?;
    let tries = u64::try_from(row.try_get::<i64>("", "tries")?).map_err(Fault::internal)?;
    Ok((tries, row.try_get::<Option<i64>>("", "free_at")?.map(Time)))
}

/// Takes one try back: it was let in, and the house was too busy to compare it. The pause that it began stays.
pub(super) async fn take_back(env: &Env, user: UserId, by: By) -> Result<(), Fault> {
    let tx = env.begin().await?;
    let less = "UPDATE proof_tries SET tries = tries - 1 WHERE user_id = $1 AND kind = $2 AND tries > 0";
    sql::run(tx.db(), less, vec![user.into(), by.name().into()]).await?;
    tx.commit().await
}

/// Forgets the tries, with what one that was right leads to.
pub(super) async fn forgive(tx: &Tx, user: UserId, by: By) -> Result<(), Fault> {
    let forget = "DELETE FROM proof_tries WHERE user_id = $1 AND kind = $2";
    sql::run(tx.db(), forget, vec![user.into(), by.name().into()]).await?;
    Ok(())
}
