//! What the database plans for the statements that the house runs, and which of the plans read a large table from end to end.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex},
};

use handover::kernel::env::Parts;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionTrait, Value as Bound};
use serde_json::Value;

/// A table or an index of so many rows is large to SQLite, which plans by the statement more than by the sizes.
const LARGE: i64 = 5_000;
/// With so many different values a statement is planned.
const VALUES: usize = 3;

/// Every statement with its values, since the last look.
#[derive(Clone, Default)]
pub struct Heard(Arc<Mutex<Vec<Statement>>>);

impl Heard {
    /// Listens to both handles of the database.
    pub fn listen(&self, parts: &mut Parts) {
        for db in [&mut parts.db_write, &mut parts.db_read] {
            let heard = self.clone();
            db.set_metric_callback(move |told| heard.0.lock().unwrap().push(told.statement.clone()));
        }
    }

    /// What was heard, but for what has no plan.
    pub fn take(&self) -> Vec<Statement> {
        let mut heard = std::mem::take(&mut *self.0.lock().unwrap());
        heard.retain(|told| {
            ["SELECT", "WITH", "UPDATE", "DELETE", "INSERT"]
                .iter()
                .any(|word| told.sql.starts_with(word))
        });
        heard
    }
}

/// How many rows tables and indexes have, and how many are many. PostgreSQL rightly reads a small table rather than look a thousand rows of it up.
pub struct Sizes {
    rows: HashMap<String, i64>,
    many: i64,
}

impl Sizes {
    /// As the planner has counted them, where the tables that have grown have so many rows.
    pub async fn read(db: &DatabaseConnection, grown: i64) -> Self {
        let sqlite = db.get_database_backend() == DbBackend::Sqlite;
        let sql = if sqlite {
            "SELECT COALESCE(idx, tbl), CAST(stat AS integer) FROM sqlite_stat1 UNION SELECT tbl, MAX(CAST(stat AS integer)) FROM sqlite_stat1 GROUP BY tbl"
        } else {
            "SELECT relname::text, reltuples::bigint FROM pg_class WHERE relkind IN ('r', 'i')"
        };
        let rows = db
            .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
            .await
            .unwrap();
        let size = |row: &sea_orm::QueryResult| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap());
        Self {
            rows: rows.iter().map(size).collect(),
            many: if sqlite { LARGE } else { grown / 5 },
        }
    }

    /// How many rows one of them has.
    pub fn of(&self, name: &str) -> i64 {
        self.rows.get(name).copied().unwrap_or(0)
    }

    fn is_large(&self, name: &str) -> bool {
        self.of(name) > self.many
    }
}

/// The plans of some statements in which a large table is read from end to end, each with what reads it. Each statement once; on PostgreSQL
/// each as it is planned for its values, and for any values.
pub async fn that_read_all(db: &DatabaseConnection, sizes: &Sizes, told: &[Statement]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut seen = HashMap::<&str, HashSet<String>>::new();
    for statement in told {
        let values = seen.entry(&statement.sql).or_default();
        let first = values.is_empty();
        if values.len() == VALUES || !values.insert(format!("{:?}", statement.values)) {
            continue;
        }
        if db.get_database_backend() == DbBackend::Sqlite {
            if first {
                wrong.extend(sqlite(db, sizes, &statement.sql).await);
            }
            continue;
        }
        wrong.extend(postgres(&for_these(db, statement).await, sizes, "these values", &statement.sql));
        if first {
            wrong.extend(postgres(&for_any(db, statement).await, sizes, "any values", &statement.sql));
        }
    }
    wrong.sort();
    wrong.dedup();
    wrong
}

/// The plan on PostgreSQL for the statement's own values.
async fn for_these(db: &DatabaseConnection, statement: &Statement) -> Value {
    let mut asked = statement.clone();
    asked.sql = format!("EXPLAIN (FORMAT JSON) {}", statement.sql);
    let row = db
        .query_one_raw(asked)
        .await
        .unwrap_or_else(|error| panic!("{error}: {}", statement.sql));
    row.unwrap().try_get_by_index(0).unwrap()
}

/// The plan on PostgreSQL for any values, which it keeps once it has run a statement some times.
async fn for_any(db: &DatabaseConnection, statement: &Statement) -> Value {
    let values = statement.values.as_ref().map(|values| values.0.as_slice()).unwrap_or_default();
    let types: Vec<&str> = values.iter().map(type_of).collect();
    let nothing = vec!["NULL"; types.len()];
    let list = |of: &[&str]| {
        if of.is_empty() {
            String::new()
        } else {
            format!("({})", of.join(", "))
        }
    };
    let tx = db.begin().await.unwrap();
    let prepare = format!(
        "SET LOCAL plan_cache_mode = force_generic_plan; PREPARE looked_at {} AS {}",
        list(&types),
        statement.sql
    );
    tx.execute_unprepared(&prepare)
        .await
        .unwrap_or_else(|error| panic!("{error}: {prepare}"));
    let explain = format!("EXPLAIN (FORMAT JSON) EXECUTE looked_at{}", list(&nothing));
    let row = tx
        .query_one_raw(Statement::from_string(DbBackend::Postgres, explain))
        .await
        .unwrap()
        .unwrap();
    tx.execute_unprepared("DEALLOCATE looked_at").await.unwrap();
    tx.rollback().await.unwrap();
    row.try_get_by_index(0).unwrap()
}

const fn type_of(value: &Bound) -> &'static str {
    match value {
        Bound::Bool(_) => "boolean",
        Bound::TinyInt(_) | Bound::SmallInt(_) => "smallint",
        Bound::Int(_) => "integer",
        Bound::BigInt(_) | Bound::BigUnsigned(_) | Bound::Unsigned(_) => "bigint",
        Bound::String(_) => "text",
        Bound::Bytes(_) => "bytea",
        Bound::Uuid(_) => "uuid",
        _ => "unknown",
    }
}

fn postgres(plan: &Value, sizes: &Sizes, kind: &str, sql: &str) -> Vec<String> {
    let mut found = Vec::new();
    walk(&plan[0]["Plan"], false, sizes, &mut found);
    found.into_iter().map(|what| format!("for {kind}: {what}\n  {sql}\n")).collect()
}

/// Looks for nodes that read a large table, or a large index, without a condition that says where. `ends`: whoever asks stops after some rows.
fn walk(node: &Value, ends: bool, sizes: &Sizes, found: &mut Vec<String>) {
    let kind = node["Node Type"].as_str().unwrap_or_default();
    let (table, index) = (
        node["Relation Name"].as_str().unwrap_or_default(),
        node["Index Name"].as_str().unwrap_or_default(),
    );
    if kind == "Seq Scan" && sizes.is_large(table) {
        found.push(format!("{table} is read whole"));
    }
    if !ends && !index.is_empty() && node.get("Index Cond").is_none() && sizes.is_large(index) {
        found.push(format!("{index} is read whole"));
    }
    let ends = match kind {
        "Limit" => true,
        // These take all before they give anything.
        "Sort" | "Aggregate" | "Hash" | "WindowAgg" | "SetOp" | "Unique" | "Materialize" | "ModifyTable" => false,
        _ => ends,
    };
    for part in node["Plans"].as_array().into_iter().flatten() {
        let apart = matches!(part["Parent Relationship"].as_str(), Some("InitPlan" | "SubPlan"));
        walk(part, ends && !apart, sizes, found);
    }
}

async fn sqlite(db: &DatabaseConnection, sizes: &Sizes, sql: &str) -> Vec<String> {
    let explain = Statement::from_string(DbBackend::Sqlite, format!("EXPLAIN QUERY PLAN {sql}"));
    let rows = db.query_all_raw(explain).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
    let lines: Vec<String> = rows.iter().map(|row| row.try_get("", "detail").unwrap()).collect();
    let tables = named(sql, sizes);
    let whole = |line: &String| {
        let rest = line.trim().strip_prefix("SCAN ")?;
        let table = tables.get(rest.split(' ').next().unwrap_or_default())?;
        let index = rest
            .split_once("INDEX ")
            .map(|(_, index)| index.split(' ').next().unwrap_or_default());
        match index {
            // Along an index it ends with the page.
            Some(index) => (!sql.contains("LIMIT") && sizes.is_large(index)).then(|| format!("{index} is read whole")),
            None => Some(format!("{table} is read whole")),
        }
    };
    let found = lines.iter().filter_map(whole);
    found.map(|what| format!("{what}\n  {sql}\n{}\n", lines.join("\n"))).collect()
}

/// The large tables of a statement by the names that its plan gives them: their own, and their aliases.
fn named<'a>(sql: &'a str, sizes: &Sizes) -> HashMap<&'a str, &'a str> {
    let words: Vec<&str> = sql
        .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
        .filter(|word| !word.is_empty())
        .collect();
    let mut named = HashMap::new();
    for (at, table) in words.iter().enumerate().filter(|(_, word)| sizes.is_large(word)) {
        named.insert(*table, *table);
        let next = words.get(at + 1).filter(|next| **next != "AS").or(words.get(at + 2));
        if let Some(alias) = next {
            named.insert(*alias, *table);
        }
    }
    named
}
