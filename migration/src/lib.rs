//! The schema changes of Handover's database: one file a change, append-only.
//!
//! Each change is SQL that PostgreSQL and SQLite both read; [`dialect`] names the few column types that differ.

use sea_orm_migration::{
    MigrationTrait, MigratorTrait, SchemaManager, async_trait,
    prelude::MigrationName,
    sea_orm::{ConnectionTrait, DbBackend, DbErr},
};

/// All changes, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(Change {
                name: "m0001_first_trade",
                sql: include_str!("sql/m0001_first_trade.sql"),
            }),
            Box::new(Change {
                name: "m0040_hand_over",
                sql: include_str!("sql/m0040_hand_over.sql"),
            }),
        ]
    }
}

/// One change: its name for good, and its statements.
struct Change {
    name: &'static str,
    sql: &'static str,
}

impl MigrationName for Change {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Change {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(&dialect(self.sql, db.get_database_backend())).await?;
        Ok(())
    }
}

/// The statements in the words of one database.
fn dialect(sql: &str, backend: DbBackend) -> String {
    match backend {
        DbBackend::Sqlite => sql.replace(" uuid", " uuid_blob").replace(" bytea", " blob"),
        _ => sql.to_owned(),
    }
}
