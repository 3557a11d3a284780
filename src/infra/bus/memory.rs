use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use futures::future::select_all;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use crate::kernel::port::{Bus, Wake};

/// Wake-ups within one process. A stream costs memory only while somebody listens to it.
#[derive(Clone, Default)]
pub struct MemoryBus {
    streams: Arc<Streams>,
}

impl MemoryBus {
    /// A bus without listeners.
    pub fn new() -> Self {
        Self::default()
    }

    /// Wakes the listeners of these streams.
    pub fn ring<S: AsRef<str>>(&self, streams: &[S]) {
        // The bells are rung after the lock is let go: a stream with thousands of listeners holds up nobody else.
        let bells = self.streams.bells(streams);
        bells.into_iter().for_each(|bell| bell.send_modify(|()| ()));
    }

    /// Wakes every listener, when wake-ups may have been missed.
    pub fn ring_all(&self) {
        let bells = self.streams.lock().values().cloned().collect::<Vec<_>>();
        bells.into_iter().for_each(|bell| bell.send_modify(|()| ()));
    }
}

#[async_trait]
impl Bus for MemoryBus {
    async fn wake(&self, streams: &[String]) {
        self.ring(streams);
    }

    /// Nothing leaves this process.
    async fn flush(&self) {}

    async fn listen(&self, streams: &[String]) -> Box<dyn Wake> {
        Box::new(Listener::new(&self.streams, streams))
    }

    fn healthy(&self) -> bool {
        true
    }
}

#[derive(Default)]
struct Streams(Mutex<HashMap<Arc<str>, watch::Sender<()>>>);

impl Streams {
    fn lock(&self) -> MutexGuard<'_, HashMap<Arc<str>, watch::Sender<()>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn bells<S: AsRef<str>>(&self, streams: &[S]) -> Vec<watch::Sender<()>> {
        let bells = self.lock();
        streams.iter().filter_map(|stream| bells.get(stream.as_ref()).cloned()).collect()
    }
}

struct Listener {
    streams: Arc<Streams>,
    ears: Vec<(Arc<str>, watch::Receiver<()>)>,
}

impl Listener {
    fn new(all: &Arc<Streams>, streams: &[String]) -> Self {
        let mut bells = all.lock();
        let ears = streams.iter().map(|stream| {
            let name = Arc::<str>::from(stream.as_str());
            let ear = bells.entry(Arc::clone(&name)).or_default().subscribe();
            (name, ear)
        });
        let ears = ears.collect();
        drop(bells);
        Self {
            streams: Arc::clone(all),
            ears,
        }
    }
}

#[async_trait]
impl Wake for Listener {
    async fn wait(&mut self, at_most: Duration) {
        if self.ears.is_empty() {
            return sleep(at_most).await;
        }
        let rings = self.ears.iter_mut().map(|(_, ear)| Box::pin(ear.changed()));
        // Time out or ring, the caller looks again: both are an answer.
        let _ = timeout(at_most, select_all(rings)).await;
        // He looks after this line, so whatever rang before it is covered by that one look.
        self.ears.iter_mut().for_each(|(_, ear)| ear.mark_unchanged());
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let mut bells = self.streams.lock();
        for (name, ear) in self.ears.drain(..) {
            drop(ear);
            if bells.get(&name).is_some_and(|bell| bell.receiver_count() == 0) {
                bells.remove(&name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    const LONG: Duration = Duration::from_secs(30);
    const SHORT: Duration = Duration::from_millis(30);

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    async fn woken(ear: &mut Box<dyn Wake>, at_most: Duration) -> bool {
        let start = Instant::now();
        ear.wait(at_most).await;
        start.elapsed() < at_most
    }

    #[tokio::test]
    async fn a_wake_before_the_wait_is_not_lost() {
        let bus = MemoryBus::new();
        let mut ear = bus.listen(&names(&["user:1", "all"])).await;
        bus.wake(&names(&["all"])).await;
        assert!(woken(&mut ear, LONG).await);
        assert!(!woken(&mut ear, SHORT).await);
    }

    #[tokio::test]
    async fn several_wakes_are_one_look() {
        let bus = MemoryBus::new();
        let mut ear = bus.listen(&names(&["user:1", "all"])).await;
        bus.wake(&names(&["all", "user:1", "all"])).await;
        assert!(woken(&mut ear, LONG).await);
        assert!(!woken(&mut ear, SHORT).await);
    }

    #[tokio::test]
    async fn other_streams_do_not_wake() {
        let bus = MemoryBus::new();
        let mut ear = bus.listen(&names(&["user:1"])).await;
        bus.wake(&names(&["user:2"])).await;
        assert!(!woken(&mut ear, SHORT).await);
        bus.ring_all();
        assert!(woken(&mut ear, LONG).await);
    }

    #[tokio::test]
    async fn a_listener_to_nothing_waits_its_time() {
        let mut ear = MemoryBus::new().listen(&[]).await;
        assert!(!woken(&mut ear, SHORT).await);
    }

    #[tokio::test]
    async fn a_dropped_listener_leaves_nothing_behind() {
        let bus = MemoryBus::new();
        let first = bus.listen(&names(&["user:1", "all"])).await;
        let second = bus.listen(&names(&["all", "all"])).await;
        drop(first);
        assert_eq!(bus.streams.lock().len(), 1);
        drop(second);
        assert!(bus.streams.lock().is_empty());
    }

    #[tokio::test]
    async fn thousands_of_listeners_all_wake() {
        let bus = MemoryBus::new();
        let mut ears = Vec::new();
        for _ in 0..5_000 {
            ears.push(bus.listen(&names(&["all"])).await);
        }
        let waits = ears
            .into_iter()
            .map(|mut ear| tokio::spawn(async move { woken(&mut ear, LONG).await }));
        let waits = waits.collect::<Vec<_>>();
        tokio::task::yield_now().await;
        bus.wake(&names(&["all"])).await;
        for wait in waits {
            assert!(wait.await.unwrap());
        }
        assert!(bus.streams.lock().is_empty());
    }
}
