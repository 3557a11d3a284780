use std::time::Duration;

use async_trait::async_trait;

/// A listener's ear on some streams. Made before the log is read, so that nothing falls between.
#[async_trait]
pub trait Wake: Send {
    /// Waits until one of its streams was woken, or `at_most` has passed. Wakes may be doubled or spurious.
    async fn wait(&mut self, at_most: Duration);
}

/// Wake-ups between those who write events and those who wait for them, on this process and on all others.
///
/// It carries no content, only "look again", so a lost wake-up costs time and never an event.
#[async_trait]
pub trait Bus: Send + Sync {
    /// Tells every listener of these streams to look again. Never fails; a broken bus is logged.
    async fn wake(&self, streams: &[String]);
    /// Waits until what was told before has left this process, or never will. For a process that ends.
    async fn flush(&self);
    /// Listens to these streams from now on.
    async fn listen(&self, streams: &[String]) -> Box<dyn Wake>;
    /// Whether wake-ups of other processes arrive at present. While not, listeners look each second.
    fn healthy(&self) -> bool;
}
