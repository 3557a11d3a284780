//! The house at rest and at its smallest requests: start, memory, sockets, and what a request costs beside a fixed handler that answers as many bytes.

use std::{path::Path, time::Duration};

use anyhow::Result;

use crate::{
    process::{Cost, Server, free_port},
    sockets,
    table::{Aim, head, median, millis, row},
    users,
    wire::Target,
};

/// How often the server is started to time it.
const STARTS: usize = 11;
/// How many sockets are held open.
const SOCKETS: usize = 1_000;
/// How often the server and the fixed handler take turns.
const ROUNDS: usize = 7;
/// How many requests of each kind are timed in a round.
const REQUESTS: usize = 4_000;
/// How many are under way at once.
const CONNECTIONS: usize = 4;
/// Time for a process to come to rest.
const REST: Duration = Duration::from_secs(2);

/// How much is measured.
struct Size {
    starts: usize,
    sockets: usize,
    requests: usize,
}

/// Measures all of it, on SQLite in a folder of its own.
pub async fn measure(binary: &Path, quick: bool) -> Result<()> {
    let size = if quick {
        Size {
            starts: 3,
            sockets: 50,
            requests: 200,
        }
    } else {
        Size {
            starts: STARTS,
            sockets: SOCKETS,
            requests: REQUESTS,
        }
    };
    head("The house: start, memory, sockets, the smallest requests (SQLite)")?;
    let folder = tempfile::tempdir()?;
    let start = async || Server::start(binary, folder.path(), free_port()?, &[]).await;
    // The first start makes the database; those that are timed find it.
    start().await?.0.stop().await?;
    starts(&start, size.starts).await?;
    let (server, _) = start().await?;
    tokio::time::sleep(REST).await;
    row("memory at rest", megabytes(server.memory()?), "MB", Aim::Most(40.0))?;
    requests(&server, folder.path(), size.requests).await?;
    server.stop().await?;
    let (server, _) = start().await?;
    idle_sockets(&server, folder.path(), size.sockets).await?;
    server.stop().await
}

async fn starts(start: &impl AsyncFn() -> Result<(Server, Duration)>, count: usize) -> Result<()> {
    let mut times = Vec::new();
    for _ in 0..count {
        let (server, took) = start().await?;
        times.push(millis(took));
        server.stop().await?;
    }
    let worst = times.iter().copied().fold(0.0, f64::max);
    row(
        "start to ready, on an existing database (median)",
        median(times),
        "ms",
        Aim::Most(150.0),
    )?;
    row("start to ready, the slowest", worst, "ms", Aim::None)
}

async fn requests(server: &Server, folder: &Path, count: usize) -> Result<()> {
    let token = users::sign_up(&server.address, folder, "bench").await?;
    for (name, body, token) in [
        ("{__typename}", r#"{"query":"query A { __typename }"}"#, None),
        ("{now}", r#"{"query":"query B { now }"}"#, None),
        (
            "{me}, signed in",
            r#"{"query":"query C { me { id verified } }"}"#,
            Some(token.as_str()),
        ),
    ] {
        let bodies = [body.to_owned()];
        let ours = Target::new(&server.address, &bodies, token);
        let bytes = ours.answers().await?[0].to_string().len();
        let fixed = Server::fixed(free_port()?, bytes).await?;
        let theirs = Target::new(&fixed.address, &bodies, token);
        let mut found = Vec::new();
        // The first round warms both and is not counted.
        for round in 0..=ROUNDS {
            let pair = (
                server.cost(&ours, CONNECTIONS, count).await?,
                fixed.cost(&theirs, CONNECTIONS, count).await?,
            );
            if round > 0 {
                found.push(pair);
            }
        }
        fixed.stop().await?;
        let of = |figure: fn(&(Cost, Cost)) -> f64| median(found.iter().map(figure).collect());
        row(&format!("{name}: requests a second"), of(|pair| pair.0.rate), "/s", Aim::None)?;
        row(&format!("{name}: CPU for 1,000"), of(|pair| pair.0.cpu), "ms", Aim::None)?;
        row(
            &format!("{name}: CPU beside the fixed handler"),
            of(|pair| pair.0.cpu / pair.1.cpu),
            "times",
            Aim::Most(4.0),
        )?;
    }
    Ok(())
}

async fn idle_sockets(server: &Server, folder: &Path, count: usize) -> Result<()> {
    tokio::time::sleep(REST).await;
    let tokens = users::for_sockets(server, folder, count).await?;
    // Whatever the first sockets bring into being belongs to the server and not to them.
    drop(sockets::open(&server.address, &tokens, count.min(10)).await?);
    tokio::time::sleep(REST).await;
    let before = server.memory()?;
    let open = sockets::open(&server.address, &tokens, count).await?;
    tokio::time::sleep(REST).await;
    let each = server.memory()?.saturating_sub(before) / open.len() as u64;
    drop(open);
    let name = format!("memory of a socket with one subscription, at {count}");
    row(&name, kilobytes(each), "KB", Aim::Most(12.0))
}

#[expect(clippy::cast_precision_loss, reason = "a figure to look at")]
fn kilobytes(bytes: u64) -> f64 {
    bytes as f64 / 1_024.0
}

fn megabytes(bytes: u64) -> f64 {
    kilobytes(bytes) / 1_024.0
}
