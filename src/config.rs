//! Settings. Each has a default; a TOML file (`HANDOVER_CONFIG`) and the environment change it.
//!
//! The environment name of a setting is `HANDOVER_` and its path in capitals, with two underscores between the parts: `HANDOVER_LISTEN`,
//! `HANDOVER_DATABASE__URL`.

use std::{net::SocketAddr, path::PathBuf};

use serde::{Deserialize, Serialize};

/// All settings.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// `demo` (everything embedded, nothing to install) or `production` (refuses unsafe settings). `HANDOVER_MODE`, default demo.
    pub mode: Mode,
    /// Where the server listens. `HANDOVER_LISTEN`, default 127.0.0.1:8080; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where embedded parts keep their files. `HANDOVER_DATA_DIR`, default `data`.
    pub data_dir: PathBuf,
    /// The address users see, without a slash at the end. `HANDOVER_PUBLIC_URL`, default `http://` and the listening address.
    pub public_url: Option<String>,
    /// Origins besides our own that browsers may call from. `HANDOVER_ALLOWED_ORIGINS`, comma-separated; in demo mode every localhost is allowed.
    pub allowed_origins: Vec<String>,
    /// Proxies whose `X-Forwarded-For` is believed, by address. `HANDOVER_TRUSTED_PROXIES`, comma-separated, default none.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// The database.
    pub database: Database,
    /// Redis.
    pub redis: Redis,
    /// Accounts.
    pub account: Account,
    /// The bank.
    pub bank: Bank,
    /// The wallet.
    pub wallet: Wallet,
    /// Orders.
    pub order: Order,
    /// The clock.
    pub clock: ClockSettings,
    /// The worker.
    pub worker: Worker,
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

/// Settings of the database.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Database {
    /// `sqlite:` or `postgres:` address. `HANDOVER_DATABASE__URL`, default an SQLite file in the data folder.
    pub url: Option<String>,
    /// Connections to PostgreSQL, or readers of SQLite. `HANDOVER_DATABASE__POOL`, default 10.
    pub pool: u32,
}

/// Settings of Redis, for cache and wake-ups.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Redis {
    /// `redis://` address. `HANDOVER_REDIS__URL`, default none: cache and wake-ups in process.
    pub url: Option<String>,
    /// Put before every key and channel. `HANDOVER_REDIS__PREFIX`, default empty.
    pub prefix: String,
}

/// Settings of accounts.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Account {
    /// `image`, or `fixed:TEXT` in tests. `HANDOVER_ACCOUNT__CAPTCHA`, default image.
    pub captcha: String,
    /// Argon2id memory in KiB. `HANDOVER_ACCOUNT__ARGON2_MEMORY_KIB`, default 19456.
    pub argon2_memory_kib: u32,
    /// Argon2id passes. `HANDOVER_ACCOUNT__ARGON2_PASSES`, default 2.
    pub argon2_passes: u32,
}

/// Settings of the bank.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Bank {
    /// Where the embedded sandbox bank listens. `HANDOVER_BANK__LISTEN`, default a free port of 127.0.0.1.
    pub listen: SocketAddr,
    /// The address of a bank that runs elsewhere; none: the sandbox bank is embedded. `HANDOVER_BANK__URL`.
    pub url: Option<String>,
    /// How payers reach the embedded bank's checkout, without a slash at the end. `HANDOVER_BANK__PUBLIC_URL`, default `http://` and its listening address.
    pub public_url: Option<String>,
    /// The key we show the bank. `HANDOVER_BANK__API_KEY`, default made in the data folder.
    pub api_key: Option<String>,
    /// The secret of the bank's webhooks. `HANDOVER_BANK__WEBHOOK_SECRET`, default made in the data folder.
    pub webhook_secret: Option<String>,
    /// The secret before it, believed as well while the bank changes over. `HANDOVER_BANK__PREVIOUS_WEBHOOK_SECRET`, default none.
    pub previous_webhook_secret: Option<String>,
    /// Milliseconds that a payout of the embedded bank stays sent. `HANDOVER_BANK__PAYOUT_DELAY_MS`, default 1000.
    pub payout_delay_ms: u64,
    /// What goes wrong at the embedded bank on purpose.
    pub faults: BankFaults,
}

/// Faults of the embedded bank, for demonstrations and tests. The same seed sees the same faults.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BankFaults {
    /// Where the decisions come from. `HANDOVER_BANK__FAULTS__SEED`, default 0.
    pub seed: u64,
    /// Milliseconds that a webhook waits at most before it goes out. `HANDOVER_BANK__FAULTS__DELAY_MS`, default 0.
    pub delay_ms: u64,
    /// How often each webhook is delivered. `HANDOVER_BANK__FAULTS__REPEAT`, 1 to 100, default 1.
    pub repeat: u32,
    /// Percent of webhooks that a later one overtakes. `HANDOVER_BANK__FAULTS__REORDER_PERCENT`, default 0.
    pub reorder_percent: u8,
    /// Percent of webhooks that are lost. `HANDOVER_BANK__FAULTS__DROP_PERCENT`, default 0.
    pub drop_percent: u8,
    /// Percent of webhooks that name a wrong amount. `HANDOVER_BANK__FAULTS__WRONG_AMOUNT_PERCENT`, default 0.
    pub wrong_amount_percent: u8,
    /// Percent of payments that are taken back after they succeeded. `HANDOVER_BANK__FAULTS__REVERSE_PERCENT`, default 0.
    pub reverse_percent: u8,
    /// Payouts to numbers with this ending fail. `HANDOVER_BANK__FAULTS__FAILING_ENDING`, default `0001`; empty: none.
    pub failing_ending: String,
    /// Payouts to numbers with this ending come back after they were paid. `HANDOVER_BANK__FAULTS__RETURNING_ENDING`, default `0002`; empty: none.
    pub returning_ending: String,
}

/// Settings of the wallet.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wallet {
    /// Days a sale's proceeds settle. `HANDOVER_WALLET__SETTLING_DAYS`, 0 to 90, default 3.
    pub settling_days: u8,
    /// The same until the seller's fifth completed order. `HANDOVER_WALLET__SETTLING_DAYS_NEW_SELLER`, 0 to 90, default 7.
    pub settling_days_new_seller: u8,
}

/// Settings of orders.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Order {
    /// Hours a buyer has to confirm. `HANDOVER_ORDER__CONFIRM_HOURS`, default 72.
    pub confirm_hours: u16,
}

/// Settings of the clock, for tests only.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClockSettings {
    /// Milliseconds added to the true time. `HANDOVER_CLOCK__OFFSET`, default 0.
    pub offset: i64,
    /// A file whose text is the offset, read again five times a second. `HANDOVER_CLOCK__OFFSET_FILE`, default none.
    pub offset_file: Option<PathBuf>,
}

/// Settings of the worker.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Worker {
    /// Milliseconds between two looks at the timers. `HANDOVER_WORKER__TICK_MS`, default 5000.
    pub tick_ms: u64,
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
            database: Database::default(),
            redis: Redis::default(),
            account: Account::default(),
            bank: Bank::default(),
            wallet: Wallet::default(),
            order: Order::default(),
            clock: ClockSettings::default(),
            worker: Worker::default(),
        }
    }
}

impl Default for Database {
    fn default() -> Self {
        Self { url: None, pool: 10 }
    }
}

impl Default for Account {
    fn default() -> Self {
        Self {
            captcha: "image".to_owned(),
            argon2_memory_kib: 19_456,
            argon2_passes: 2,
        }
    }
}

impl Default for Bank {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            url: None,
            public_url: None,
            api_key: None,
            webhook_secret: None,
            previous_webhook_secret: None,
            payout_delay_ms: 1_000,
            faults: BankFaults::default(),
        }
    }
}

impl Default for BankFaults {
    fn default() -> Self {
        Self {
            seed: 0,
            delay_ms: 0,
            repeat: 1,
            reorder_percent: 0,
            drop_percent: 0,
            wrong_amount_percent: 0,
            reverse_percent: 0,
            failing_ending: "0001".to_owned(),
            returning_ending: "0002".to_owned(),
        }
    }
}

impl Default for Wallet {
    fn default() -> Self {
        Self {
            settling_days: 3,
            settling_days_new_seller: 7,
        }
    }
}

impl Default for Order {
    fn default() -> Self {
        Self { confirm_hours: 72 }
    }
}

impl Default for Worker {
    fn default() -> Self {
        Self { tick_ms: 5_000 }
    }
}

/// Settings that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file or variable cannot be read as the setting it names.
    #[error("{0}")]
    Unreadable(#[from] config::ConfigError),
    /// A setting has a value that is not allowed.
    #[error("{name}: {why}")]
    Refused {
        /// The setting's environment name.
        name: &'static str,
        /// What is wrong and what is allowed.
        why: String,
    },
}

impl Config {
    /// Reads the settings: defaults, then the file named by `HANDOVER_CONFIG`, then the environment.
    pub fn load() -> Result<Self, ConfigError> {
        let mut builder = config::Config::builder();
        if let Ok(file) = std::env::var("HANDOVER_CONFIG") {
            builder = builder.add_source(config::File::with_name(&file).format(config::FileFormat::Toml));
        }
        let environment = config::Environment::with_prefix("HANDOVER")
            .prefix_separator("_")
            .separator("__")
            .try_parsing(true)
            .list_separator(",")
            .with_list_parse_key("allowed_origins")
            .with_list_parse_key("trusted_proxies")
            .ignore_empty(true)
            .source(Some(
                std::env::vars()
                    .filter(|(name, _)| name.starts_with("HANDOVER_") && !is_not_a_setting(name))
                    .collect(),
            ));
        let config: Self = builder.add_source(environment).build()?.try_deserialize()?;
        config.check()?;
        Ok(config)
    }

    /// The address users see, without a slash at the end.
    #[must_use]
    pub fn public_address(&self) -> String {
        match &self.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("http://{}", self.listen),
        }
    }

    /// Refuses values that are not allowed, by name.
    pub fn check(&self) -> Result<(), ConfigError> {
        let refuse = |name, why: &str| Err(ConfigError::Refused { name, why: why.to_owned() });
        if self.account.captcha != "image" && !self.account.captcha.starts_with("fixed:") {
            return refuse("HANDOVER_ACCOUNT__CAPTCHA", "must be `image` or `fixed:TEXT`");
        }
        if self.wallet.settling_days > 90 || self.wallet.settling_days_new_seller > 90 {
            return refuse("HANDOVER_WALLET__SETTLING_DAYS", "must be 0 to 90 days");
        }
        if self.database.pool == 0 || self.worker.tick_ms == 0 {
            return refuse(
                "HANDOVER_DATABASE__POOL",
                "the pool and HANDOVER_WORKER__TICK_MS must be at least 1",
            );
        }
        let faults = &self.bank.faults;
        let percents = [
            faults.reorder_percent,
            faults.drop_percent,
            faults.wrong_amount_percent,
            faults.reverse_percent,
        ];
        if percents.iter().any(|percent| *percent > 100) || !(1..=100).contains(&faults.repeat) {
            return refuse("HANDOVER_BANK__FAULTS__*", "percents must be 0 to 100, and REPEAT 1 to 100");
        }
        if self.mode == Mode::Production {
            return self.check_production();
        }
        Ok(())
    }

    /// What strangers and real money must not meet. The bank and the identity check are sandboxes so far, so production is refused whole.
    fn check_production(&self) -> Result<(), ConfigError> {
        let refuse = |name, why: &str| Err(ConfigError::Refused { name, why: why.to_owned() });
        if self.account.captcha != "image" {
            return refuse("HANDOVER_ACCOUNT__CAPTCHA", "production needs `image`");
        }
        if self.clock.offset != 0 || self.clock.offset_file.is_some() {
            return refuse("HANDOVER_CLOCK__OFFSET", "production takes no clock offset");
        }
        refuse(
            "HANDOVER_MODE",
            "production is refused: only the sandbox bank and sandbox identity checks exist in this version",
        )
    }
}

/// Names with our prefix that are not settings of the server: the file's own name, and what the tests use.
fn is_not_a_setting(name: &str) -> bool {
    name == "HANDOVER_CONFIG" || name.starts_with("HANDOVER_TEST_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_allowed_and_production_is_refused_by_name() {
        assert!(Config::default().check().is_ok());
        let production = Config {
            mode: Mode::Production,
            ..Config::default()
        };
        assert!(production.check().unwrap_err().to_string().starts_with("HANDOVER_MODE"));
        let offset = Config {
            clock: ClockSettings {
                offset: 1,
                offset_file: None,
            },
            ..production
        };
        assert!(offset.check().unwrap_err().to_string().starts_with("HANDOVER_CLOCK__OFFSET"));
    }
}
