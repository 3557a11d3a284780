//! A client that costs little beside the server it measures: requests made ready beforehand, over connections that stay open.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

/// Requests to one server, sent in turn.
pub struct Target {
    address: String,
    requests: Vec<Vec<u8>>,
}

/// What became of many requests.
pub struct Took {
    /// How long all took together.
    pub all: Duration,
    /// How long each took, the quickest first.
    pub each: Vec<Duration>,
}

impl Took {
    /// How many there were in a second.
    #[expect(clippy::cast_precision_loss, reason = "a figure to look at")]
    pub fn rate(&self) -> f64 {
        self.each.len() as f64 / self.all.as_secs_f64()
    }

    /// Within which time this many of a hundred were answered.
    pub fn percentile(&self, of_hundred: usize) -> Duration {
        let at = (self.each.len() * of_hundred / 100).min(self.each.len().saturating_sub(1));
        self.each.get(at).copied().unwrap_or_default()
    }
}

/// A request's body: a document with its variables.
pub fn body(query: &str, variables: &serde_json::Value) -> String {
    json!({ "query": query, "variables": variables }).to_string()
}

impl Target {
    /// A server at this address, asked these bodies by somebody with this token.
    pub fn new(address: &str, bodies: &[String], token: Option<&str>) -> Self {
        let authorization = token.map(|token| format!("authorization: Bearer {token}\r\n")).unwrap_or_default();
        let request = |body: &String| {
            let length = body.len();
            let head = "accept: application/graphql-response+json\r\ncontent-type: application/json\r\n";
            format!("POST /graphql HTTP/1.1\r\nhost: {address}\r\n{head}{authorization}content-length: {length}\r\n\r\n{body}").into_bytes()
        };
        Self {
            address: address.to_owned(),
            requests: bodies.iter().map(request).collect(),
        }
    }

    /// Asks each body once and answers what came back.
    pub async fn answers(&self) -> Result<Vec<serde_json::Value>> {
        let mut line = Line::open(&self.address).await?;
        let mut answers = Vec::new();
        for request in &self.requests {
            let answer = line.ask(request).await?;
            answers.push(serde_json::from_slice(answer).context("no JSON came back")?);
        }
        Ok(answers)
    }

    /// Asks `count` times, over so many connections at once.
    pub async fn run(&self, connections: usize, count: usize) -> Result<Took> {
        let next = AtomicUsize::new(0);
        let lanes = (0..connections).map(|_| async {
            let mut line = Line::open(&self.address).await?;
            let mut each = Vec::with_capacity(count / connections * 2);
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= count {
                    return Ok::<_, anyhow::Error>(each);
                }
                let start = Instant::now();
                line.ask(&self.requests[number % self.requests.len()]).await?;
                each.push(start.elapsed());
            }
        });
        let start = Instant::now();
        let lanes = futures::future::try_join_all(lanes).await?;
        let (all, mut each) = (start.elapsed(), lanes.concat());
        each.sort_unstable();
        Ok(Took { all, each })
    }
}

/// One connection.
struct Line {
    stream: BufReader<TcpStream>,
    head: String,
    body: Vec<u8>,
}

impl Line {
    async fn open(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::with_capacity(64 * 1_024, stream),
            head: String::new(),
            body: Vec::new(),
        })
    }

    async fn ask(&mut self, request: &[u8]) -> Result<&[u8]> {
        self.stream.write_all(request).await?;
        let length = self.read_head().await?;
        self.body.clear();
        match length {
            Some(length) => self.read(length).await?,
            None => while self.read_chunk().await? {},
        }
        ensure!(!self.body.starts_with(b"{\"errors\""), "{}", String::from_utf8_lossy(&self.body));
        Ok(&self.body)
    }

    /// Reads status and headers. The length of what follows; none: it comes in chunks.
    async fn read_head(&mut self) -> Result<Option<usize>> {
        self.line().await?;
        ensure!(self.head.contains(" 200 "), "answered {}", self.head.trim());
        let mut length = None;
        loop {
            self.line().await?;
            let header = self.head.trim_end();
            if header.is_empty() {
                return Ok(length);
            }
            let (name, value) = header.split_once(':').context("no header")?;
            if name.eq_ignore_ascii_case("content-length") {
                length = Some(value.trim().parse()?);
            }
        }
    }

    async fn line(&mut self) -> Result<()> {
        self.head.clear();
        if self.stream.read_line(&mut self.head).await? == 0 {
            bail!("the server closed the connection");
        }
        Ok(())
    }

    async fn read(&mut self, length: usize) -> Result<()> {
        let start = self.body.len();
        self.body.resize(start + length, 0);
        self.stream.read_exact(&mut self.body[start..]).await?;
        Ok(())
    }

    /// `false`: it was the last.
    async fn read_chunk(&mut self) -> Result<bool> {
        self.line().await?;
        let size = self.head.split(';').next().unwrap_or_default();
        let length = usize::from_str_radix(size.trim(), 16)?;
        self.read(length).await?;
        self.line().await?;
        Ok(length > 0)
    }
}
