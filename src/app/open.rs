//! Opening the house: every part that the settings name, bound together.

use std::{collections::HashSet, fs, path::Path, sync::Arc, time::Duration};

use anyhow::{Context, Result};
use entity::meta;
use migration::Migrator;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DatabaseConnection, EntityTrait, FromQueryResult};
use sea_orm_migration::MigratorTrait;

use super::secrets;
use crate::{
    config::{BankFaults, Captcha, Config, Secret},
    infra::{
        bank::{HttpBank, HttpBankConfig},
        bus::{MemoryBus, RedisBus},
        cache::{MemoryCache, RedisCache},
        captcha::{FixedCaptcha, ImageCaptcha},
        db,
        mail::{FolderMailer, SmtpMailer},
        password::{Argon2Cost, Argon2Hasher},
        storage::{FolderStorage, S3Place, S3Storage},
    },
    kernel::{
        Env, Meters,
        clock::Clock,
        env::Parts,
        policy::System,
        port::{Bus, Cache, CaptchaPainter, Mailer, Storage},
        sql,
    },
    market,
    sandbox_bank::{self, Faults, PayoutOutcome, SandboxBank, SandboxBankConfig},
};

/// How many values the in-process cache holds.
const CACHE_CAPACITY: usize = 100_000;
/// How many passwords are hashed at once: each takes a core for some 20 ms.
const HASHES_AT_ONCE: usize = 2;
/// The epoch's name among the facts about the database.
pub(super) const EPOCH: &str = "epoch";

/// An open house: the handles, and the embedded bank if there is one.
pub struct Open {
    /// The handles.
    pub env: Env,
    /// The embedded sandbox bank.
    pub bank: Option<SandboxBank>,
}

/// Opens everything that `config` names, and brings the database up to date.
pub async fn open(config: Config) -> Result<Open> {
    open_with(config, |parts| parts).await
}

/// The same with some parts exchanged, such as for ones that count how often they are asked.
pub async fn open_with(config: Config, exchange: impl FnOnce(Parts) -> Parts) -> Result<Open> {
    open_all(config, true, exchange).await
}

/// The same without a bank of its own, for commands: beside them a server may run, and the embedded bank with its books is that server's.
pub(super) async fn open_beside(config: Config, exchange: impl FnOnce(Parts) -> Parts) -> Result<Env> {
    Ok(open_all(config, false, exchange).await?.env)
}

async fn open_all(config: Config, with_bank: bool, exchange: impl FnOnce(Parts) -> Parts) -> Result<Open> {
    fs::create_dir_all(&config.data_dir).with_context(|| format!("cannot make the data folder {}", config.data_dir.display()))?;
    let clock = Clock::default();
    clock.set_offset(clock_offset(&config));
    let databases = db::connect(&config.database_url(), config.database.pool).await?;
    if !is_current(&databases.read).await {
        migrate(&config).await?;
    }
    let (bank, bank_client) = open_bank(&config, with_bank).await?;
    let (cache, bus) = open_cache(&config)?;
    let parts = Parts {
        epoch: epoch(&databases.write).await?,
        db_write: databases.write,
        db_read: databases.read,
        cache,
        bus,
        mailer: open_mail(&config)?,
        storage: open_storage(&config)?,
        bank: Arc::new(bank_client),
        seal: Arc::new(secrets::seal(&config)?),
        captcha: painter(&config),
        passwords: Arc::new(Argon2Hasher::new(
            Argon2Cost {
                memory_kib: config.account.argon2_memory_kib,
                passes: config.account.argon2_passes,
            },
            HASHES_AT_ONCE,
        )?),
        clock,
        token_secret: secrets::token(&config)?,
        meters: Arc::new(Meters::default()),
        config,
    };
    let env = Env::new(exchange(parts));
    let games = market::seed_catalogue(&env, System::new()).await?;
    if games > 0 {
        tracing::info!(games, "the catalogue was filled");
    }
    Ok(Open { env, bank })
}

/// What the clock is ahead of the true time, in milliseconds: the setting, and the number in the file that a setting names.
pub(super) fn clock_offset(config: &Config) -> i64 {
    let in_file = |path: &Path| fs::read_to_string(path).ok()?.trim().parse::<i64>().ok();
    // A file that is not there yet, or half written, moves nothing.
    let more = config.clock.offset_file.as_deref().and_then(in_file).unwrap_or(0);
    config.clock.offset.saturating_add(more)
}

/// Whether the database has had all changes that we know. It may have had more: an old server runs beside a new one while they change over.
async fn is_current(db: &DatabaseConnection) -> bool {
    // Without its table there was no change yet.
    let Ok(had) = sql::all::<_, Version>(db, "SELECT version FROM seaql_migrations", vec![]).await else {
        return false;
    };
    let had: HashSet<String> = had.into_iter().map(|row| row.version).collect();
    let known = Migrator::migrations();
    if had.len() > known.len() {
        tracing::warn!(
            had = had.len(),
            known = known.len(),
            "the database is ahead of this server; upgrade it soon"
        );
    }
    known.iter().all(|change| had.contains(change.name()))
}

#[derive(FromQueryResult)]
struct Version {
    version: String,
}

/// Brings the database up to date. Processes that start together take turns.
pub async fn migrate(config: &Config) -> Result<()> {
    let databases = db::connect(&config.database_url(), 1).await?;
    let done = change(&databases).await;
    databases.close().await;
    done
}

async fn change(databases: &db::Databases) -> Result<()> {
    let db = &databases.write;
    let turns = databases.kind == db::DbKind::Postgres;
    if turns {
        // The lock belongs to the connection, and this pool has one.
        db.execute_unprepared("SET statement_timeout = 0; SET lock_timeout = 0; SELECT pg_advisory_lock(4710)")
            .await?;
    }
    // Somebody may have been first, and he may know more changes than we do.
    let done = if is_current(db).await {
        Ok(())
    } else {
        Migrator::up(db, None).await
    };
    if turns {
        db.execute_unprepared("SELECT pg_advisory_unlock(4710)").await?;
    }
    done.context("the database cannot be brought up to date")
}

/// The event log's epoch, made once for each database.
async fn epoch(db: &DatabaseConnection) -> Result<u64> {
    let row = match read_epoch(db).await? {
        Some(row) => row,
        None => {
            insert_epoch(db).await?;
            read_epoch(db).await?.context("the epoch is missing")?
        }
    };
    u64::from_str_radix(&row.value, 16).context("the epoch is not a number")
}

async fn read_epoch(db: &DatabaseConnection) -> Result<Option<meta::Model>> {
    Ok(meta::Entity::find_by_id(EPOCH.to_owned()).one(db).await?)
}

/// Of several processes that start at once, one writes.
async fn insert_epoch(db: &DatabaseConnection) -> Result<()> {
    let row = meta::ActiveModel {
        name: Set(EPOCH.to_owned()),
        value: Set(fresh_epoch()),
    };
    meta::Entity::insert(row)
        .on_conflict_do_nothing()
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub(super) fn fresh_epoch() -> String {
    format!("{:016x}", rand::random::<u64>())
}

fn open_cache(config: &Config) -> Result<(Arc<dyn Cache>, Arc<dyn Bus>)> {
    Ok(match &config.redis.url {
        None => (Arc::new(MemoryCache::new(CACHE_CAPACITY)), Arc::new(MemoryBus::new())),
        Some(url) => (
            Arc::new(RedisCache::new(url.expose(), &config.redis.prefix)?),
            Arc::new(RedisBus::new(url.expose(), &config.redis.prefix)?),
        ),
    })
}

fn open_mail(config: &Config) -> Result<Arc<dyn Mailer>> {
    let from = &config.mail.from;
    Ok(match &config.mail.url {
        None => Arc::new(FolderMailer::new(&config.data_dir.join("mail"), from)?),
        Some(url) => Arc::new(SmtpMailer::new(url.expose(), from)?),
    })
}

fn open_storage(config: &Config) -> Result<Arc<dyn Storage>> {
    let settings = &config.storage;
    let Some((bucket, prefix)) = settings.bucket() else {
        return Ok(Arc::new(FolderStorage::new(config.data_dir.join("files"))?));
    };
    let place = S3Place {
        bucket,
        prefix,
        endpoint: settings.endpoint.as_deref(),
        region: &settings.region,
        key: settings.access_key.as_deref().zip(settings.secret_key.as_ref().map(Secret::expose)),
    };
    Ok(Arc::new(S3Storage::new(&place)?))
}

fn painter(config: &Config) -> Arc<dyn CaptchaPainter> {
    match &config.account.captcha {
        Captcha::Fixed(answer) => Arc::new(FixedCaptcha(answer.clone())),
        Captcha::Image | Captcha::Off => Arc::new(ImageCaptcha),
    }
}

/// Starts the embedded bank where one is wanted and none runs elsewhere, and the client that speaks to either.
async fn open_bank(config: &Config, wanted: bool) -> Result<(Option<SandboxBank>, HttpBank)> {
    let settings = &config.bank;
    let api_key = secrets::bank(config, "bank-api-key.secret", settings.api_key.as_ref())?;
    let webhook_secret = secrets::bank(config, "bank-webhook.secret", settings.webhook_secret.as_ref())?;
    let own = SandboxBankConfig {
        listen: settings.listen,
        clock_offset_ms: clock_offset(config),
        public_url: settings.public_url.clone(),
        payout_delay: Duration::from_millis(settings.payout_delay_ms),
        faults: faults(&settings.faults),
        ..SandboxBankConfig::new(config.data_dir.join("bank"), &api_key, &webhook_secret)
    };
    let (bank, base_url) = match &settings.url {
        Some(url) => (None, url.clone()),
        None if wanted => {
            let bank = sandbox_bank::start(own).await?;
            let address = format!("http://{}", bank.address());
            (Some(bank), address)
        }
        // Nobody speaks to it: what a command leaves to be sent or asked, the server's worker sends and asks.
        None => (None, format!("http://{}", settings.listen)),
    };
    let client = HttpBank::new(&HttpBankConfig {
        base_url,
        api_key,
        webhook_secret,
        previous_webhook_secret: settings.previous_webhook_secret.as_ref().map(|secret| secret.expose().to_owned()),
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
            .filter(|(ending, _)| ending.bytes().any(|byte| byte.is_ascii_digit()))
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
