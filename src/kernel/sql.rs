//! Statements by hand, for the few that the query builder cannot say: the same text on both databases, with `$1` placeholders.

use sea_orm::{ConnectionTrait, FromQueryResult, IdenStatic, Iterable, QueryResult, Statement, Value};

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
