//! A database of this run's own on the PostgreSQL that `tests/with-servers.sh` starts, and `pgbench` on it.

use std::{env, path::Path};

use anyhow::{Context, Result, ensure};
use handover::infra::db;
use sea_orm::ConnectionTrait;
use tokio::process::Command;

/// A database. The server that holds it is thrown away after the run, and it with it.
pub struct Database {
    pub url: String,
}

impl Database {
    /// Makes an empty one.
    pub async fn create(name: &str) -> Result<Self> {
        let maintenance =
            env::var("HANDOVER_TEST_POSTGRES").context("PostgreSQL is missing; run this by tests/with-servers.sh or make bench")?;
        let (server, _) = maintenance.rsplit_once('/').context("an address without a database")?;
        let url = format!("{server}/bench_{name}_{}", std::process::id());
        let databases = db::connect(&maintenance, 1).await?;
        let create = format!("CREATE DATABASE bench_{name}_{}", std::process::id());
        databases.write.execute_unprepared(&create).await?;
        databases.close().await;
        Ok(Self { url })
    }

    /// Runs scripts, each as often as the others, over so many connections for so many seconds; answers transactions a second.
    pub async fn pgbench(&self, scripts: &[&Path], connections: usize, seconds: u64, variables: &[(&str, i64)]) -> Result<f64> {
        let mut command = Command::new("pgbench");
        command.args(["--no-vacuum", "--protocol=prepared", "--jobs=2"]);
        command.arg(format!("--client={connections}")).arg(format!("--time={seconds}"));
        for script in scripts {
            command.arg("--file").arg(script);
        }
        for (name, value) in variables {
            command.arg(format!("--define={name}={value}"));
        }
        let output = command
            .arg(&self.url)
            .output()
            .await
            .context("pgbench does not run; make tools installs it")?;
        let (said, wrong) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        ensure!(output.status.success(), "pgbench failed: {wrong}");
        let rate = said.lines().find_map(|line| line.strip_prefix("tps = ")?.split_whitespace().next());
        Ok(rate.with_context(|| format!("pgbench told no rate: {said}"))?.parse()?)
    }
}
