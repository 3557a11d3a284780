//! What the server costs and how fast it is, measured from outside, each figure beside another of the same run.
//!
//! `make bench` builds for release and runs all parts; `make bench PART=browse` one of them. Times of a strange machine say little, so whatever
//! can be is put beside a fixed handler, `pgbench` with the same statements, or a Node server on the same database; those that are compared take
//! turns, and the middle of the rounds counts, so that a noisy machine disturbs both alike.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::{Parser, Subcommand};

mod browse;
mod fixed;
mod growth;
mod house;
mod ledger;
mod listings;
mod postgres;
mod process;
mod sockets;
mod statements;
mod table;
mod terms;
mod users;
mod wire;
mod words;

/// What to measure.
#[derive(Parser)]
struct Ask {
    #[command(subcommand)]
    part: Option<Part>,
    /// How many listings the market has: 100,000 unless said, and 1,000,000 in the end where it grows.
    #[arg(long, global = true)]
    listings: Option<u32>,
    /// So little that it says nothing but that the bench works.
    #[arg(long, global = true)]
    quick: bool,
}

/// A part of the bench.
#[derive(Subcommand)]
enum Part {
    /// All of them but `growth`, which takes long.
    All,
    /// Start, memory, sockets and the smallest requests, on SQLite.
    House,
    /// Transfers beside `pgbench`. Needs PostgreSQL: see `tests/with-servers.sh`.
    Ledger,
    /// The market beside `pgbench` and a Node server. Needs PostgreSQL.
    Browse,
    /// The market's pages as it grows from 1,000 listings to 1,000,000 on PostgreSQL, and to 100,000 on SQLite.
    Growth,
    /// Fills the database at this address with listings, and does nothing else.
    Fill {
        /// `sqlite:PATH` or `postgres://…`; the server must have made its tables.
        url: String,
    },
    /// Serves one answer for good.
    #[command(hide = true)]
    Fixed {
        /// Where, and how many bytes.
        place: String,
    },
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
    let Ask { part, listings, quick } = Ask::parse();
    let many = listings.unwrap_or(100_000);
    match part.unwrap_or(Part::All) {
        Part::All => {
            house::measure(&binary()?, quick).await?;
            ledger::measure(quick).await?;
            browse::measure(&binary()?, many, quick).await
        }
        Part::House => house::measure(&binary()?, quick).await,
        Part::Ledger => ledger::measure(quick).await,
        Part::Browse => browse::measure(&binary()?, many, quick).await,
        Part::Growth => growth::measure(&binary()?, listings.unwrap_or(1_000_000), quick).await,
        Part::Fill { url } => listings::fill_at(&url, many).await,
        Part::Fixed { place } => fixed::serve(&place).await,
    }
}
