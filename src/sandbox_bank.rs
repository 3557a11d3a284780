//! The sandbox bank: a stand-in for a real bank, run as a service of its own.
//!
//! It speaks the protocol of `docs/BANK.md` and shares nothing else with the platform, so that the platform meets in it what
//! it would meet in a real bank: a checkout page, webhooks that come late or twice, payouts that fail or come back.

mod api;
mod books;
mod checkout;
mod clerk;
mod clock;
mod config;
mod desk;
mod faults;
mod journal;
mod webhook;

use std::{fs, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use anyhow::Context;
use tokio::{
    net::TcpListener,
    sync::{mpsc, watch},
    task::JoinHandle,
    time::{sleep, timeout},
};

pub use config::SandboxBankConfig;
pub use faults::{Faults, PayoutOutcome};

use books::Books;
use clerk::Clerk;
use clock::Clock;
use desk::Desk;
use journal::{InUse, Journal};
use webhook::Courier;

/// The one currency, named in every amount that crosses the line.
const CURRENCY: &str = "CNY";

/// How long requests under way may take to end when the bank stops.
const DRAIN: Duration = Duration::from_secs(2);

/// How long a bank that stops may still have the books, and how often they are tried.
const HANDING_OVER: Duration = Duration::from_secs(5);
const TRY_AGAIN: Duration = Duration::from_millis(50);

/// A running bank. It stops when dropped.
#[derive(Debug)]
pub struct SandboxBank {
    address: SocketAddr,
    clock: Arc<Clock>,
    webhook_url: watch::Sender<Option<String>>,
    running: watch::Sender<()>,
    server: JoinHandle<std::io::Result<()>>,
    clerk: JoinHandle<()>,
}

/// Starts the bank with the books of its data directory; webhooks and payouts left over from last time go on.
///
/// # Errors
/// If the address is taken, the data directory cannot be used, another bank keeps its journal, that is damaged, or the webhook secret is not base64.
pub async fn start(config: SandboxBankConfig) -> anyhow::Result<SandboxBank> {
    // Whoever has the books is the bank of this folder: the others touch nothing in it, not even the note of its port.
    let (journal, books) = open_books(&config.data_dir).await?;
    let listener = listen(&config)
        .await
        .with_context(|| format!("the bank cannot listen on {}", config.listen))?;
    let address = listener.local_addr()?;
    let clock = Arc::new(Clock::new(config.clock_offset_ms));
    let (webhook_url, url) = watch::channel(config.webhook_url.clone());
    let (running, stopped) = watch::channel(());
    let (jobs, inbox) = mpsc::unbounded_channel();
    let courier = Courier::new(&config, Arc::clone(&clock), url)?;
    let public_url = config.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    let desk = Arc::new(Desk::new(
        journal,
        books,
        Arc::clone(&clock),
        config.faults.clone(),
        public_url,
        jobs,
    ));
    desk.resume();
    let clerk = Clerk::new(Arc::clone(&desk), courier, config.payout_delay);
    let clerk = tokio::spawn(clerk.work(inbox, stopped.clone()));
    let router = api::router(Arc::clone(&desk), &config.api_key).merge(checkout::router(desk));
    let server = axum::serve(listener, router).with_graceful_shutdown(ended(stopped));
    Ok(SandboxBank {
        address,
        clock,
        webhook_url,
        running,
        server: tokio::spawn(server.into_future()),
        clerk,
    })
}

/// Opens the books, after a moment if a bank that stops still has them.
async fn open_books(folder: &Path) -> anyhow::Result<(Journal, Books)> {
    let opened = timeout(HANDING_OVER, async {
        loop {
            match Journal::open(folder) {
                Err(error) if error.is::<InUse>() => sleep(TRY_AGAIN).await,
                other => return other,
            }
        }
    });
    opened.await.unwrap_or_else(|_| Journal::open(folder))
}

/// Listens where it is told. A free port is the one of last time if that is still free: payers may have its pages open.
async fn listen(config: &SandboxBankConfig) -> std::io::Result<TcpListener> {
    if config.listen.port() != 0 {
        return TcpListener::bind(config.listen).await;
    }
    let note = config.data_dir.join("port");
    let last = fs::read_to_string(&note).ok().and_then(|port| port.trim().parse().ok());
    let again = TcpListener::bind(SocketAddr::new(config.listen.ip(), last.unwrap_or(0))).await;
    let listener = match again {
        Ok(listener) => listener,
        Err(_) => TcpListener::bind(config.listen).await?,
    };
    fs::create_dir_all(&config.data_dir)?;
    fs::write(note, listener.local_addr()?.port().to_string())?;
    Ok(listener)
}

impl SandboxBank {
    /// Where the bank listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Sets where webhooks are posted; those that waited for it go out now.
    pub fn set_webhook_url(&self, url: impl Into<String>) {
        self.webhook_url.send_replace(Some(url.into()));
    }

    /// Sets what the bank's clock is ahead of this machine's, in milliseconds.
    pub fn set_clock_offset(&self, ms: i64) {
        self.clock.set_offset(ms);
    }

    /// The same as [`Self::set_clock_offset`], for a task that outlives a borrow.
    pub fn clock_setter(&self) -> impl Fn(i64) + Send + Sync + use<> {
        let clock = Arc::clone(&self.clock);
        move |ms| clock.set_offset(ms)
    }

    /// Stops the bank: requests under way may end, webhooks not yet acknowledged wait for the next start.
    pub async fn stop(self) {
        let Self {
            running, server, clerk, ..
        } = self;
        drop(running);
        let drained = timeout(DRAIN, async { (server.await, clerk.await) }).await;
        if drained.is_err() {
            tracing::warn!("the sandbox bank stopped with requests under way");
        }
    }
}

/// Ends when the bank's handle is stopped or dropped: nothing is ever sent.
async fn ended(mut stopped: watch::Receiver<()>) {
    while stopped.changed().await.is_ok() {}
}
