//! Settings of the database.

use serde::{Deserialize, Serialize};

use super::{Address, Findings};

/// Settings of the database.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Database {
    /// `sqlite:PATH` or `postgres://…`. `HANDOVER_DATABASE__URL`, default an SQLite file in the data folder.
    pub url: Option<Address>,
    /// Connections to PostgreSQL for writing and as many for reading, or readers of SQLite. `HANDOVER_DATABASE__POOL`, 1 to 1000, default 10.
    pub pool: u32,
}

impl Default for Database {
    fn default() -> Self {
        Self { url: None, pool: 10 }
    }
}

impl Database {
    /// Whether it is PostgreSQL.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        self.url
            .as_ref()
            .is_some_and(|url| matches!(url.scheme().as_str(), "postgres" | "postgresql"))
    }

    pub(super) fn check(&self, found: &mut Findings) {
        if !(1..=1_000).contains(&self.pool) {
            found.refuse("HANDOVER_DATABASE__POOL", "must be 1 to 1000 connections");
        }
        let Some(url) = &self.url else { return };
        let sqlite = url.scheme() == "sqlite";
        if !sqlite && !self.is_postgres() {
            found.refuse("HANDOVER_DATABASE__URL", "must begin with `sqlite:` or `postgres://`");
        }
        if sqlite && (url.expose().contains(":memory:") || url.expose().contains("mode=memory")) {
            found.refuse(
                "HANDOVER_DATABASE__URL",
                "needs a file: SQLite in memory cannot be shared by connections",
            );
        }
    }
}
