//! The schema changes of Handover's database: one file a change, append-only.
//!
//! Each change is SQL that PostgreSQL and SQLite both read; [`dialect`] names the few column types that differ. What each must be told in its own
//! words, such as triggers, stands in a file for each.

use sea_orm_migration::{
    MigrationTrait, MigratorTrait, SchemaManager, async_trait,
    prelude::MigrationName,
    sea_orm::{ConnectionTrait, DbBackend, DbErr},
};

/// The change of this name, with the statements of the file of this name; and, if each database has more of its own, with those of its file.
macro_rules! change {
    ($name:literal) => {
        Change {
            name: $name,
            sql: include_str!(concat!("sql/", $name, ".sql")),
            postgres: "",
            sqlite: "",
        }
    };
    ($name:literal, and its own) => {
        Change {
            postgres: include_str!(concat!("sql/", $name, ".postgres.sql")),
            sqlite: include_str!(concat!("sql/", $name, ".sqlite.sql")),
            ..change!($name)
        }
    };
}

/// All changes, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let changes = [
            change!("m0001_first_trade"),
            change!("m0010_withdraw_after"),
            change!("m0011_in_and_out"),
            change!("m0020_chat"),
            change!("m0021_chat_search"),
            change!("m0030_relay"),
            change!("m0040_hand_over"),
            change!("m0041_catalogue"),
            change!("m0050_proof_and_blocks"),
            change!("m0051_second_factor"),
            change!("m0052_profile"),
            change!("m0070_offers"),
            change!("m0071_strikes"),
            change!("m0072_returns"),
            change!("m0073_reviews"),
            change!("m0075_market"),
            change!("m0060_freeze"),
            change!("m0061_debts"),
            change!("m0062_reconciliation"),
            change!("m0065_audit_chain"),
            change!("m0066_identity_review"),
            change!("m0067_letters"),
            change!("m0068_closed_accounts"),
            change!("m0080_cases"),
            change!("m0085_disputes"),
            change!("m0090_reports"),
            change!("m0095_queues"),
            change!("m0096_announcements"),
            change!("m0097_audit_browsing"),
            change!("m0098_figures"),
            change!("m0100_cases_by_state"),
            change!("m0101_ledger_rollups"),
            change!("m0102_freeze_due"),
            change!("m0103_game_icon"),
            change!("m0104_mail_notices"),
            change!("m0106_answers"),
            change!("m0107_proof_tries"),
            change!("m0108_attribute_facets", and its own),
        ];
        changes
            .into_iter()
            .map(|change| Box::new(change) as Box<dyn MigrationTrait>)
            .collect()
    }
}

/// One change: its name for good, its statements, and those that only one of the databases reads.
struct Change {
    name: &'static str,
    sql: &'static str,
    postgres: &'static str,
    sqlite: &'static str,
}

impl MigrationName for Change {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Change {
    /// All or nothing on SQLite too: a start that is cut off in the middle of a change is followed by one that makes it whole.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let backend = db.get_database_backend();
        // Its own statements as they stand: that database takes them apart itself. PostgreSQL takes the locks of triggers first, before a table is
        // filled that they keep right; SQLite looks for the columns that triggers name.
        let all = dialect(self.sql, backend);
        let parts = match backend {
            DbBackend::Sqlite => [all.as_str(), self.sqlite],
            _ => [self.postgres, all.as_str()],
        };
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            db.execute_unprepared(part).await?;
        }
        Ok(())
    }
}

/// The statements in the words of one database.
fn dialect(sql: &str, backend: DbBackend) -> String {
    match backend {
        DbBackend::Sqlite => sql
            .replace(" uuid", " uuid_blob")
            .replace(" bytea", " blob")
            .replace(" bigserial PRIMARY KEY", " integer PRIMARY KEY AUTOINCREMENT"),
        _ => sql.to_owned(),
    }
}
