//! What the server costs, measured from outside: the real binary in a process of its own, its figures read from the system.
//!
//! `make bench` builds both for release and runs this. Times of a strange machine say little, so requests are put beside those of a fixed handler:
//! an axum route that answers the same bytes, in a process of its own, in the same run.

use std::{
    io::Write,
    net::TcpListener,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};

mod fixed;
mod load;
mod process;
mod sockets;
mod users;

use process::Server;

/// How often the server is started to time it.
const STARTS: usize = 11;
/// How many sockets are held open.
const SOCKETS: usize = 1_000;
/// How many requests of each kind are timed. More than the thousand they are told by, so that the system's clock is fine enough.
const REQUESTS: usize = 10_000;
/// Time for a process to come to rest.
const REST: Duration = Duration::from_secs(2);

/// Prints a line for whoever called.
fn say(line: &str) -> Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

/// A free port below those that the system gives to clients: a thousand clients would sooner or later sit on ours.
fn free_port() -> Result<u16> {
    let start = 20_000 + u16::try_from(std::process::id() % 10_000)?;
    let free = (start..32_000).find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok());
    free.context("no port is free")
}

/// The server's binary, built beside this one.
fn binary() -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own.parent().and_then(Path::parent).context("this program lies in no folder")?;
    let found = folder.join("handover");
    ensure!(found.exists(), "{} is missing; `make bench` builds it", found.display());
    Ok(found)
}

#[tokio::main(worker_threads = 2)]
async fn main() -> Result<()> {
    // The HTTP client wants one, though it speaks no TLS here; nobody was first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    if let Some(place) = std::env::args().nth(1) {
        return fixed::serve(&place).await;
    }
    let (binary, folder) = (binary()?, tempfile::tempdir()?);
    // The first start makes the database; those that are timed find it.
    Server::start(&binary, folder.path(), free_port()?).await?.0.stop().await?;
    starts(&binary, folder.path()).await?;
    let (server, _) = Server::start(&binary, folder.path(), free_port()?).await?;
    tokio::time::sleep(REST).await;
    say(&format!(
        "memory at rest            {:>8.1} MB   (aim: 40)",
        megabytes(server.memory()?)
    ))?;
    requests(&server, folder.path()).await?;
    server.stop().await?;
    let (server, _) = Server::start(&binary, folder.path(), free_port()?).await?;
    idle_sockets(&server, folder.path()).await?;
    server.stop().await
}

async fn starts(binary: &Path, folder: &Path) -> Result<()> {
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let (server, took) = Server::start(binary, folder, free_port()?).await?;
        times.push(took);
        server.stop().await?;
    }
    times.sort();
    let (median, worst) = (times[STARTS / 2], times[STARTS - 1]);
    say(&format!(
        "start to ready            {:>8.0} ms   (aim: 150; slowest of {STARTS}: {:.0})",
        millis(median),
        millis(worst)
    ))
}

async fn requests(server: &Server, folder: &Path) -> Result<()> {
    let token = users::sign_up(&server.address, folder, "bench").await?;
    say(&format!(
        "\n{:<18} {:>10} {:>16} {:>16} {:>7}",
        "request", "requests/s", "CPU ms a 1,000", "fixed handler", "ratio"
    ))?;
    for (name, body, token) in [
        ("{__typename}", r#"{"query":"query A { __typename }"}"#, None),
        ("{now}", r#"{"query":"query B { now }"}"#, None),
        (
            "{me}, signed in",
            r#"{"query":"query C { me { id verified } }"}"#,
            Some(token.as_str()),
        ),
    ] {
        let ours = load::Target {
            url: format!("http://{}/graphql", server.address),
            body,
            token,
        };
        let sample = ours.once().await?;
        let (fixed, theirs) = fixed_of(&ours, sample.len()).await?;
        // Both once unmeasured, so that neither pays for being first.
        ours.run(REQUESTS / 10).await?;
        theirs.run(REQUESTS / 10).await?;
        let (our_cost, rate) = cost(server, &ours).await?;
        let (their_cost, _) = cost(&fixed, &theirs).await?;
        fixed.stop().await?;
        say(&format!(
            "{name:<18} {rate:>10.0} {our_cost:>16.1} {their_cost:>16.1} {:>7.2}   (aim: 4)",
            our_cost / their_cost
        ))?;
    }
    Ok(())
}

async fn fixed_of<'a>(ours: &load::Target<'a>, bytes: usize) -> Result<(Server, load::Target<'a>)> {
    let fixed = Server::fixed(free_port()?, bytes).await?;
    let url = format!("http://{}/graphql", fixed.address);
    Ok((fixed, load::Target { url, ..*ours }))
}

/// CPU milliseconds of the server for a thousand requests, and requests a second.
async fn cost(server: &Server, target: &load::Target<'_>) -> Result<(f64, f64)> {
    let (cpu, start) = (server.cpu()?, Instant::now());
    target.run(REQUESTS).await?;
    let thousands = f64::from(u32::try_from(REQUESTS)?) / 1_000.0;
    let cpu = millis(server.cpu()?.saturating_sub(cpu)) / thousands;
    Ok((cpu, thousands * 1_000.0 / start.elapsed().as_secs_f64()))
}

async fn idle_sockets(server: &Server, folder: &Path) -> Result<()> {
    tokio::time::sleep(REST).await;
    let tokens = users::for_sockets(server, folder, SOCKETS).await?;
    let what = if tokens.is_empty() { "idle" } else { "one subscription each" };
    // Whatever the first sockets bring into being belongs to the server and not to them.
    drop(sockets::open(&server.address, &tokens, 10).await?);
    tokio::time::sleep(REST).await;
    let before = server.memory()?;
    let open = sockets::open(&server.address, &tokens, SOCKETS).await?;
    tokio::time::sleep(REST).await;
    let each = server.memory()?.saturating_sub(before) / open.len() as u64;
    drop(open);
    #[expect(clippy::cast_precision_loss, reason = "a few kilobytes")]
    let kilobytes = each as f64 / 1_024.0;
    say(&format!(
        "\nmemory of a socket        {kilobytes:>8.1} KB   (aim: 12; {SOCKETS} sockets, {what})"
    ))
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

#[expect(clippy::cast_precision_loss, reason = "a figure to look at")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1_048_576.0
}
