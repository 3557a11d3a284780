use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;

use crate::kernel::port::{Bucket, Cache, CacheError, Poured};

/// The cache of one process. It forgets all at its end, and the soonest to expire when it is full.
pub struct MemoryCache {
    shelf: Mutex<Shelf>,
}

impl MemoryCache {
    /// An empty cache that keeps at most `capacity` values (at least one).
    pub fn new(capacity: usize) -> Self {
        let shelf = Shelf {
            capacity: capacity.max(1),
            values: HashMap::new(),
            by_expiry: BTreeSet::new(),
        };
        Self { shelf: Mutex::new(shelf) }
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        // A panic between two writes of the shelf can at worst lose a cached value.
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Cache for MemoryCache {
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, CacheError> {
        Ok(self.shelf().get(key, Instant::now()))
    }

    async fn set(&self, key: &str, value: &[u8], ttl: Duration) -> Result<(), CacheError> {
        self.shelf().put(key, value.to_vec(), ttl, Instant::now());
        Ok(())
    }

    async fn set_new(&self, key: &str, value: &[u8], ttl: Duration) -> Result<bool, CacheError> {
        Ok(self.shelf().put_new(key, value.to_vec(), ttl, Instant::now()))
    }

    async fn take(&self, key: &str) -> Result<Option<Vec<u8>>, CacheError> {
        Ok(self.shelf().take(key, Instant::now()))
    }

    async fn delete(&self, key: &str) -> Result<(), CacheError> {
        self.shelf().remove(key);
        Ok(())
    }

    async fn count(&self, key: &str, ttl: Duration) -> Result<u64, CacheError> {
        self.shelf().count(key, ttl, Instant::now())
    }

    async fn uncount(&self, key: &str) -> Result<(), CacheError> {
        self.shelf().uncount(key, Instant::now())
    }

    async fn pour(&self, key: &str, bucket: Bucket, drops: u64) -> Result<Poured, CacheError> {
        Ok(self.shelf().pour(key, bucket, drops, Instant::now()))
    }
}

struct Value {
    bytes: Vec<u8>,
    expires: Instant,
}

impl Value {
    /// Changes a counter; answers the new count.
    fn recount(&mut self, change: fn(u64) -> u64) -> Result<u64, CacheError> {
        let before = std::str::from_utf8(&self.bytes).ok().and_then(|text| text.parse().ok());
        let count = change(before.ok_or_else(|| CacheError("the value is not a counter".into()))?);
        self.bytes = count.to_string().into_bytes();
        Ok(count)
    }
}

struct Shelf {
    capacity: usize,
    values: HashMap<Arc<str>, Value>,
    by_expiry: BTreeSet<(Instant, Arc<str>)>,
}

impl Shelf {
    fn get(&self, key: &str, now: Instant) -> Option<Vec<u8>> {
        self.values
            .get(key)
            .filter(|value| value.expires > now)
            .map(|value| value.bytes.clone())
    }

    fn put(&mut self, key: &str, bytes: Vec<u8>, ttl: Duration, now: Instant) {
        self.remove(key);
        self.make_room(now);
        let (key, expires) = (Arc::<str>::from(key), now + ttl);
        self.by_expiry.insert((expires, Arc::clone(&key)));
        self.values.insert(key, Value { bytes, expires });
    }

    fn put_new(&mut self, key: &str, bytes: Vec<u8>, ttl: Duration, now: Instant) -> bool {
        let free = self.values.get(key).is_none_or(|value| value.expires <= now);
        if free {
            self.put(key, bytes, ttl, now);
        }
        free
    }

    fn take(&mut self, key: &str, now: Instant) -> Option<Vec<u8>> {
        self.remove(key).filter(|value| value.expires > now).map(|value| value.bytes)
    }

    /// Counters are kept as decimal text, as Redis keeps them, so that `get` reads the same from both.
    fn count(&mut self, key: &str, ttl: Duration, now: Instant) -> Result<u64, CacheError> {
        let Some(value) = self.values.get_mut(key).filter(|value| value.expires > now) else {
            self.put(key, b"1".to_vec(), ttl, now);
            return Ok(1);
        };
        value.recount(|count| count.saturating_add(1))
    }

    fn uncount(&mut self, key: &str, now: Instant) -> Result<(), CacheError> {
        match self.values.get_mut(key).filter(|value| value.expires > now) {
            Some(value) => value.recount(|count| count.saturating_sub(1)).map(drop),
            None => Ok(()),
        }
    }

    /// A bucket has no value but its life: it ends when the bucket has run empty.
    fn pour(&mut self, key: &str, bucket: Bucket, drops: u64, now: Instant) -> Poured {
        let level = self
            .values
            .get(key)
            .map_or(Duration::ZERO, |value| value.expires.saturating_duration_since(now));
        let level = u64::try_from(level.as_micros()).unwrap_or(u64::MAX);
        let (after, poured) = bucket.pour(level, drops);
        if poured.wait.is_none() {
            self.put(key, Vec::new(), Duration::from_micros(after), now);
        }
        poured
    }

    fn remove(&mut self, key: &str) -> Option<Value> {
        let (key, value) = self.values.remove_entry(key)?;
        self.by_expiry.remove(&(value.expires, key));
        Some(value)
    }

    fn make_room(&mut self, now: Instant) {
        while let Some((expires, key)) = self.by_expiry.pop_first() {
            if expires > now && self.values.len() < self.capacity {
                self.by_expiry.insert((expires, key));
                return;
            }
            self.values.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn shelf(capacity: usize) -> Shelf {
        Shelf {
            capacity,
            values: HashMap::new(),
            by_expiry: BTreeSet::new(),
        }
    }

    #[test]
    fn a_value_is_forgotten_after_its_life() {
        let (mut shelf, now) = (shelf(9), Instant::now());
        shelf.put("a", b"1".to_vec(), MINUTE, now);
        assert_eq!(shelf.get("a", now + MINUTE / 2), Some(b"1".to_vec()));
        assert_eq!(shelf.get("a", now + MINUTE), None);
        assert_eq!(shelf.take("a", now + MINUTE), None);
    }

    #[test]
    fn a_taken_value_is_gone() {
        let (mut shelf, now) = (shelf(9), Instant::now());
        shelf.put("a", b"1".to_vec(), MINUTE, now);
        assert_eq!(shelf.take("a", now), Some(b"1".to_vec()));
        assert_eq!(shelf.take("a", now), None);
        assert!(shelf.by_expiry.is_empty());
    }

    #[test]
    fn only_the_first_writes_until_it_expires() {
        let (mut shelf, now) = (shelf(9), Instant::now());
        assert!(shelf.put_new("a", b"1".to_vec(), MINUTE, now));
        assert!(!shelf.put_new("a", b"2".to_vec(), MINUTE, now));
        assert!(shelf.put_new("a", b"3".to_vec(), MINUTE, now + MINUTE));
        assert_eq!(shelf.get("a", now + MINUTE), Some(b"3".to_vec()));
    }

    #[test]
    fn a_counter_keeps_the_life_of_its_first_count() {
        let (mut shelf, now) = (shelf(9), Instant::now());
        assert_eq!(shelf.count("a", MINUTE, now).unwrap(), 1);
        assert_eq!(shelf.count("a", MINUTE, now + MINUTE / 2).unwrap(), 2);
        assert_eq!(shelf.get("a", now + MINUTE / 2), Some(b"2".to_vec()));
        shelf.uncount("a", now + MINUTE / 2).unwrap();
        assert_eq!(shelf.get("a", now + MINUTE / 2), Some(b"1".to_vec()));
        shelf.uncount("a", now + MINUTE).unwrap();
        assert_eq!(shelf.get("a", now + MINUTE), None, "what has ended is not begun again");
        assert_eq!(shelf.count("a", MINUTE, now + MINUTE).unwrap(), 1);
    }

    #[test]
    fn a_full_bucket_takes_more_when_some_has_leaked() {
        let bucket = Bucket {
            holds: 60,
            drop_in: Duration::from_secs(1),
        };
        let (mut shelf, now) = (shelf(9), Instant::now());
        assert_eq!(shelf.pour("a", bucket, 60, now), Poured { room: 0, wait: None });
        let wait = Some(Duration::from_secs(10));
        assert_eq!(shelf.pour("a", bucket, 10, now), Poured { room: 0, wait });
        assert_eq!(shelf.pour("a", bucket, 10, now + MINUTE / 4), Poured { room: 5, wait: None });
        assert_eq!(shelf.pour("a", bucket, 60, now + MINUTE * 2), Poured { room: 0, wait: None });
    }

    #[test]
    fn a_value_that_is_no_counter_is_not_counted() {
        let (mut shelf, now) = (shelf(9), Instant::now());
        shelf.put("a", b"x".to_vec(), MINUTE, now);
        assert!(shelf.count("a", MINUTE, now).is_err());
    }

    #[test]
    fn a_full_cache_forgets_the_expired_and_then_the_soonest_to_expire() {
        let (mut shelf, now) = (shelf(2), Instant::now());
        shelf.put("long", b"1".to_vec(), MINUTE * 9, now);
        shelf.put("short", b"1".to_vec(), MINUTE, now);
        shelf.put("new", b"1".to_vec(), MINUTE * 5, now);
        assert_eq!(shelf.get("short", now), None);
        shelf.put("newer", b"1".to_vec(), MINUTE, now + MINUTE * 6);
        assert_eq!((shelf.values.len(), shelf.by_expiry.len()), (2, 2));
        assert!(shelf.get("long", now + MINUTE * 6).is_some());
    }

    #[tokio::test]
    async fn of_many_takers_one_gets_the_value() {
        let cache = Arc::new(MemoryCache::new(9));
        cache.set("a", b"1", MINUTE).await.unwrap();
        let takers = (0..50)
            .map(|_| Arc::clone(&cache))
            .map(|cache| tokio::spawn(async move { cache.take("a").await }));
        let mut taken = 0;
        for taker in takers.collect::<Vec<_>>() {
            taken += usize::from(taker.await.unwrap().unwrap().is_some());
        }
        assert_eq!(taken, 1);
    }
}
