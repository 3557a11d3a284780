//! The handles of everything a use-case may touch. Cheap to clone.

use std::sync::Arc;

use entity::value::Time;
use sea_orm::{DatabaseConnection, DbBackend};

use super::{
    clock::Clock,
    meter::Meters,
    port::{Bank, Bus, Cache, CaptchaPainter, Mailer, PasswordHasher, Seal, Storage},
};
use crate::config::Config;

/// What [`Env`] holds. Only the composition root fills it.
pub struct Parts {
    /// Where writing transactions begin.
    pub db_write: DatabaseConnection,
    /// Where queries read.
    pub db_read: DatabaseConnection,
    /// Short-lived facts.
    pub cache: Arc<dyn Cache>,
    /// Wake-ups.
    pub bus: Arc<dyn Bus>,
    /// Mail.
    pub mailer: Arc<dyn Mailer>,
    /// Files.
    pub storage: Arc<dyn Storage>,
    /// The bank.
    pub bank: Arc<dyn Bank>,
    /// Secrets at rest.
    pub seal: Arc<dyn Seal>,
    /// Captchas.
    pub captcha: Arc<dyn CaptchaPainter>,
    /// Passwords.
    pub passwords: Arc<dyn PasswordHasher>,
    /// Time.
    pub clock: Clock,
    /// Settings.
    pub config: Config,
    /// What the server counts of itself.
    pub meters: Arc<Meters>,
    /// The secret under which access tokens are signed.
    pub token_secret: [u8; 32],
    /// The epoch of the event log: cursors of another are worthless.
    pub epoch: u64,
}

/// The handles.
#[derive(Clone)]
pub struct Env(Arc<Parts>);

impl Env {
    /// Binds the parts together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
    /// Where writing transactions begin; `kernel::tx` alone uses it.
    pub(super) fn db_write(&self) -> &DatabaseConnection {
        &self.0.db_write
    }
    /// The connection for reads that need no transaction.
    #[must_use]
    pub fn db(&self) -> &DatabaseConnection {
        &self.0.db_read
    }
    /// How many connections there are, those that read and those that write, and how many of them are idle.
    #[must_use]
    pub fn connections(&self) -> (usize, usize) {
        let pools = [&self.0.db_read, &self.0.db_write].map(|db| match db.get_database_backend() {
            DbBackend::Sqlite => {
                let pool = db.get_sqlite_connection_pool();
                (pool.size(), pool.num_idle())
            }
            DbBackend::Postgres => {
                let pool = db.get_postgres_connection_pool();
                (pool.size(), pool.num_idle())
            }
            _ => (0, 0),
        });
        let count = |size: u32| usize::try_from(size).unwrap_or(usize::MAX);
        (
            pools.iter().map(|(size, _)| count(*size)).sum(),
            pools.iter().map(|(_, idle)| idle).sum(),
        )
    }
    /// Short-lived facts.
    #[must_use]
    pub fn cache(&self) -> &dyn Cache {
        &*self.0.cache
    }
    /// Wake-ups.
    #[must_use]
    pub fn bus(&self) -> &dyn Bus {
        &*self.0.bus
    }
    /// Mail.
    #[must_use]
    pub fn mailer(&self) -> &dyn Mailer {
        &*self.0.mailer
    }
    /// Files.
    #[must_use]
    pub fn storage(&self) -> &dyn Storage {
        &*self.0.storage
    }
    /// The bank. Never called inside a transaction.
    #[must_use]
    pub fn bank(&self) -> &dyn Bank {
        &*self.0.bank
    }
    /// Secrets at rest.
    #[must_use]
    pub fn seal(&self) -> &dyn Seal {
        &*self.0.seal
    }
    /// Captchas. A handle of its own, to be taken to another thread.
    #[must_use]
    pub fn captcha(&self) -> Arc<dyn CaptchaPainter> {
        Arc::clone(&self.0.captcha)
    }
    /// Passwords.
    #[must_use]
    pub fn passwords(&self) -> &dyn PasswordHasher {
        &*self.0.passwords
    }
    /// The clock, for what happens outside a transaction.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }
    /// Now, outside a transaction; inside one ask `Tx::now`.
    #[must_use]
    pub fn now(&self) -> Time {
        self.0.clock.now()
    }
    /// Settings.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.0.config
    }
    /// What the server counts of itself.
    #[must_use]
    pub fn meters(&self) -> &Arc<Meters> {
        &self.0.meters
    }
    /// The secret under which access tokens are signed.
    #[must_use]
    pub fn token_secret(&self) -> &[u8; 32] {
        &self.0.token_secret
    }
    /// The epoch of the event log.
    #[must_use]
    pub fn epoch(&self) -> u64 {
        self.0.epoch
    }
}
