//! Settings. Each has a default; a TOML file (`HANDOVER_CONFIG`) and the environment change it.
//!
//! The environment name of a setting is `HANDOVER_` and its path in capitals, with two underscores between the parts: `HANDOVER_LISTEN`,
//! `HANDOVER_DATABASE__URL`. A list is separated by commas. An empty variable is as good as none.
//!
//! A new setting is a field with a doc comment of the form "Meaning. `NAME`, limits, default VALUE.", a default, and its limits in `check`;
//! the table in `docs/OPERATIONS.md` is made from those comments, and a test holds it equal.

use std::{net::SocketAddr, path::PathBuf};

use serde::{Deserialize, Serialize};

mod account;
mod bank;
mod clock;
mod database;
mod dispute;
mod faults;
mod findings;
mod keys;
mod limits;
mod log;
mod mail;
mod metrics;
mod order;
mod production;
mod read;
mod recovery;
mod redis;
mod secret;
mod storage;
mod wallet;
mod worker;

pub use account::{Account, Captcha, Identity};
pub use bank::Bank;
pub use clock::ClockSettings;
pub use database::Database;
pub use dispute::Dispute;
pub use faults::BankFaults;
pub use findings::{ConfigError, Finding, Findings};
pub use keys::Keys;
pub use limits::{Introspection, Limits};
pub use log::{Log, LogFormat};
pub use mail::Mail;
pub use metrics::Metrics;
pub use order::Order;
pub use recovery::Recovery;
pub use redis::Redis;
pub use secret::{Address, Secret};
pub use storage::Storage;
pub use wallet::Wallet;
pub use worker::Worker;

/// All settings.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// `demo` (everything embedded, nothing to install) or `production` (refuses unsafe settings). `HANDOVER_MODE`, default demo.
    pub mode: Mode,
    /// Where the server listens; port 0 takes a free one. `HANDOVER_LISTEN`, default 127.0.0.1:8080.
    pub listen: SocketAddr,
    /// Where embedded parts keep their files. `HANDOVER_DATA_DIR`, default data.
    pub data_dir: PathBuf,
    /// The address users see, without a slash at the end. `HANDOVER_PUBLIC_URL`, default `http://` and the listening address.
    pub public_url: Option<String>,
    /// Origins besides our own that browsers may call from; in demo mode every localhost may. `HANDOVER_ALLOWED_ORIGINS`, default none.
    pub allowed_origins: Vec<String>,
    /// Proxies whose `X-Forwarded-For` is believed, by address. `HANDOVER_TRUSTED_PROXIES`, default none.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Seconds that requests under way may take when the server stops. `HANDOVER_DRAIN_SECONDS`, 1 to 600, default 20.
    pub drain_seconds: u64,
    /// To whom the API shows its schema by introspection: `everyone`, `members` (whoever signed in) or `nobody`. `HANDOVER_INTROSPECTION`, default
    /// none: everyone in demo mode, members in production.
    pub introspection: Option<Introspection>,
    /// What one caller may ask for in a while.
    pub limits: Limits,
    /// The database.
    pub database: Database,
    /// Redis.
    pub redis: Redis,
    /// The file store.
    pub storage: Storage,
    /// Mail.
    pub mail: Mail,
    /// The server's own secrets.
    pub keys: Keys,
    /// Accounts.
    pub account: Account,
    /// The bank.
    pub bank: Bank,
    /// The wallet.
    pub wallet: Wallet,
    /// Orders.
    pub order: Order,
    /// Cases.
    pub dispute: Dispute,
    /// Claims that a seller took a sold account back.
    pub recovery: Recovery,
    /// The clock.
    pub clock: ClockSettings,
    /// The worker.
    pub worker: Worker,
    /// The log.
    pub log: Log,
    /// The metrics.
    pub metrics: Metrics,
}

/// How careful the server is about its settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// For a look and for development.
    Demo,
    /// For strangers and real money.
    Production,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            mode: Mode::Demo,
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            data_dir: PathBuf::from("data"),
            public_url: None,
            allowed_origins: Vec::new(),
            trusted_proxies: Vec::new(),
            drain_seconds: 20,
            introspection: None,
            limits: Limits::default(),
            database: Database::default(),
            redis: Redis::default(),
            storage: Storage::default(),
            mail: Mail::default(),
            keys: Keys::default(),
            account: Account::default(),
            bank: Bank::default(),
            wallet: Wallet::default(),
            order: Order::default(),
            dispute: Dispute::default(),
            recovery: Recovery::default(),
            clock: ClockSettings::default(),
            worker: Worker::default(),
            log: Log::default(),
            metrics: Metrics::default(),
        }
    }
}

impl Config {
    /// Reads the settings: defaults, then the file named by `HANDOVER_CONFIG`, then the environment.
    ///
    /// # Errors
    /// Everything that is wrong with them, each by its name.
    pub fn load() -> Result<Self, ConfigError> {
        let file = std::env::var("HANDOVER_CONFIG").ok().filter(|file| !file.is_empty());
        // A variable that is not text can be none of ours.
        let variables = std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        read::read(file.as_deref(), variables)
    }

    /// Refuses values that are not allowed, all of them at once and each by its name.
    ///
    /// # Errors
    /// When there is one.
    pub fn check(&self) -> Result<(), ConfigError> {
        let mut found = Findings::default();
        self.check_addresses(&mut found);
        self.database.check(&mut found);
        self.redis.check(&mut found);
        self.storage.check(&mut found);
        self.mail.check(&mut found);
        self.keys.check(&mut found);
        self.account.check(&mut found);
        self.bank.check(&mut found);
        self.wallet.check(&mut found);
        self.order.check(&mut found);
        self.dispute.check(&mut found);
        self.recovery.check(&mut found);
        self.worker.check(&mut found);
        self.limits.check(&mut found);
        self.log.check(&mut found);
        self.metrics.check(&mut found);
        if self.mode == Mode::Production {
            production::check(self, &mut found);
        }
        found.into_result()
    }

    fn check_addresses(&self, found: &mut Findings) {
        let web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
        if self.public_url.as_ref().is_some_and(|url| !web(url) || url.ends_with('/')) {
            found.refuse(
                "HANDOVER_PUBLIC_URL",
                "must begin with `https://` or `http://` and not end with a slash",
            );
        }
        let origin = |url: &String| web(url) && url.matches('/').count() == 2;
        if let Some(wrong) = self.allowed_origins.iter().find(|url| !origin(url)) {
            let why = format!("`{wrong}` is not an origin; write scheme, host and perhaps port, as `https://shop.example`");
            found.refuse("HANDOVER_ALLOWED_ORIGINS", why);
        }
        if !(1..=600).contains(&self.drain_seconds) {
            found.refuse("HANDOVER_DRAIN_SECONDS", "must be 1 to 600 seconds");
        }
    }

    /// What is allowed and still deserves a look, each by its name.
    #[must_use]
    pub fn warnings(&self) -> Vec<Finding> {
        production::warnings(self)
    }

    /// The address users see, without a slash at the end.
    #[must_use]
    pub fn public_address(&self) -> String {
        self.public_url.clone().unwrap_or_else(|| format!("http://{}", self.listen))
    }

    /// The database's address: as set, or a file in the data folder.
    #[must_use]
    pub fn database_url(&self) -> String {
        self.database.url.as_ref().map_or_else(
            || format!("sqlite:{}", self.data_dir.join("handover.db").display()),
            |url| url.expose().to_owned(),
        )
    }

    /// Every setting by its environment name with the value in force. Secrets and passwords are masked; `None` is not set.
    #[must_use]
    pub fn in_force(&self) -> Vec<(String, Option<String>)> {
        read::leaves(self)
    }
}
