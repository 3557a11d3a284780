//! Sealing anew what older keys sealed, column by column, while the servers run.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{Env, Fault, Tx, policy::System, sql};

/// How many rows one transaction seals anew.
const BATCH: i64 = 200;

/// A column of values under the server's keys. Each domain names its own; a test holds the lists and the schema equal.
#[derive(Debug, Clone, Copy)]
pub struct SealedColumn {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The columns of the row's id, by which rows are found, and of its owner. The same one twice, where they are one.
    pub keys: [&'static str; 2],
    /// The place that a value is bound to, by what stands in those columns.
    pub place: fn(Uuid, Uuid) -> String,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rewrapped {
    /// How many values were sealed anew.
    pub done: u64,
    /// The ids of rows whose value does not open: its key is gone, or it was tampered with.
    pub broken: Vec<Uuid>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    owner: Uuid,
    sealed: Vec<u8>,
}

/// Seals every value of a column under the present key. It may be stopped at any time and begun again, also twice at once: what is done is
/// not looked at again, and each value is exchanged only if it is still the one that was read.
pub async fn rewrap(env: &Env, _: System, column: &SealedColumn) -> Result<Rewrapped, Fault> {
    let mut all = Rewrapped::default();
    let mut after = Uuid::nil();
    loop {
        let tx = env.begin().await?;
        let rows = old(&tx, column, after).await?;
        let Some(last) = rows.last().map(|row| row.id) else {
            return Ok(all);
        };
        for row in rows {
            match exchange(&tx, column, &row).await? {
                Some(changed) => all.done += changed,
                None => all.broken.push(row.id),
            }
        }
        tx.commit().await?;
        after = last;
    }
}

/// The next rows whose value an older key sealed. An empty value holds nothing any more.
async fn old(tx: &Tx, of: &SealedColumn, after: Uuid) -> Result<Vec<Row>, Fault> {
    let SealedColumn {
        table,
        column,
        keys: [id, owner],
        ..
    } = of;
    let head = tx.env().seal().head();
    let select = format!(
        "SELECT {id} AS id, {owner} AS owner, {column} AS sealed FROM {table} \
         WHERE {id} > $1 AND length({column}) > 0 AND substr({column}, 1, {}) <> $2 ORDER BY {id} LIMIT {BATCH}",
        head.len()
    );
    sql::all(tx.db(), &select, vec![after.into(), head.into()]).await
}

async fn exchange(tx: &Tx, of: &SealedColumn, row: &Row) -> Result<Option<u64>, Fault> {
    let (place, seal) = ((of.place)(row.id, row.owner), tx.env().seal());
    let Ok(plain) = seal.open(&place, &row.sealed) else {
        tracing::error!(table = of.table, column = of.column, id = %row.id, "a sealed value does not open");
        return Ok(None);
    };
    let update = format!(
        "UPDATE {table} SET {column} = $3 WHERE {id} = $1 AND {column} = $2",
        table = of.table,
        column = of.column,
        id = of.keys[0]
    );
    let values = vec![row.id.into(), row.sealed.clone().into(), seal.seal(&place, &plain).into()];
    Ok(Some(sql::run(tx.db(), &update, values).await?))
}
