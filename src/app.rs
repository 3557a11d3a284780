//! The composition root: the only place that knows every part.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::{Context, Result, ensure};
use axum::Router;
use futures::FutureExt;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle, time::timeout};

pub use crate::operator::Act;
use crate::{
    account,
    config::{Config, Mode},
    demo,
    graphql::{limits::rates::Rates, schema},
    http::{
        self, HttpState,
        answer::Engine,
        bank, case_file, export,
        health::{self, Health},
        media,
        origin::Origins,
        pace::Pace,
        serve,
        sockets::Sockets,
        statement,
    },
    infra::{db, telemetry},
    kernel::{Env, Shutdown, env::Parts, policy::System},
    operator,
    sandbox_bank::SandboxBank,
    wallet::ledger::{self, Report},
    worker,
};

mod backup;
mod commands;
mod front;
mod keys;
mod lookout;
mod open;
mod secrets;

pub use backup::{Told, backup, new_epoch};
pub use keys::{Rewrapped, new_key, rewrap, sealed_columns, verify_audit};
use open::open_beside;
pub use open::{Open, migrate, open, open_with};

/// How often the file with the clock's offset is looked at.
const CLOCK_LOOK: Duration = Duration::from_millis(200);

/// How long a command waits until servers are told what it did.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// Begins to log as the settings say.
pub fn log(config: &Config) {
    telemetry::start(&config.log);
}

/// Fills an empty house with demonstration data, whose history began some days ago. Answers whether it was empty.
///
/// # Errors
/// In production, and when anything fails.
pub async fn fill_for_demonstration(mut config: Config) -> Result<bool> {
    ensure!(config.mode == Mode::Demo, "demonstration data is for `mode = demo` alone");
    config.clock.offset -= demo::DAYS * 24 * 3_600_000;
    let Open { env, bank } = open(config).await?;
    let filled = demo::load(&env, |env| worker::relay(env, System::new()).boxed()).await;
    if let Some(bank) = bank {
        bank.stop().await;
    }
    filled
}

/// Makes an administrator who signs in with `username` and `password`.
pub async fn create_admin(config: Config, username: &str, email: &str, password: &str) -> Result<()> {
    let env = open_beside(config, |parts| parts).await?;
    account::create_admin(&env, username, email, password).await?;
    Ok(())
}

/// Does what the operator asks with the account of `username`. Answers what to tell him.
pub async fn operate(config: Config, username: &str, act: &Act) -> Result<String> {
    let env = open_beside(config, |parts| parts).await?;
    let told = operator::operate(&env, System::new(), username, act).await?;
    // Sockets of servers elsewhere hear of it before this process ends.
    if timeout(LAST_WORDS, env.bus().flush()).await.is_err() {
        tracing::warn!("servers could not be told at once; they find it within a minute");
    }
    Ok(told)
}

/// Checks the whole ledger, reading alone.
pub async fn verify_ledger(config: &Config) -> Result<Report> {
    let db = db::connect_patiently(&config.database_url()).await?.read;
    Ok(ledger::verify(&db).await?)
}

/// A running server.
pub struct App {
    /// The handles.
    pub env: Env,
    /// Where it listens.
    pub address: SocketAddr,
    /// Where `/metrics` is served, if that has a place of its own.
    pub metrics_address: Option<SocketAddr>,
    bank: Option<SandboxBank>,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

/// Opens the house and serves it.
pub async fn start(config: Config) -> Result<App> {
    start_with(config, |parts| parts).await
}

/// The same with some parts exchanged.
pub async fn start_with(mut config: Config, exchange: impl FnOnce(Parts) -> Parts) -> Result<App> {
    let listener = bind(config.listen).await?;
    let address = listener.local_addr()?;
    // Where the bank sends payers back to, when a free port was taken.
    config.listen = address;
    let Open { env, bank } = open_with(config, exchange).await?;
    let config = env.config();
    if let Some(bank) = &bank {
        bank.set_webhook_url(format!("http://{address}/bank/webhook"));
    }
    let (stop, stopping) = watch::channel(false);
    let shutdown = Shutdown(stopping);
    let health = Health {
        watchman: Arc::new(lookout::Lookout(env.clone())),
        meters: Arc::clone(env.meters()),
        shutdown: shutdown.clone(),
        token: config.metrics.token.as_ref().map(|token| token.expose().to_owned()),
    };
    let mut others = media::routes(env.clone())
        .merge(statement::routes(env.clone()))
        .merge(export::routes(env.clone()))
        .merge(case_file::routes(env.clone()))
        .merge(bank::routes(env.clone()))
        .merge(health::routes(health.clone()));
    let mut tasks = Vec::new();
    let mut metrics_address = None;
    if let Some(place) = config.metrics.listen {
        let listener = bind(place).await?;
        metrics_address = Some(listener.local_addr()?);
        tasks.push(serve(listener, health::metrics_alone(health), shutdown.clone()));
    } else {
        others = others.merge(health::metrics_beside(health));
    }
    tasks.push(serve(
        listener,
        http::router(state(&env, shutdown.clone()), others),
        shutdown.clone(),
    ));
    if config.worker.run {
        tasks.push(tokio::spawn(worker::run(env.clone(), shutdown.clone())));
    }
    tasks.extend(commands::hear(&env, shutdown.clone()));
    tasks.extend(follow_clock_file(&env, bank.as_ref(), shutdown));
    tracing::info!(%address, "ready");
    Ok(App {
        env,
        address,
        metrics_address,
        bank,
        stop,
        tasks,
    })
}

async fn bind(place: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(place).await.with_context(|| format!("cannot listen on {place}"))
}

/// Serves until the server stops, and then the requests under way.
fn serve(listener: TcpListener, routes: Router, shutdown: Shutdown) -> JoinHandle<()> {
    tokio::spawn(serve::serve(listener, routes, Pace::default(), shutdown))
}

/// Moves the clocks, ours and the embedded bank's, to what the file says, if a setting names one.
fn follow_clock_file(env: &Env, bank: Option<&SandboxBank>, shutdown: Shutdown) -> Option<JoinHandle<()>> {
    env.config().clock.offset_file.as_ref()?;
    let (env, set_bank) = (env.clone(), bank.map(SandboxBank::clock_setter));
    Some(tokio::spawn(async move {
        while timeout(CLOCK_LOOK, shutdown.wait()).await.is_err() {
            let config = env.config().clone();
            // A look at a file is too short a wait to be worth a thread's change of place, but a slow disk would be worth it.
            let Ok(offset) = tokio::task::spawn_blocking(move || open::clock_offset(&config)).await else {
                continue;
            };
            env.clock().set_offset(offset);
            if let Some(set_bank) = &set_bank {
                set_bank(offset);
            }
        }
    }))
}

fn state(env: &Env, shutdown: Shutdown) -> HttpState {
    let config = env.config();
    HttpState {
        engine: Engine::new(schema::build(env.clone())).metered(Arc::clone(env.meters())),
        door: Arc::new(front::FrontDoor(env.clone())),
        origins: Origins {
            listed: config.allowed_origins.clone(),
            localhost: config.mode == Mode::Demo,
        },
        trusted_proxies: config.trusted_proxies.clone(),
        rates: Rates {
            scale: config.limits.scale,
        },
        introspection: config.shown_to(),
        pace: Pace::default(),
        sockets: Sockets::new(config.limits.scale),
        shutdown,
    }
}

impl App {
    /// Gives the embedded bank the platform's clock, after a test moved it.
    pub fn follow_clock(&self) {
        if let Some(bank) = &self.bank {
            bank.set_clock_offset(self.env.clock().offset());
        }
    }

    /// Stops: no new requests, those under way end, mutations whose callers have gone as well, sockets are told to go elsewhere.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        let meters = self.env.meters();
        let drain = Duration::from_secs(self.env.config().drain_seconds);
        let ended = async {
            for task in self.tasks {
                // A task that panicked has stopped as well.
                let _ = task.await;
            }
            tokio::join!(meters.sockets.none(), meters.running.none());
        };
        if timeout(drain, ended).await.is_err() {
            let (sockets, running) = (meters.sockets.now(), meters.running.now());
            tracing::warn!(sockets, running, "the server stopped with work under way");
        }
        if let Some(bank) = self.bank {
            bank.stop().await;
        }
        tracing::info!("stopped");
    }
}
