//! A server in a process of its own, and what the system says of it.

use std::{
    fs,
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

/// A running server. It dies with this handle.
pub struct Server {
    child: Child,
    id: u32,
    pub address: String,
}

impl Server {
    /// Starts the real server; answers how long it took to be ready.
    pub async fn start(binary: &Path, folder: &Path, port: u16) -> Result<(Self, Duration)> {
        let mut command = Command::new(binary);
        command
            .arg("serve")
            .env("HANDOVER_DATA_DIR", folder)
            .env("HANDOVER_LISTEN", format!("127.0.0.1:{port}"))
            .env("HANDOVER_ACCOUNT__CAPTCHA", "fixed:abcde");
        Self::run(command, port).await
    }

    /// Starts a fixed handler that answers so many bytes.
    pub async fn fixed(port: u16, bytes: usize) -> Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(format!("127.0.0.1:{port},{bytes}"));
        Ok(Self::run(command, port).await?.0)
    }

    async fn run(mut command: Command, port: u16) -> Result<(Self, Duration)> {
        let start = Instant::now();
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true).spawn()?;
        let mut line = String::new();
        let stdout = child.stdout.take().context("it has no output")?;
        BufReader::new(stdout).read_line(&mut line).await?;
        ensure!(line.contains("http://"), "it did not start");
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

    /// Ends it.
    pub async fn stop(mut self) -> Result<()> {
        self.child.kill().await?;
        Ok(())
    }
}
