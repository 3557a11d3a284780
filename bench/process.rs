//! A server in a process of its own, and what the system says of it.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use crate::{table::millis, wire::Target};

/// A free port below those that the system gives to clients: a thousand clients would sooner or later sit on ours.
pub fn free_port() -> Result<u16> {
    let start = 20_000 + u16::try_from(std::process::id() % 10_000)?;
    let free = (start..32_000).find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok());
    free.context("no port is free")
}

/// What requests cost.
pub struct Cost {
    /// Requests in a second.
    pub rate: f64,
    /// Milliseconds of the server's CPU time for 1,000 requests.
    pub cpu: f64,
}

/// A running server. It dies with this handle.
pub struct Server {
    child: Child,
    id: u32,
    pub address: String,
}

impl Server {
    /// Starts the real server with these settings more; answers how long it took to be ready.
    pub async fn start(binary: &Path, folder: &Path, port: u16, settings: &[(&str, &str)]) -> Result<(Self, Duration)> {
        let mut command = Command::new(binary);
        command
            .arg("serve")
            .env("HANDOVER_DATA_DIR", folder)
            .env("HANDOVER_LISTEN", format!("127.0.0.1:{port}"))
            .env("HANDOVER_ACCOUNT__CAPTCHA", "fixed:abcde")
            .env("HANDOVER_LIMITS__SCALE", "1000")
            .envs(settings.iter().copied());
        Self::run(command, port).await
    }

    /// Starts a fixed handler that answers so many bytes.
    pub async fn fixed(port: u16, bytes: usize) -> Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("fixed").arg(format!("127.0.0.1:{port},{bytes}"));
        Ok(Self::run(command, port).await?.0)
    }

    /// Starts the Node server of `bench/peer` on this database.
    pub async fn peer(port: u16, database: &str) -> Result<Self> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("bench/peer/server.mjs");
        let mut command = Command::new("node");
        command
            .env("NODE_ENV", "production")
            .arg(script)
            .arg(port.to_string())
            .arg(database);
        Ok(Self::run(command, port).await?.0)
    }

    async fn run(mut command: Command, port: u16) -> Result<(Self, Duration)> {
        let start = Instant::now();
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true).spawn()?;
        let mut line = String::new();
        let stdout = child.stdout.take().context("it has no output")?;
        BufReader::new(stdout).read_line(&mut line).await?;
        ensure!(line.contains("http://"), "{:?} did not start", command.as_std().get_program());
        let id = child.id().context("it has ended")?;
        let address = format!("127.0.0.1:{port}");
        Ok((Self { child, id, address }, start.elapsed()))
    }

    /// Resident memory in bytes.
    pub fn memory(&self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.id))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        let kib: u64 = line.split_whitespace().next().context("no figure")?.parse()?;
        Ok(kib * 1_024)
    }

    /// CPU time of all threads so far.
    pub fn cpu(&self) -> Result<Duration> {
        let mut all = 0;
        for task in fs::read_dir(format!("/proc/{}/task", self.id))? {
            // A thread may end meanwhile.
            let text = fs::read_to_string(task?.path().join("schedstat")).unwrap_or_default();
            all += text
                .split_whitespace()
                .next()
                .and_then(|text| text.parse::<u64>().ok())
                .unwrap_or(0);
        }
        Ok(Duration::from_nanos(all))
    }

    /// What `count` requests over so many connections cost.
    #[expect(clippy::cast_precision_loss, reason = "a figure to look at")]
    pub async fn cost(&self, target: &Target, connections: usize, count: usize) -> Result<Cost> {
        let before = self.cpu()?;
        let took = target.run(connections, count).await?;
        let cpu = self.cpu()?.saturating_sub(before);
        Ok(Cost {
            rate: took.rate(),
            cpu: millis(cpu) * 1_000.0 / count as f64,
        })
    }

    /// Ends it.
    pub async fn stop(mut self) -> Result<()> {
        self.child.kill().await?;
        Ok(())
    }
}
