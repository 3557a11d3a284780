use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{AsyncTypedCommands, Client, ExistenceCheck, RedisError, Script, SetExpiry, SetOptions};
use tokio::time::timeout;

use crate::kernel::port::{Bucket, Cache, CacheError, Poured};

/// No caller waits longer for a Redis that is away.
const PATIENCE: Duration = Duration::from_millis(900);

/// After a failure nobody tries for this long: of many callers one waits for a Redis that hangs, and the others are told at once.
const PAUSE: Duration = Duration::from_millis(300);

/// One step in Redis, so that a counter can never be left without an end of life.
static COUNT: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "local n = redis.call('INCR', KEYS[1])
         if n == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
         return n",
    )
});

/// One step as well: a counter that has just ended is not begun again below nothing.
static UNCOUNT: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "local n = tonumber(redis.call('GET', KEYS[1]) or '0')
         if n and n > 0 then redis.call('DECR', KEYS[1]) end",
    )
});

/// The moment, in microseconds, at which the bucket will have run empty. `string.format` because Lua writes large numbers with an exponent.
static POUR: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "local t = redis.call('TIME')
         local now = t[1] * 1000000 + t[2]
         local level = math.max(tonumber(redis.call('GET', KEYS[1]) or '0') - now, 0)
         local after = level + tonumber(ARGV[1])
         if after > tonumber(ARGV[2]) then return {level, after - tonumber(ARGV[2])} end
         redis.call('SET', KEYS[1], string.format('%.0f', now + after), 'PX', math.max(math.ceil(after / 1000), 1))
         return {after, 0}",
    )
});

/// A cache that many processes share. While Redis is away every call fails within a second; it comes back by itself.
pub struct RedisCache {
    connection: ConnectionManager,
    prefix: String,
    fuse: Arc<Fuse>,
}

/// Blows when Redis is away, and mends itself.
struct Fuse {
    began: Instant,
    /// Milliseconds after the beginning until which nobody tries.
    mended: AtomicU64,
}

impl Fuse {
    fn now(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn holds(&self) -> bool {
        self.mended.load(Ordering::Relaxed) <= self.now()
    }

    fn blow(&self) {
        self.mended.store(self.now().saturating_add(millis(PAUSE)), Ordering::Relaxed);
    }
}

impl RedisCache {
    /// A cache in the Redis at `url`, `prefix` before every key. Does not connect yet, so a server can start while Redis is away.
    ///
    /// # Errors
    /// When `url` is not a Redis address.
    pub fn new(url: &str, prefix: &str) -> anyhow::Result<Self> {
        // No retries inside the manager: a caller is told at once, and the next call tries again.
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(0)
            .set_connection_timeout(Some(Duration::from_millis(400)))
            .set_response_timeout(Some(Duration::from_millis(400)));
        let connection = Client::open(url)?.get_connection_manager_lazy(config)?;
        Ok(Self {
            connection,
            prefix: prefix.to_owned(),
            fuse: Arc::new(Fuse {
                began: Instant::now(),
                mended: AtomicU64::new(0),
            }),
        })
    }

    async fn in_time<T>(&self, answer: impl Future<Output = Result<T, RedisError>>) -> Result<T, CacheError> {
        if !self.fuse.holds() {
            return Err(CacheError("it was away a moment ago".into()));
        }
        match timeout(PATIENCE, answer).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => {
                if is_away(&error) {
                    self.fuse.blow();
                }
                Err(CacheError(error.to_string()))
            }
            Err(_) => {
                self.fuse.blow();
                Err(CacheError("no answer in time".into()))
            }
        }
    }

    fn key(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }
}

/// Whether Redis itself is away, and not only this question wrong.
fn is_away(error: &RedisError) -> bool {
    error.is_io_error() || error.is_timeout() || error.is_connection_dropped() || error.is_connection_refusal()
}

fn millis(ttl: Duration) -> u64 {
    u64::try_from(ttl.as_millis()).unwrap_or(u64::MAX).max(1)
}

#[async_trait]
impl Cache for RedisCache {
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, CacheError> {
        let mut redis = self.connection.clone();
        self.in_time(redis::cmd("GET").arg(self.key(key)).query_async(&mut redis)).await
    }

    async fn set(&self, key: &str, value: &[u8], ttl: Duration) -> Result<(), CacheError> {
        let mut redis = self.connection.clone();
        self.in_time(redis.pset_ex(self.key(key), value, millis(ttl))).await
    }

    async fn set_new(&self, key: &str, value: &[u8], ttl: Duration) -> Result<bool, CacheError> {
        let options = SetOptions::default()
            .conditional_set(ExistenceCheck::NX)
            .with_expiration(SetExpiry::PX(millis(ttl)));
        let mut redis = self.connection.clone();
        let wrote = self.in_time(redis.set_options(self.key(key), value, options)).await?;
        Ok(wrote.is_some())
    }

    async fn take(&self, key: &str) -> Result<Option<Vec<u8>>, CacheError> {
        let mut redis = self.connection.clone();
        self.in_time(redis::cmd("GETDEL").arg(self.key(key)).query_async(&mut redis)).await
    }

    async fn delete(&self, key: &str) -> Result<(), CacheError> {
        let mut redis = self.connection.clone();
        self.in_time(redis.del(self.key(key))).await.map(|_| ())
    }

    async fn count(&self, key: &str, ttl: Duration) -> Result<u64, CacheError> {
        let mut redis = self.connection.clone();
        self.in_time(COUNT.key(self.key(key)).arg(millis(ttl)).invoke_async(&mut redis))
            .await
    }

    async fn uncount(&self, key: &str) -> Result<(), CacheError> {
        let mut redis = self.connection.clone();
        self.in_time(UNCOUNT.key(self.key(key)).invoke_async(&mut redis)).await
    }

    async fn pour(&self, key: &str, bucket: Bucket, drops: u64) -> Result<Poured, CacheError> {
        let mut redis = self.connection.clone();
        let (drops, full) = (bucket.micros(drops), bucket.micros(bucket.holds));
        let key = self.key(key);
        let mut call = POUR.key(key);
        let (level, wait): (u64, u64) = self.in_time(call.arg(drops).arg(full).invoke_async(&mut redis)).await?;
        Ok(bucket.poured(level, (wait > 0).then_some(wait)))
    }
}
