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
}
