//! How tries are slowed: the first few are free, then each waits longer than the one before, up to a bound.
//!
//! The bound is what keeps a stranger from locking an owner out: whatever he does, the door opens again within it.

use std::time::Duration;

use entity::value::Time;

use crate::kernel::{Env, Fault};

/// Tries that wait for nothing.
pub const FREE: u64 = 5;
/// How long tries are remembered.
pub const WINDOW: Duration = Duration::from_secs(15 * 60);

/// Why a try is not let in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Throttled {
    /// Too many came before. It was neither compared nor will it be.
    #[error("too many tries")]
    Wait {
        /// Seconds until the next try is let in.
        seconds: u64,
    },
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// How long after the last try the `count`th may come: nothing for the first [`FREE`], then 1, 2, 4 seconds and so on, up to `longest`.
#[must_use]
pub fn pause(count: u64, longest: Duration) -> Duration {
    match count {
        0..=FREE => Duration::ZERO,
        _ => {
            let doublings = u32::try_from(count - FREE - 1).unwrap_or(u32::MAX).min(30);
            Duration::from_secs(1 << doublings).min(longest)
        }
    }
}

/// From when on the `count`th try may come, if the one before it came at `last`.
#[must_use]
pub fn free_at(count: u64, last: Time, longest: Duration) -> Time {
    last.plus_millis(i64::try_from(pause(count, longest).as_millis()).unwrap_or(i64::MAX / 2))
}

/// Counts a try on `what` before it is compared with anything, and lets it in or not. Of many at once, no more than the curve allows get in.
pub(super) async fn enter(env: &Env, what: &str, longest: Duration) -> Result<(), Throttled> {
    let cache = env.cache();
    let count = cache.count(&tries(what), WINDOW).await.map_err(Fault::from)?;
    if count < FREE {
        return Ok(());
    }
    // The mark stands until the next may come, and says when that is. Whoever can place it is the one who gets in.
    let mark = format!("pause:{what}");
    let until = free_at(count + 1, env.now(), longest);
    let placed = cache.set_new(&mark, &until.0.to_be_bytes(), pause(count + 1, longest)).await;
    if placed.map_err(Fault::from)? {
        return Ok(());
    }
    let until = cache.get(&mark).await.map_err(Fault::from)?;
    Err(Throttled::Wait {
        seconds: seconds_until(env, until.as_deref()),
    })
}

/// Takes one try on `what` back: it was let in, and the house was too busy to compare it. The pause that it began stays.
pub(super) async fn take_back(env: &Env, what: &str) -> Result<(), Fault> {
    Ok(env.cache().uncount(&tries(what)).await?)
}

/// How many tries on `what` are remembered.
pub(super) async fn count(env: &Env, what: &str) -> Result<u64, Fault> {
    let text = env.cache().get(&tries(what)).await?;
    Ok(text
        .and_then(|text| std::str::from_utf8(&text).ok()?.parse().ok())
        .unwrap_or_default())
}

/// Forgets the tries on `what`, after one that was right.
pub(super) async fn forgive(env: &Env, what: &str) -> Result<(), Fault> {
    env.cache().delete(&tries(what)).await?;
    Ok(env.cache().delete(&format!("pause:{what}")).await?)
}

/// Lets in at most `most` in a `window` that begins with the first.
pub(super) async fn ration(env: &Env, what: &str, most: u64, window: Duration) -> Result<(), Throttled> {
    let cache = env.cache();
    let began = format!("ration-ends:{what}");
    let ends = env.now().plus_millis(i64::try_from(window.as_millis()).unwrap_or(i64::MAX / 2));
    cache.set_new(&began, &ends.0.to_be_bytes(), window).await.map_err(Fault::from)?;
    if cache.count(&format!("ration:{what}"), window).await.map_err(Fault::from)? <= most {
        return Ok(());
    }
    let ends = cache.get(&began).await.map_err(Fault::from)?;
    Err(Throttled::Wait {
        seconds: seconds_until(env, ends.as_deref()),
    })
}

fn tries(what: &str) -> String {
    format!("tries:{what}")
}

/// Whole seconds from now until a stored moment, at least one.
fn seconds_until(env: &Env, moment: Option<&[u8]>) -> u64 {
    let until = moment.and_then(|bytes| bytes.try_into().ok()).map(i64::from_be_bytes);
    let millis = until.map_or(0, |until| Time(until).since(env.now()));
    u64::try_from(millis).unwrap_or(0).div_ceil(1_000).max(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::*;

    const LONGEST: Duration = Duration::from_secs(60);

    #[test]
    fn the_first_tries_are_free_and_the_others_wait_longer_and_longer() {
        let seconds: Vec<u64> = (0..14).map(|count| pause(count, LONGEST).as_secs()).collect();
        assert_eq!(seconds, [0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(free_at(3, Time(7_000), LONGEST), Time(7_000));
        assert_eq!(free_at(8, Time(7_000), LONGEST), Time(11_000));
    }

    #[test]
    fn a_guesser_gets_few_tries_in_a_day() {
        let (mut now, mut begins, mut count, mut compared) = (Time(0), Time(0), 0, 0);
        let window = i64::try_from(WINDOW.as_millis()).unwrap();
        while now < Time(0).plus_days(1) {
            if now.since(begins) >= window {
                (begins, count) = (now, 0);
            }
            count += 1;
            compared += 1;
            // He tries again as soon as he may, and never without a pause of a second.
            now = free_at(count + 1, now, LONGEST).max(now.plus_seconds(1));
        }
        assert!((1_000..2_500).contains(&compared), "{compared}");
    }

    proptest! {
        #[test]
        fn nobody_ever_waits_longer_than_the_bound(count in any::<u64>(), last in 0..i64::MAX / 4) {
            assert!(free_at(count, Time(last), LONGEST).since(Time(last)) <= 60_000);
            assert!(pause(count, LONGEST) <= pause(count.saturating_add(1), LONGEST));
        }
    }
}
