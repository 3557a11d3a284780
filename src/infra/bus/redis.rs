use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, bail};
use async_trait::async_trait;
use futures::{Stream, StreamExt};
use redis::aio::{ConnectionManager, ConnectionManagerConfig, PubSubSink};
use redis::{AsyncTypedCommands, Client, Msg};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::{interval, sleep, timeout};
use uuid::Uuid;

use super::MemoryBus;
use crate::kernel::port::{Bus, Wake};

/// How long Redis may take to connect or to answer a ping.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often a quiet subscription is tested, so that a connection that died without a word is noticed.
const PING_EVERY: Duration = Duration::from_secs(3);
const SHORTEST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// Wakes that may wait to be published. Beyond that they are dropped: the log, not the bus, keeps events.
const WAITING: usize = 4_096;

/// Wake-ups between processes over one Redis channel. Wakes of this process never wait for Redis.
pub struct RedisBus {
    local: MemoryBus,
    outgoing: mpsc::Sender<Outgoing>,
    connected: Arc<AtomicBool>,
    tasks: [JoinHandle<()>; 2],
}

/// What waits for the publisher.
enum Outgoing {
    /// Streams to wake.
    Wake(Vec<String>),
    /// Somebody who wants to know when all before him was published.
    Flush(oneshot::Sender<()>),
}

impl RedisBus {
    /// A bus on the channel `<prefix>wake` of the Redis at `url`. Connects in the background, again and again while Redis is away.
    ///
    /// # Errors
    /// When `url` is not a Redis address.
    pub fn new(url: &str, prefix: &str) -> anyhow::Result<Self> {
        let client = Client::open(url)?;
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(0)
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE));
        let publisher = client.get_connection_manager_lazy(config)?;
        let line = Line {
            channel: format!("{prefix}wake"),
            origin: Uuid::new_v4().to_string(),
        };
        let (local, connected) = (MemoryBus::new(), Arc::new(AtomicBool::new(false)));
        let (outgoing, waiting) = mpsc::channel(WAITING);
        let subscriber = Subscriber {
            client,
            line: line.clone(),
            local: local.clone(),
            connected: Arc::clone(&connected),
        };
        let tasks = [tokio::spawn(publish(publisher, line, waiting)), tokio::spawn(subscriber.run())];
        Ok(Self {
            local,
            outgoing,
            connected,
            tasks,
        })
    }
}

impl Drop for RedisBus {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

#[async_trait]
impl Bus for RedisBus {
    async fn wake(&self, streams: &[String]) {
        self.local.ring(streams);
        if self.outgoing.try_send(Outgoing::Wake(streams.to_vec())).is_err() {
            tracing::debug!("wake-ups for other processes were dropped");
        }
    }

    async fn flush(&self) {
        let (done, published) = oneshot::channel();
        if self.outgoing.send(Outgoing::Flush(done)).await.is_ok() {
            // A publisher that ended publishes nothing more.
            let _ = published.await;
        }
    }

    async fn listen(&self, streams: &[String]) -> Box<dyn Wake> {
        self.local.listen(streams).await
    }

    fn healthy(&self) -> bool {
        self.connected.load(Ordering::Relaxed)
    }
}

/// What goes over the channel: the sender's mark, then the streams, a line each.
#[derive(Clone)]
struct Line {
    channel: String,
    origin: String,
}

impl Line {
    fn write(&self, streams: &BTreeSet<String>) -> String {
        let mut text = self.origin.clone();
        for stream in streams {
            text.push('\n');
            text.push_str(stream);
        }
        text
    }

    /// The streams to wake. Our own come back too and are skipped: their listeners were woken already.
    fn read<'a>(&self, text: &'a str) -> Vec<&'a str> {
        let mut lines = text.lines();
        if lines.next() == Some(self.origin.as_str()) {
            Vec::new()
        } else {
            lines.collect()
        }
    }
}

async fn publish(mut redis: ConnectionManager, line: Line, mut waiting: mpsc::Receiver<Outgoing>) {
    let mut batch = Vec::new();
    while waiting.recv_many(&mut batch, WAITING).await > 0 {
        let (mut streams, mut flushed) = (BTreeSet::new(), Vec::new());
        for one in batch.drain(..) {
            match one {
                Outgoing::Wake(more) => streams.extend(more),
                Outgoing::Flush(done) => flushed.push(done),
            }
        }
        if !streams.is_empty()
            && let Err(error) = redis.publish(&line.channel, line.write(&streams)).await
        {
            tracing::debug!(%error, "wake-ups could not be published");
        }
        for done in flushed {
            // Whoever asked may have lost patience.
            let _ = done.send(());
        }
    }
}

struct Subscriber {
    client: Client,
    line: Line,
    local: MemoryBus,
    connected: Arc<AtomicBool>,
}

impl Subscriber {
    async fn run(self) {
        let mut pause = SHORTEST_PAUSE;
        loop {
            let cause = self.follow().await;
            let was_connected = self.connected.swap(false, Ordering::Relaxed);
            if was_connected {
                pause = SHORTEST_PAUSE;
                tracing::warn!(error = ?cause, "the bus lost Redis");
            }
            sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// Subscribes and feeds the local bus until the connection breaks; answers why it did.
    async fn follow(&self) -> anyhow::Error {
        let (sink, messages) = match self.subscribe().await {
            Ok(both) => both,
            Err(error) => return error,
        };
        self.connected.store(true, Ordering::Relaxed);
        tracing::info!("the bus is connected to Redis");
        // What was published while we were away is lost to us: everyone looks again.
        self.local.ring_all();
        self.feed(sink, messages)
            .await
            .err()
            .unwrap_or_else(|| anyhow::anyhow!("the subscription ended"))
    }

    async fn subscribe(&self) -> anyhow::Result<(PubSubSink, impl Stream<Item = Msg> + Unpin)> {
        let both = timeout(PATIENCE, async {
            let (mut sink, messages) = self.client.get_async_pubsub().await?.split();
            sink.subscribe(&self.line.channel).await?;
            Ok::<_, redis::RedisError>((sink, messages))
        });
        Ok(both.await.context("no connection in time")??)
    }

    async fn feed(&self, mut sink: PubSubSink, mut messages: impl Stream<Item = Msg> + Unpin) -> anyhow::Result<()> {
        let mut ticks = interval(PING_EVERY);
        loop {
            tokio::select! {
                message = messages.next() => match message {
                    Some(message) => self.deliver(&message),
                    None => bail!("the connection closed"),
                },
                _ = ticks.tick() => {
                    timeout(PATIENCE, sink.ping::<redis::Value>()).await.context("no answer to a ping")??;
                }
            }
        }
    }

    fn deliver(&self, message: &Msg) {
        if let Ok(text) = message.get_payload::<String>() {
            self.local.ring(&self.line.read(&text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_carries_streams_to_others_and_none_to_its_sender() {
        let mine = Line {
            channel: "c".into(),
            origin: "me".into(),
        };
        let other = Line {
            channel: "c".into(),
            origin: "you".into(),
        };
        let text = mine.write(&BTreeSet::from(["user:1".to_owned(), "all".to_owned()]));
        assert_eq!(other.read(&text), ["all", "user:1"]);
        assert!(mine.read(&text).is_empty());
        assert!(other.read("").is_empty());
    }
}
