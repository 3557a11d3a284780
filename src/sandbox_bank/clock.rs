//! The bank's own clock. It is a foreign system, so it does not ask the platform for the time.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::UNIX_EPOCH,
};

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// This machine's clock and an offset that tests may move.
#[derive(Debug)]
pub(super) struct Clock {
    offset_ms: AtomicI64,
}

impl Clock {
    pub fn new(offset_ms: i64) -> Self {
        Self {
            offset_ms: AtomicI64::new(offset_ms),
        }
    }

    pub fn set_offset(&self, ms: i64) {
        self.offset_ms.store(ms, Ordering::Relaxed);
    }

    /// Whole seconds since 1970, as webhooks are stamped.
    pub fn unix_seconds(&self) -> i64 {
        let now = UNIX_EPOCH.elapsed().unwrap_or_default().as_millis();
        let now = i64::try_from(now).unwrap_or(i64::MAX);
        now.saturating_add(self.offset_ms.load(Ordering::Relaxed)).div_euclid(1_000)
    }

    /// The same as a date, as bodies carry it.
    pub fn rfc3339(&self) -> String {
        let now = OffsetDateTime::from_unix_timestamp(self.unix_seconds()).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        now.format(&Rfc3339).unwrap_or_default()
    }
}
