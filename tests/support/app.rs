//! A whole server for one test: its own database, data folder, ports and clock.

use std::time::Duration;

use handover::{
    app::{self, App},
    config::{Captcha, Config},
    kernel::{Env, env::Parts},
    wallet::ledger,
};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Binary, bank::API_KEY};

/// The answer of every captcha in tests.
pub const CAPTCHA: &str = "abcde";

/// A running server. Embedded parts, or PostgreSQL and Redis when `HANDOVER_TEST_POSTGRES` and `HANDOVER_TEST_REDIS` name them.
pub struct TestApp {
    app: App,
    pub config: Config,
    pub http: reqwest::Client,
    pub folder: TempDir,
}

impl TestApp {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A server whose settings differ from those of every other test.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::with_parts(change, |parts| parts).await
    }

    /// The same with some parts exchanged.
    pub async fn with_parts(change: impl FnOnce(&mut Config), exchange: impl FnOnce(Parts) -> Parts) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = settings(&folder);
        if let (Ok(postgres), Ok(redis)) = (std::env::var("HANDOVER_TEST_POSTGRES"), std::env::var("HANDOVER_TEST_REDIS")) {
            let name = format!("t{}", uuid::Uuid::new_v4().simple());
            create_database(&postgres, &name).await;
            config.database.url = Some(format!("{}/{name}", server_of(&postgres)).into());
            config.redis.url = Some(redis.into());
            config.redis.prefix = format!("{name}:");
        }
        change(&mut config);
        Self {
            app: app::start_with(config.clone(), exchange).await.unwrap(),
            config,
            http: reqwest::Client::new(),
            folder,
        }
    }

    /// The same house after its server was stopped and started, on another port.
    pub async fn restart(self) -> Self {
        let Self { app, config, http, folder } = self;
        app.stop().await;
        let app = app::start(config.clone()).await.unwrap();
        Self { app, config, http, folder }
    }

    /// Whether tests stand on PostgreSQL and Redis, which many servers can share.
    pub fn has_servers() -> bool {
        std::env::var("HANDOVER_TEST_POSTGRES").is_ok()
    }

    /// A second server on the same database, data folder and Redis, but for what `change` says. It has no bank.
    pub async fn twin(&self, change: impl FnOnce(&mut Config)) -> App {
        let mut config = self.config.clone();
        config.bank.url = Some("http://127.0.0.1:9".to_owned());
        change(&mut config);
        app::start(config).await.unwrap()
    }

    /// A server in a process of its own beside this one: the same database, data folder, Redis, bank and time. It relays nothing and looks at
    /// no timer unless `settings` say so.
    pub fn child(&self, settings: &[(&str, &str)]) -> Binary {
        let own = self.settings();
        let all: Vec<(&str, &str)> = own
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .chain(settings.iter().copied())
            .collect();
        Binary::start(self.folder.path(), &all)
    }

    /// The settings of such a server.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        let config = &self.config;
        let bank = config.bank.url.clone().unwrap_or_else(|| "http://127.0.0.1:9".to_owned());
        let mut settings = vec![
            ("HANDOVER_CLOCK__OFFSET", self.env().clock().offset().to_string()),
            ("HANDOVER_LIMITS__SCALE", "1000".to_owned()),
            ("HANDOVER_WORKER__RUN", "false".to_owned()),
            ("HANDOVER_BANK__API_KEY", API_KEY.to_owned()),
            ("HANDOVER_BANK__URL", bank),
            ("HANDOVER_REDIS__PREFIX", config.redis.prefix.clone()),
        ];
        let secret = config.bank.webhook_secret.iter();
        settings.extend(secret.map(|secret| ("HANDOVER_BANK__WEBHOOK_SECRET", secret.expose().to_owned())));
        settings.extend(
            config
                .database
                .url
                .iter()
                .map(|url| ("HANDOVER_DATABASE__URL", url.expose().to_owned())),
        );
        settings.extend(config.redis.url.iter().map(|url| ("HANDOVER_REDIS__URL", url.expose().to_owned())));
        settings
    }

    pub fn env(&self) -> &Env {
        &self.app.env
    }

    /// Where the server listens.
    pub fn host(&self) -> std::net::SocketAddr {
        self.app.address
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.app.address)
    }

    /// Sends an operation and answers the whole response body.
    pub async fn send(&self, token: Option<&str>, query: &str, variables: Value) -> Value {
        let mut request = self
            .http
            .post(self.url("/graphql"))
            .json(&json!({ "query": query, "variables": variables }));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        request.send().await.unwrap().json().await.unwrap()
    }

    /// Sends an operation whose `input.file` is a file, by the multipart request specification.
    pub async fn send_file(&self, token: Option<&str>, query: &str, variables: Value, file: Vec<u8>) -> Value {
        let form = reqwest::multipart::Form::new()
            .text("operations", json!({ "query": query, "variables": variables }).to_string())
            .text("map", json!({ "0": ["variables.input.file"] }).to_string())
            .part("0", reqwest::multipart::Part::bytes(file).file_name("image.png"));
        let mut request = self
            .http
            .post(self.url("/graphql"))
            .header("x-handover-preflight", "1")
            .multipart(form);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        request.send().await.unwrap().json().await.unwrap()
    }

    /// Moves the clock, and lets the timers see it.
    pub fn advance(&self, duration: Duration) {
        self.env().clock().advance(i64::try_from(duration.as_millis()).unwrap());
        self.app.follow_clock();
    }

    /// Every mail to `address`, oldest first.
    pub fn mails(&self, address: &str) -> Vec<String> {
        let mut files: Vec<_> = std::fs::read_dir(self.folder.path().join("mail"))
            .unwrap()
            .map(|file| file.unwrap().path())
            // A mail that is still being written has another name.
            .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
            .collect();
        files.sort();
        let to = format!("To: {address}");
        files
            .iter()
            .filter_map(|file| std::fs::read_to_string(file).ok())
            .filter(|mail| mail.lines().any(|line| line.trim() == to))
            .collect()
    }

    /// Stops the server and proves that its books are in order.
    pub async fn close(self) {
        let report = ledger::verify(self.env().db()).await.unwrap();
        assert!(report.problems.is_empty(), "{:#?}", report.problems);
        self.app.stop().await;
    }
}

fn settings(folder: &TempDir) -> Config {
    let mut config = Config {
        listen: ([127, 0, 0, 1], 0).into(),
        data_dir: folder.path().to_owned(),
        ..Config::default()
    };
    config.account.captcha = Captcha::Fixed(CAPTCHA.to_owned());
    config.account.argon2_memory_kib = 8;
    config.account.argon2_passes = 1;
    // Tests that need the relay or a timer run it themselves.
    config.worker.run = false;
    config.bank.payout_delay_ms = 10;
    config.bank.api_key = Some(API_KEY.into());
    // Everybody in a test comes from one address.
    config.limits.scale = 1_000;
    config.worker.tick_ms = 3_600_000;
    config
}

/// The address of a database's server, without the database.
pub fn server_of(url: &str) -> &str {
    url.rsplit_once('/').unwrap().0
}

pub async fn create_database(server: &str, name: &str) {
    use sea_orm::{ConnectionTrait, Database};
    let db = Database::connect(server).await.unwrap();
    db.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    db.close().await.unwrap();
}
