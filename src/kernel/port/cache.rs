use std::time::Duration;

use async_trait::async_trait;

/// The cache is away.
#[derive(Debug, thiserror::Error)]
#[error("the cache is away: {0}")]
pub struct CacheError(pub String);

/// Short-lived facts: captchas, codes, limits, often-read pages. In process, or in Redis for many processes.
#[async_trait]
pub trait Cache: Send + Sync {
    /// Reads a value.
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, CacheError>;
    /// Writes a value that is forgotten after `ttl`.
    async fn set(&self, key: &str, value: &[u8], ttl: Duration) -> Result<(), CacheError>;
    /// Writes a value unless there is one; tells whether it wrote.
    async fn set_new(&self, key: &str, value: &[u8], ttl: Duration) -> Result<bool, CacheError>;
    /// Reads a value and forgets it, in one step: of many callers one gets it.
    async fn take(&self, key: &str) -> Result<Option<Vec<u8>>, CacheError>;
    /// Forgets a value.
    async fn delete(&self, key: &str) -> Result<(), CacheError>;
    /// Adds one to a counter and answers the new count. The first call starts the counter's life of `ttl`; later ones do not lengthen it.
    async fn count(&self, key: &str, ttl: Duration) -> Result<u64, CacheError>;
    /// Takes one off a counter that lives, and never below nothing. What does not live is left alone.
    async fn uncount(&self, key: &str) -> Result<(), CacheError>;
    /// Pours drops into a bucket, in one step: of many callers together no more get in than it holds. A bucket that nobody pours into runs empty
    /// and is forgotten.
    async fn pour(&self, key: &str, bucket: Bucket, drops: u64) -> Result<Poured, CacheError>;
}

/// A leaky bucket: it bears a burst, and in the long run what leaks out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// How many drops it holds.
    pub holds: u64,
    /// How long one drop takes to leak out; counted in whole microseconds, at least one.
    pub drop_in: Duration,
}

/// What became of a pouring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Poured {
    /// How many drops the bucket has room for now.
    pub room: u64,
    /// `None`: they are in. Otherwise none is, and this long they would have to wait.
    pub wait: Option<Duration>,
}

impl Bucket {
    /// Microseconds that one drop takes.
    fn micros_a_drop(self) -> u64 {
        u64::try_from(self.drop_in.as_micros()).unwrap_or(u64::MAX).max(1)
    }

    /// How long so many drops take to leak out, in microseconds.
    #[must_use]
    pub fn micros(self, drops: u64) -> u64 {
        self.micros_a_drop().saturating_mul(drops)
    }

    /// Pours into a bucket that would run empty in `level` microseconds: its new level, and what became of it.
    #[must_use]
    pub fn pour(self, level: u64, drops: u64) -> (u64, Poured) {
        let (full, after) = (self.micros(self.holds), level.saturating_add(self.micros(drops)));
        if after > full {
            (level, self.poured(level, Some(after - full)))
        } else {
            (after, self.poured(after, None))
        }
    }

    /// The answer of a bucket at this level, in microseconds.
    #[must_use]
    pub fn poured(self, level: u64, wait: Option<u64>) -> Poured {
        Poured {
            room: self.micros(self.holds).saturating_sub(level) / self.micros_a_drop(),
            wait: wait.map(Duration::from_micros),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_bears_a_burst_and_then_what_leaks() {
        let bucket = Bucket {
            holds: 10,
            drop_in: Duration::from_millis(1),
        };
        for (level, drops, after, room, wait) in [
            (0, 10, 10_000, 0, None),
            (0, 3, 3_000, 7, None),
            (9_500, 1, 9_500, 0, Some(500)),
            (9_000, 1, 10_000, 0, None),
            (0, 11, 0, 10, Some(1_000)),
            (0, u64::MAX, 0, 10, Some(u64::MAX - 10_000)),
        ] {
            let wait = wait.map(Duration::from_micros);
            assert_eq!(bucket.pour(level, drops), (after, Poured { room, wait }), "{drops} at {level}");
        }
    }
}
