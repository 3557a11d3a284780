//! Time. Nothing else in the house asks what time it is.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use entity::value::Time;

/// The process's clock, never going back, plus an offset that only a test setting can set.
///
/// On PostgreSQL a transaction reads the database's clock instead (see `Env::begin`); the offset is the same.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    offset: Arc<AtomicI64>,
    last: Arc<AtomicI64>,
}

impl Clock {
    /// Now, by this process.
    #[must_use]
    pub fn now(&self) -> Time {
        let wall = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX));
        let now = wall.saturating_add(self.offset());
        Time(self.last.fetch_max(now, Ordering::Relaxed).max(now))
    }

    /// Milliseconds added to the true time.
    #[must_use]
    pub fn offset(&self) -> i64 {
        self.offset.load(Ordering::Relaxed)
    }

    /// Moves the clock to the true time plus `millis`. For tests; production refuses it at start.
    pub fn set_offset(&self, millis: i64) {
        self.offset.store(millis, Ordering::Relaxed);
    }

    /// Moves the clock on by `millis`.
    pub fn advance(&self, millis: i64) {
        self.offset.fetch_add(millis, Ordering::Relaxed);
    }
}
