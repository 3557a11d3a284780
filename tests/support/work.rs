//! Parts that write down what they are asked, so that work can be counted and not timed.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use handover::kernel::{
    env::Parts,
    port::{Bucket, Cache, CacheError, HashError, Mail, MailError, Mailer, PasswordHasher, Poured},
};

/// What was done, in order: the part, the operation and, for the cache, the key up to its first colon.
#[derive(Clone, Default)]
pub struct Work(Arc<Mutex<Vec<String>>>);

impl Work {
    /// The parts with this notebook between them and their callers.
    pub fn watch(&self, mut parts: Parts) -> Parts {
        parts.cache = Arc::new(WatchedCache(self.clone(), parts.cache));
        parts.passwords = Arc::new(WatchedHasher(self.clone(), parts.passwords));
        parts.mailer = Arc::new(WatchedMailer(self.clone(), parts.mailer));
        parts
    }

    /// What was done since the last look.
    pub fn since(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }

    fn note(&self, what: String) {
        self.0.lock().unwrap().push(what);
    }

    fn key(&self, operation: &str, key: &str) {
        self.note(format!("{operation} {}", key.split(':').next().unwrap_or_default()));
    }
}

struct WatchedCache(Work, Arc<dyn Cache>);

#[async_trait]
impl Cache for WatchedCache {
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, CacheError> {
        self.0.key("get", key);
        self.1.get(key).await
    }
    async fn set(&self, key: &str, value: &[u8], ttl: Duration) -> Result<(), CacheError> {
        self.0.key("set", key);
        self.1.set(key, value, ttl).await
    }
    async fn set_new(&self, key: &str, value: &[u8], ttl: Duration) -> Result<bool, CacheError> {
        self.0.key("set_new", key);
        self.1.set_new(key, value, ttl).await
    }
    async fn take(&self, key: &str) -> Result<Option<Vec<u8>>, CacheError> {
        self.0.key("take", key);
        self.1.take(key).await
    }
    async fn delete(&self, key: &str) -> Result<(), CacheError> {
        self.0.key("delete", key);
        self.1.delete(key).await
    }
    async fn count(&self, key: &str, ttl: Duration) -> Result<u64, CacheError> {
        self.0.key("count", key);
        self.1.count(key, ttl).await
    }
    async fn uncount(&self, key: &str) -> Result<(), CacheError> {
        self.0.key("uncount", key);
        self.1.uncount(key).await
    }
    async fn pour(&self, key: &str, bucket: Bucket, drops: u64) -> Result<Poured, CacheError> {
        self.0.key("pour", key);
        self.1.pour(key, bucket, drops).await
    }
}

struct WatchedHasher(Work, Arc<dyn PasswordHasher>);

#[async_trait]
impl PasswordHasher for WatchedHasher {
    async fn hash(&self, password: &str) -> Result<String, HashError> {
        let done = self.1.hash(password).await;
        self.0.note("hash".to_owned());
        done
    }
    async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool, HashError> {
        let done = self.1.verify(password, hash).await;
        self.0.note(if done == Err(HashError::Busy) { "busy" } else { "verify" }.to_owned());
        done
    }
}

struct WatchedMailer(Work, Arc<dyn Mailer>);

#[async_trait]
impl Mailer for WatchedMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        self.0.note("mail".to_owned());
        self.1.send(mail).await
    }
}
