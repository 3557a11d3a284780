//! Statements by hand, for the few that the query builder cannot say: the same text on both databases, with `$1` placeholders.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, FromQueryResult, IdenStatic, Iterable, QueryResult, Statement, TryGetable, Value};

use super::Fault;

fn statement<C: ConnectionTrait>(db: &C, sql: &str, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}

/// Runs a statement and answers how many rows it touched.
pub async fn run<C: ConnectionTrait>(db: &C, sql: &str, values: Vec<Value>) -> Result<u64, Fault> {
    Ok(db.execute_raw(statement(db, sql, values)).await?.rows_affected())
}

/// Reads at most one row.
pub async fn one<C: ConnectionTrait>(db: &C, sql: &str, values: Vec<Value>) -> Result<Option<QueryResult>, Fault> {
    Ok(db.query_one_raw(statement(db, sql, values)).await?)
}

/// Reads rows into `T` by column name.
pub async fn all<C: ConnectionTrait, T: FromQueryResult>(db: &C, sql: &str, values: Vec<Value>) -> Result<Vec<T>, Fault> {
    Ok(T::find_by_statement(statement(db, sql, values)).all(db).await?)
}

/// All columns of a table under its alias, each named with the alias and `_` before it: what `from_query_result` reads with that prefix.
#[must_use]
pub fn columns<C: Iterable + IdenStatic>(alias: &str) -> String {
    let named = |column: C| format!("{alias}.{name} AS {alias}_{name}", name = column.as_str());
    C::iter().map(named).collect::<Vec<_>>().join(", ")
}

/// The values of a row from left to right. By its name each value costs a string and a look into a map, which a page of many rows feels.
#[derive(Debug)]
pub struct Cells<'a> {
    row: &'a QueryResult,
    next: usize,
}

impl<'a> Cells<'a> {
    /// From the first value on.
    #[must_use]
    pub const fn of(row: &'a QueryResult) -> Self {
        Self { row, next: 0 }
    }

    /// Reads the next value.
    pub fn read<T: TryGetable>(&mut self) -> Result<T, DbErr> {
        let value = self.row.try_get_by_index(self.next)?;
        self.next += 1;
        Ok(value)
    }
}

/// A type that reads a table's rows by [`Cells`]: `columns` names what `read` then expects. One list makes both, so that they agree, and a column
/// that is missing from it does not compile.
#[macro_export]
macro_rules! row_by_place {
    ($name:ident reads $($model:ident)::+ { $($field:ident),+ $(,)? }) => {
        struct $name;

        impl $name {
            fn columns(alias: &str) -> String {
                [$(stringify!($field)),+].map(|column| format!("{alias}.{column}")).join(", ")
            }

            fn read(cells: &mut $crate::kernel::sql::Cells<'_>) -> Result<$($model)::+, sea_orm::DbErr> {
                Ok($($model)::+ { $($field: cells.read()?),+ })
            }
        }
    };
}

/// The end of a select that takes rows to work on and leaves those that somebody else has. Nothing on SQLite, where one writes at a time.
pub fn skip_locked<C: ConnectionTrait>(db: &C) -> &'static str {
    match db.get_database_backend() {
        DbBackend::Postgres => " FOR UPDATE SKIP LOCKED",
        _ => "",
    }
}

/// Takes a turn that only one transaction has at a time, until it ends. `false`: another has it. On SQLite whoever writes has it.
pub async fn take_turn<C: ConnectionTrait>(db: &C, turn: i64) -> Result<bool, Fault> {
    if db.get_database_backend() != DbBackend::Postgres {
        return Ok(true);
    }
    let row = one(db, "SELECT pg_try_advisory_xact_lock($1) AS taken", vec![turn.into()]).await?;
    Ok(row.ok_or_else(|| Fault::internal("a turn gave no row"))?.try_get("", "taken")?)
}

/// `count` placeholders from `$first` on, for an `IN (…)`.
#[must_use]
pub fn places(first: usize, count: usize) -> String {
    (first..first + count).map(|at| format!("${at}")).collect::<Vec<_>>().join(", ")
}
