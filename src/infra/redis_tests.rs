//! Cache and bus against real Redis servers, which these tests start, stop and start again. They run where `HANDOVER_TEST_REDIS` is set.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::bus::RedisBus;
use super::cache::RedisCache;
use crate::kernel::port::{Bucket, Bus, Cache};

const MINUTE: Duration = Duration::from_secs(60);

struct Server {
    port: u16,
    process: Option<Child>,
}

impl Server {
    /// A server of our own, on a free port. `None` where these tests do not run.
    fn start() -> Option<Self> {
        std::env::var_os("HANDOVER_TEST_REDIS")?;
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut server = Self { port, process: None };
        server.run();
        Some(server)
    }

    fn run(&mut self) {
        let mut command = Command::new("redis-server");
        command.args([
            "--port",
            &self.port.to_string(),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            "/tmp",
        ]);
        self.process = Some(command.stdout(Stdio::null()).spawn().unwrap());
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(start.elapsed() < Duration::from_secs(10), "redis-server does not start");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn until(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(10), "{what}");
        sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn the_shared_cache_keeps_the_port_s_promises() {
    let Some(server) = Server::start() else { return };
    let (cache, other) = (
        RedisCache::new(&server.url(), "h:").unwrap(),
        RedisCache::new(&server.url(), "x:").unwrap(),
    );
    cache.set("a", b"\0\xFF", MINUTE).await.unwrap();
    assert_eq!(cache.get("a").await.unwrap().as_deref(), Some(&b"\0\xFF"[..]));
    assert_eq!(other.get("a").await.unwrap(), None);
    assert!(!cache.set_new("a", b"2", MINUTE).await.unwrap());
    assert_eq!(cache.take("a").await.unwrap().as_deref(), Some(&b"\0\xFF"[..]));
    assert_eq!(cache.take("a").await.unwrap(), None);
    assert!(cache.set_new("a", b"2", MINUTE).await.unwrap());
    cache.delete("a").await.unwrap();
    assert_eq!(cache.get("a").await.unwrap(), None);
    cache.set("short", b"1", Duration::from_millis(30)).await.unwrap();
    sleep(Duration::from_millis(60)).await;
    assert_eq!(cache.get("short").await.unwrap(), None);
}

#[tokio::test]
async fn a_shared_counter_keeps_the_life_of_its_first_count() {
    let Some(server) = Server::start() else { return };
    let cache = RedisCache::new(&server.url(), "").unwrap();
    assert_eq!(cache.count("n", Duration::from_millis(300)).await.unwrap(), 1);
    assert_eq!(cache.count("n", MINUTE).await.unwrap(), 2);
    assert_eq!(cache.get("n").await.unwrap().as_deref(), Some(&b"2"[..]));
    cache.uncount("n").await.unwrap();
    assert_eq!(cache.get("n").await.unwrap().as_deref(), Some(&b"1"[..]));
    sleep(Duration::from_millis(350)).await;
    cache.uncount("n").await.unwrap();
    assert_eq!(cache.get("n").await.unwrap(), None, "what has ended is not begun again");
    assert_eq!(cache.count("n", MINUTE).await.unwrap(), 1);
    cache.set("text", b"x", MINUTE).await.unwrap();
    assert!(cache.count("text", MINUTE).await.is_err());
}

#[tokio::test]
async fn of_many_who_pour_into_a_shared_bucket_no_more_get_in_than_it_holds() {
    let Some(server) = Server::start() else { return };
    let cache = Arc::new(RedisCache::new(&server.url(), "").unwrap());
    let bucket = Bucket {
        holds: 10,
        drop_in: MINUTE,
    };
    let pourers = (0..50)
        .map(|_| Arc::clone(&cache))
        .map(|cache| tokio::spawn(async move { cache.pour("a", bucket, 2).await }));
    let mut poured = Vec::new();
    for pourer in pourers.collect::<Vec<_>>() {
        poured.push(pourer.await.unwrap().unwrap());
    }
    assert_eq!(poured.iter().filter(|poured| poured.wait.is_none()).count(), 5);
    let wait = poured.iter().filter_map(|poured| poured.wait).max().unwrap();
    assert!(wait <= MINUTE * 2 && wait > MINUTE, "{wait:?}");
    let quick = Bucket {
        holds: 1_000,
        drop_in: Duration::from_micros(1),
    };
    assert_eq!(cache.pour("b", quick, 1_000).await.unwrap().wait, None);
}

#[tokio::test]
async fn of_many_takers_of_a_shared_value_one_gets_it() {
    let Some(server) = Server::start() else { return };
    let cache = Arc::new(RedisCache::new(&server.url(), "").unwrap());
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

#[tokio::test]
async fn while_redis_is_away_the_cache_fails_fast_and_then_comes_back() {
    let Some(mut server) = Server::start() else { return };
    let cache = RedisCache::new(&server.url(), "").unwrap();
    cache.set("a", b"1", MINUTE).await.unwrap();
    server.stop();
    for _ in 0..5 {
        let start = Instant::now();
        assert!(cache.get("a").await.is_err());
        assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    }
    server.run();
    let start = Instant::now();
    while cache.set("a", b"2", MINUTE).await.is_err() {
        assert!(start.elapsed() < Duration::from_secs(3), "the cache does not come back");
    }
    assert_eq!(cache.get("a").await.unwrap().as_deref(), Some(&b"2"[..]));
}

#[tokio::test]
async fn a_redis_that_hangs_is_away_too() {
    if std::env::var_os("HANDOVER_TEST_REDIS").is_none() {
        return;
    }
    // It takes connections and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("redis://{}", silent.local_addr().unwrap());
    let cache = RedisCache::new(&url, "").unwrap();
    for _ in 0..3 {
        let start = Instant::now();
        assert!(cache.get("a").await.is_err());
        assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    }
    let bus = RedisBus::new(&url, "").unwrap();
    sleep(Duration::from_millis(200)).await;
    assert!(!bus.healthy());
}

#[tokio::test]
async fn wakes_reach_other_processes_and_survive_a_restart_of_redis() {
    let Some(mut server) = Server::start() else { return };
    let (here, there) = (
        RedisBus::new(&server.url(), "h:").unwrap(),
        RedisBus::new(&server.url(), "h:").unwrap(),
    );
    until("both connect", || here.healthy() && there.healthy()).await;
    let stream = ["user:1".to_owned()];
    let mut ear = there.listen(&stream).await;
    let woken = async |ear: &mut Box<dyn crate::kernel::port::Wake>, at_most| {
        let start = Instant::now();
        ear.wait(at_most).await;
        start.elapsed() < at_most
    };
    here.wake(&stream).await;
    assert!(woken(&mut ear, MINUTE).await);
    here.wake(&["user:2".to_owned()]).await;
    assert!(!woken(&mut ear, Duration::from_millis(200)).await);

    server.stop();
    until("the loss is noticed", || !here.healthy() && !there.healthy()).await;
    there.wake(&stream).await;
    assert!(woken(&mut ear, MINUTE).await, "its own wakes do not need Redis");

    server.run();
    until("both come back", || here.healthy() && there.healthy()).await;
    assert!(woken(&mut ear, MINUTE).await, "after a gap everyone looks again");
    // The publisher may need one failed call to see that its old connection is gone.
    let start = Instant::now();
    while !woken(&mut ear, Duration::from_millis(300)).await {
        here.wake(&stream).await;
        assert!(start.elapsed() < Duration::from_secs(10), "wakes do not come back");
    }
}
