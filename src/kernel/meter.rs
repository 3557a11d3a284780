//! What the server counts of itself, for `/metrics` and for an orderly end.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::watch;

/// Upper bounds of the durations that are told apart, in milliseconds.
pub const BOUNDS_MS: [u64; 7] = [5, 25, 100, 500, 1_000, 5_000, 15_000];

/// The counters of one process.
#[derive(Debug, Default)]
pub struct Meters {
    counts: Mutex<Counts>,
    /// Sockets that are open.
    pub sockets: Tally,
    /// Subscriptions that are open.
    pub streams: Tally,
    /// Operations that run. A mutation runs on when its caller has gone.
    pub running: Tally,
}

/// The counters at one moment.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// Operations by kind (`query`, `mutation`, `subscription`, `unknown`) and outcome (`OK` or the code of the first error).
    pub operations: BTreeMap<(&'static str, String), Durations>,
    /// Errors by code.
    pub errors: BTreeMap<String, u64>,
    /// Answers by HTTP status.
    pub answers: BTreeMap<u16, u64>,
}

/// How long things took.
#[derive(Debug, Clone, Default)]
pub struct Durations {
    /// How many there were.
    pub count: u64,
    /// All of them together, in milliseconds.
    pub sum_ms: u64,
    /// How many took at most each of [`BOUNDS_MS`].
    pub within: [u64; BOUNDS_MS.len()],
}

impl Durations {
    fn add(&mut self, took: Duration) {
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        self.count += 1;
        self.sum_ms = self.sum_ms.saturating_add(ms);
        for (within, bound) in self.within.iter_mut().zip(BOUNDS_MS) {
            *within += u64::from(ms <= bound);
        }
    }
}

impl Meters {
    /// Counts an operation that ended, with the codes of its errors.
    pub fn operation(&self, kind: &'static str, codes: &[String], took: Duration) {
        let outcome = codes.first().cloned().unwrap_or_else(|| "OK".to_owned());
        let mut counts = self.lock();
        counts.operations.entry((kind, outcome)).or_default().add(took);
        for code in codes {
            *counts.errors.entry(code.clone()).or_default() += 1;
        }
    }

    /// Counts an answer over HTTP.
    pub fn answer(&self, status: u16) {
        *self.lock().answers.entry(status).or_default() += 1;
    }

    /// The counters now.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        // A panic between two counts can at worst lose one.
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How many of something there are, and a way to wait until there are none.
#[derive(Debug, Clone)]
pub struct Tally(Arc<watch::Sender<usize>>);

impl Default for Tally {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(0)))
    }
}

impl Tally {
    /// One more, until the answer is dropped.
    #[must_use]
    pub fn enter(&self) -> Entered {
        self.0.send_modify(|count| *count += 1);
        Entered(Self::clone(self))
    }

    /// How many there are.
    #[must_use]
    pub fn now(&self) -> usize {
        *self.0.borrow()
    }

    /// Waits until there are none.
    pub async fn none(&self) {
        // We hold the sender, so it cannot be gone.
        let _ = self.0.subscribe().wait_for(|count| *count == 0).await;
    }
}

/// One of those that a [`Tally`] counts.
#[derive(Debug)]
pub struct Entered(Tally);

impl Drop for Entered {
    fn drop(&mut self) {
        self.0.0.send_modify(|count| *count -= 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_counted_by_kind_and_first_error() {
        let meters = Meters::default();
        meters.operation("query", &[], Duration::from_millis(3));
        meters.operation("query", &[], Duration::from_millis(300));
        let codes = ["NOT_FOUND".to_owned(), "UNAVAILABLE".to_owned()];
        meters.operation("mutation", &codes, Duration::from_secs(60));
        meters.answer(200);
        let counts = meters.counts();
        let fine = &counts.operations[&("query", "OK".to_owned())];
        assert_eq!((fine.count, fine.sum_ms, fine.within), (2, 303, [1, 1, 1, 2, 2, 2, 2]));
        assert_eq!(
            counts.operations[&("mutation", "NOT_FOUND".to_owned())].within,
            [0; BOUNDS_MS.len()]
        );
        assert_eq!(counts.errors["UNAVAILABLE"], 1);
        assert_eq!(counts.answers[&200], 1);
    }

    #[tokio::test]
    async fn whoever_waits_for_none_wakes_with_the_last_one_gone() {
        let tally = Tally::default();
        tally.none().await;
        let (first, second) = (tally.enter(), tally.enter());
        assert_eq!(tally.now(), 2);
        let waits = tokio::spawn({
            let tally = tally.clone();
            async move { tally.none().await }
        });
        drop(first);
        drop(second);
        waits.await.unwrap();
        assert_eq!(tally.now(), 0);
    }
}
