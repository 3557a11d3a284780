//! Argon2id, off the async threads and a few at a time.

use std::sync::Arc;

use anyhow::{Context, ensure};
use argon2::password_hash::{Error as PhcError, PasswordHasher as _, PasswordVerifier};
use argon2::{Argon2, Params};
use async_trait::async_trait;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use uuid::Uuid;

use crate::kernel::port::{HashError, PasswordHasher};

/// How many may wait beside those at work. At 20 ms each and two at work the last waits under a second.
const WAITING: usize = 64;

/// What one hash costs, to us and to whoever guesses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argon2Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
}

/// Hashes passwords with Argon2id. A flood of sign-ins fills its own short queue and stops nothing else.
pub struct Argon2Hasher {
    argon2: Argon2<'static>,
    /// The hash of a password that nobody knows, to compare with when there is none.
    nobody: Arc<str>,
    seats: Arc<Semaphore>,
    workers: Arc<Semaphore>,
}

impl Argon2Hasher {
    /// Hashes at this cost, `parallel` at a time. Makes one hash at once.
    ///
    /// # Errors
    /// When the cost is below what Argon2 allows, or `parallel` is 0.
    pub fn new(cost: Argon2Cost, parallel: usize) -> anyhow::Result<Self> {
        ensure!(parallel > 0, "at least one password must be hashed at a time");
        let params = Params::new(cost.memory_kib, cost.passes, 1, None).context("Argon2's cost is out of range")?;
        let argon2 = Argon2::from(params);
        let nobody = make(&argon2, &Uuid::new_v4().to_string())?.into();
        let (seats, workers) = (Semaphore::new(parallel + WAITING), Semaphore::new(parallel));
        Ok(Self {
            argon2,
            nobody,
            seats: Arc::new(seats),
            workers: Arc::new(workers),
        })
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce(&Argon2<'_>) -> T + Send + 'static) -> Result<T, HashError> {
        let seat = Arc::clone(&self.seats).try_acquire_owned().map_err(|_| HashError::Busy)?;
        let worker = Arc::clone(&self.workers).acquire_owned().await.map_err(|_| HashError::Busy)?;
        let argon2 = self.argon2.clone();
        // The permits go along: a caller who hangs up does not make room before the work is over.
        let permits: [OwnedSemaphorePermit; 2] = [seat, worker];
        let done = spawn_blocking(move || {
            let answer = work(&argon2);
            drop(permits);
            answer
        });
        done.await.map_err(|error| HashError::Failed(error.to_string()))
    }
}

#[async_trait]
impl PasswordHasher for Argon2Hasher {
    async fn hash(&self, password: &str) -> Result<String, HashError> {
        let password = password.to_owned();
        self.run(move |argon2| make(argon2, &password)).await?
    }

    async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool, HashError> {
        let (password, known) = (password.to_owned(), hash.is_some());
        let hash = hash.map_or_else(|| Arc::clone(&self.nobody), Arc::from);
        let same = self.run(move |argon2| compare(argon2, &password, &hash)).await??;
        Ok(same && known)
    }
}

fn make(argon2: &Argon2<'_>, password: &str) -> Result<String, HashError> {
    let hash = argon2.hash_password(password.as_bytes()).map_err(failed)?;
    Ok(hash.to_string())
}

/// At the cost that the hash itself names.
fn compare(argon2: &Argon2<'_>, password: &str, hash: &str) -> Result<bool, HashError> {
    match PasswordVerifier::<str>::verify_password(argon2, password.as_bytes(), hash) {
        Ok(()) => Ok(true),
        Err(PhcError::PasswordInvalid) => Ok(false),
        Err(error) => Err(failed(error)),
    }
}

fn failed(error: impl std::fmt::Display) -> HashError {
    HashError::Failed(error.to_string())
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    const CHEAP: Argon2Cost = Argon2Cost { memory_kib: 64, passes: 1 };
    const REAL: Argon2Cost = Argon2Cost {
        memory_kib: 19_456,
        passes: 2,
    };

    #[tokio::test]
    async fn only_the_right_password_matches() {
        let hasher = Argon2Hasher::new(CHEAP, 2).unwrap();
        let hash = hasher.hash("blue kettle").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{hash}");
        assert!(hasher.verify("blue kettle", Some(&hash)).await.unwrap());
        assert!(!hasher.verify("blue kettel", Some(&hash)).await.unwrap());
        assert!(!hasher.verify("blue kettle", None).await.unwrap());
        assert!(matches!(
            hasher.verify("blue kettle", Some("not a hash")).await,
            Err(HashError::Failed(_))
        ));
        assert_ne!(hasher.hash("blue kettle").await.unwrap(), hash, "each hash has its own salt");
    }

    #[tokio::test]
    async fn a_hash_of_another_cost_still_compares() {
        let hash = Argon2Hasher::new(CHEAP, 1).unwrap().hash("blue kettle").await.unwrap();
        let dearer = Argon2Hasher::new(
            Argon2Cost {
                memory_kib: 128,
                passes: 2,
            },
            1,
        )
        .unwrap();
        assert!(dearer.verify("blue kettle", Some(&hash)).await.unwrap());
    }

    #[tokio::test]
    async fn an_unknown_account_costs_the_same_work() {
        let hasher = Argon2Hasher::new(REAL, 1).unwrap();
        let hash = hasher.hash("blue kettle").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        let mut times = Vec::new();
        for hash in [Some(hash.as_str()), None] {
            let start = Instant::now();
            hasher.verify("wrong", hash).await.unwrap();
            times.push(start.elapsed());
        }
        assert!(times[1] * 4 > times[0], "{times:?}");
    }

    #[tokio::test]
    async fn a_flood_is_refused_at_once() {
        let hasher = Arc::new(Argon2Hasher::new(REAL, 1).unwrap());
        let flood = (0..WAITING + 20).map(|_| Arc::clone(&hasher));
        let flood = flood.map(|hasher| tokio::spawn(async move { hasher.hash("blue kettle").await }));
        let (mut done, mut busy) = (0, 0);
        for hash in flood.collect::<Vec<_>>() {
            match hash.await.unwrap() {
                Ok(_) => done += 1,
                Err(HashError::Busy) => busy += 1,
                Err(error) => panic!("{error}"),
            }
        }
        assert!(done > WAITING && busy > 0, "{done} done, {busy} refused");
        assert!(hasher.hash("blue kettle").await.is_ok());
    }

    #[test]
    fn costs_out_of_range_are_refused() {
        assert!(Argon2Hasher::new(Argon2Cost { memory_kib: 1, passes: 1 }, 1).is_err());
        assert!(Argon2Hasher::new(CHEAP, 0).is_err());
    }
}
