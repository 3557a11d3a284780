//! The composition root: the only place that knows every part.

use std::{fs, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use anyhow::{Context, Result};
use async_trait::async_trait;
use entity::meta;
use migration::Migrator;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DatabaseConnection, EntityTrait};
use sea_orm_migration::MigratorTrait;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use crate::{
    account::{self, AdmitError},
    config::{BankFaults, Config, Mode},
    graphql::schema,
    http::{
        self, HttpState,
        answer::Engine,
        bank,
        door::{Door, Refusal},
        media,
        origin::Origins,
    },
    infra::{
        bank::{HttpBank, HttpBankConfig},
        bus::{MemoryBus, RedisBus},
        cache::{MemoryCache, RedisCache},
        captcha::{FixedCaptcha, ImageCaptcha},
        db,
        mail::FolderMailer,
        password::{Argon2Cost, Argon2Hasher},
        seal::KeyRing,
        secret::secret_file,
        storage::FolderStorage,
    },
    kernel::{
        Env, Shutdown,
        clock::Clock,
        env::Parts,
        event::session_topic,
        policy::{Actor, System},
        port::{Bus, Cache, CaptchaPainter, Wake},
        sql,
    },
    market,
    sandbox_bank::{self, Faults, PayoutOutcome, SandboxBank, SandboxBankConfig},
    wallet::ledger::{self, Report},
    worker,
};

/// How long requests under way may take when the server stops.
const DRAIN: Duration = Duration::from_secs(20);
/// How many values the in-process cache holds.
const CACHE_CAPACITY: usize = 100_000;
/// How many passwords are hashed at once: each takes a core for some 20 ms.
const HASHES_AT_ONCE: usize = 2;
/// The address that mails come from.
const MAIL_FROM: &str = "Handover <no-reply@handover.example>";

/// An open house: the handles, and the embedded bank if there is one.
pub struct Open {
    /// The handles.
    pub env: Env,
    /// The embedded sandbox bank.
    pub bank: Option<SandboxBank>,
}

/// Opens everything that `config` names, and brings the database up to date.
pub async fn open(config: Config) -> Result<Open> {
    fs::create_dir_all(&config.data_dir).with_context(|| format!("cannot make the data folder {}", config.data_dir.display()))?;
    let clock = Clock::default();
    clock.set_offset(config.clock.offset);
    let url = database_url(&config);
    migrate(&url).await?;
    let databases = db::connect(&url, config.database.pool).await?;
    let (bank, bank_client) = open_bank(&config).await?;
    let (cache, bus) = open_cache(&config)?;
    let parts = Parts {
        epoch: epoch(&databases.write).await?,
        db_write: databases.write,
        db_read: databases.read,
        cache,
        bus,
        mailer: Arc::new(FolderMailer::new(&config.data_dir.join("mail"), MAIL_FROM)?),
        storage: Arc::new(FolderStorage::new(config.data_dir.join("files"))?),
        bank: Arc::new(bank_client),
        seal: Arc::new(KeyRing::load_or_create(&config.data_dir)?),
        captcha: painter(&config),
        passwords: Arc::new(Argon2Hasher::new(
            Argon2Cost {
                memory_kib: config.account.argon2_memory_kib,
                passes: config.account.argon2_passes,
            },
            HASHES_AT_ONCE,
        )?),
        clock,
        token_secret: secret_file(&config.data_dir, "token.secret")?,
        config,
    };
    let env = Env::new(parts);
    let games = market::seed_catalogue(&env, System::new()).await?;
    if games > 0 {
        tracing::info!(games, "the catalogue was filled");
    }
    Ok(Open { env, bank })
}

/// Brings the database up to date. Processes that start together take turns.
pub async fn migrate(url: &str) -> Result<()> {
    let databases = db::connect(url, 1).await?;
    let locks = databases.kind == db::DbKind::Postgres;
    if locks {
        databases
            .write
            .execute_unprepared("SET statement_timeout = 0; SET lock_timeout = 0; SELECT pg_advisory_lock(4710)")
            .await?;
    }
    let done = Migrator::up(&databases.write, None).await;
    if locks {
        databases.write.execute_unprepared("SELECT pg_advisory_unlock(4710)").await?;
    }
    databases.write.close().await?;
    done.context("the database cannot be brought up to date")
}

/// Makes an administrator who signs in with `username` and `password`.
pub async fn create_admin(config: Config, username: &str, email: &str, password: &str) -> Result<()> {
    let house = open(config).await?;
    account::create_admin(&house.env, username, email, password).await?;
    Ok(())
}

/// Checks the whole ledger, reading alone.
pub async fn verify_ledger(config: &Config) -> Result<Report> {
    let db = db::connect(&database_url(config), 1).await?.read;
    Ok(ledger::verify(&db).await?)
}

/// The database's address: as set, or a file in the data folder.
#[must_use]
pub fn database_url(config: &Config) -> String {
    config
        .database
        .url
        .clone()
        .unwrap_or_else(|| format!("sqlite:{}", config.data_dir.join("handover.db").display()))
}

/// The event log's epoch, made once for each database.
async fn epoch(db: &DatabaseConnection) -> Result<u64> {
    let made = format!("{:016x}", rand::random::<u64>());
    let row = meta::ActiveModel {
        name: Set("epoch".to_owned()),
        value: Set(made),
    };
    meta::Entity::insert(row)
        .on_conflict_do_nothing()
        .exec_without_returning(db)
        .await?;
    let row = meta::Entity::find_by_id("epoch".to_owned())
        .one(db)
        .await?
        .context("the epoch is missing")?;
    u64::from_str_radix(&row.value, 16).context("the epoch is not a number")
}

fn open_cache(config: &Config) -> Result<(Arc<dyn Cache>, Arc<dyn Bus>)> {
    Ok(match &config.redis.url {
        None => (Arc::new(MemoryCache::new(CACHE_CAPACITY)), Arc::new(MemoryBus::new())),
        Some(url) => (
            Arc::new(RedisCache::new(url, &config.redis.prefix)?),
            Arc::new(RedisBus::new(url, &config.redis.prefix)?),
        ),
    })
}

fn painter(config: &Config) -> Arc<dyn CaptchaPainter> {
    match config.account.captcha.strip_prefix("fixed:") {
        Some(answer) => Arc::new(FixedCaptcha(answer.to_owned())),
        None => Arc::new(ImageCaptcha),
    }
}

/// Starts the embedded bank unless one runs elsewhere, and the client that speaks to either.
async fn open_bank(config: &Config) -> Result<(Option<SandboxBank>, HttpBank)> {
    let api_key = bank_secret(&config.data_dir, "bank-api-key.secret", config.bank.api_key.as_ref())?;
    let webhook_secret = bank_secret(&config.data_dir, "bank-webhook.secret", config.bank.webhook_secret.as_ref())?;
    let bank = match &config.bank.url {
        Some(_) => None,
        None => Some(
            sandbox_bank::start(SandboxBankConfig {
                listen: config.bank.listen,
                clock_offset_ms: config.clock.offset,
                public_url: config.bank.public_url.clone(),
                payout_delay: Duration::from_millis(config.bank.payout_delay_ms),
                faults: faults(&config.bank.faults),
                ..SandboxBankConfig::new(config.data_dir.join("bank"), &api_key, &webhook_secret)
            })
            .await?,
        ),
    };
    let base_url = match (&config.bank.url, &bank) {
        (Some(url), _) => url.clone(),
        (None, Some(bank)) => format!("http://{}", bank.address()),
        (None, None) => unreachable!("a bank is embedded unless one is named"),
    };
    let client = HttpBank::new(&HttpBankConfig {
        base_url,
        api_key,
        webhook_secret,
        previous_webhook_secret: config.bank.previous_webhook_secret.clone(),
    })?;
    Ok((bank, client))
}

/// The settings of faults in the bank's own words.
fn faults(set: &BankFaults) -> Faults {
    let endings = [
        (&set.failing_ending, PayoutOutcome::Failed),
        (&set.returning_ending, PayoutOutcome::Returned),
    ];
    Faults {
        seed: set.seed,
        payout_outcomes: endings
            .into_iter()
            .filter(|(ending, _)| !ending.is_empty())
            .map(|(ending, outcome)| (ending.clone(), outcome))
            .collect(),
        repeat_webhooks: set.repeat,
        delay: Duration::from_millis(set.delay_ms),
        reordered: set.reorder_percent,
        dropped: set.drop_percent,
        wrong_amounts: set.wrong_amount_percent,
        reversed: set.reverse_percent,
    }
}

fn bank_secret(dir: &Path, name: &str, set: Option<&String>) -> Result<String> {
    use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
    match set {
        Some(secret) => Ok(secret.clone()),
        None => Ok(BASE64_STANDARD_NO_PAD.encode(secret_file(dir, name)?)),
    }
}

/// A running server.
pub struct App {
    /// The handles.
    pub env: Env,
    /// Where it listens.
    pub address: SocketAddr,
    bank: Option<SandboxBank>,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
    worker: JoinHandle<()>,
}

/// Opens the house and serves it.
pub async fn start(mut config: Config) -> Result<App> {
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("cannot listen on {}", config.listen))?;
    let address = listener.local_addr()?;
    // Where the bank sends payers back to, when a free port was taken.
    config.listen = address;
    let Open { env, bank } = open(config).await?;
    if let Some(bank) = &bank {
        bank.set_webhook_url(format!("http://{address}/bank/webhook"));
    }
    let (stop, stopping) = watch::channel(false);
    let shutdown = Shutdown(stopping);
    let others = media::routes(env.clone()).merge(bank::routes(env.clone()));
    let routes = http::router(state(&env, shutdown.clone()), others).into_make_service_with_connect_info::<SocketAddr>();
    let drain = shutdown.clone();
    let server = tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, routes)
            .with_graceful_shutdown(async move { drain.wait().await })
            .await
        {
            tracing::error!(%error, "the server broke off");
        }
    });
    let worker = tokio::spawn(worker::run(env.clone(), shutdown));
    tracing::info!(%address, "ready");
    Ok(App {
        env,
        address,
        bank,
        stop,
        server,
        worker,
    })
}

fn state(env: &Env, shutdown: Shutdown) -> HttpState {
    let config = env.config();
    HttpState {
        engine: Engine::new(schema::build(env.clone())),
        door: Arc::new(FrontDoor(env.clone())),
        origins: Origins {
            listed: config.allowed_origins.clone(),
            localhost: config.mode == Mode::Demo,
        },
        trusted_proxies: config.trusted_proxies.clone(),
        shutdown,
    }
}

/// Accounts, as the transport asks for them.
struct FrontDoor(Env);

#[async_trait]
impl Door for FrontDoor {
    async fn admit(&self, token: &str) -> Result<Actor, Refusal> {
        account::admit(&self.0, token).await.map_err(refusal)
    }

    async fn recheck(&self, actor: &Actor) -> Result<Actor, Refusal> {
        account::recheck(&self.0, actor).await.map_err(refusal)
    }

    async fn watch(&self, actor: &Actor) -> Box<dyn Wake> {
        let topics: Vec<String> = actor.session().map(session_topic).into_iter().collect();
        self.0.bus().listen(&topics).await
    }

    fn rings(&self) -> bool {
        self.0.bus().healthy()
    }

    async fn ready(&self) -> bool {
        sql::one(self.0.db(), "SELECT 1 AS one", vec![]).await.is_ok()
    }
}

fn refusal(error: AdmitError) -> Refusal {
    match error {
        AdmitError::BadToken => Refusal::BadToken,
        AdmitError::Ended => Refusal::Ended,
        AdmitError::Fault(fault) => {
            tracing::warn!(%fault, "nobody can be admitted");
            Refusal::Unavailable
        }
    }
}

impl App {
    /// Gives the embedded bank the platform's clock, after a test moved it.
    pub fn follow_clock(&self) {
        if let Some(bank) = &self.bank {
            bank.set_clock_offset(self.env.clock().offset());
        }
    }

    /// Stops: no new requests, those under way end, sockets are told to go elsewhere.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        let drained = tokio::time::timeout(DRAIN, async {
            // A task that panicked has stopped as well.
            let _ = tokio::join!(self.server, self.worker);
        });
        if drained.await.is_err() {
            tracing::warn!("requests were still under way when the server stopped");
        }
        if let Some(bank) = self.bank {
            bank.stop().await;
        }
    }
}
