//! A house that has grown: whatever is there is copied many times over, so that planners look at large tables. Every id of a copy differs from the
//! first one in the same way, so what belongs together does so in each copy as well.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, Statement, TransactionTrait};

/// How many rows the other tables come to at most.
const OTHERS: i64 = 10_000;
/// One copy of so many still waits for something; the others are over.
const WAITING: i64 = 50;
/// The tables that come to the full number.
const FULL: [&str; 9] = [
    "favourites",
    "images",
    "ledger_entries",
    "listing_images",
    "listing_terms",
    "listings",
    "notices",
    "offers",
    "orders",
];
/// Whose they are: a thousand copies of each user share them.
const SOMEBODY: &str = "(n.i % 1000 + 1)";
/// What is the same in every house, or says something of the whole house.
const NOT_COPIED: [&str; 8] = [
    "announcement_reads",
    "announcements",
    "bank_reconciliation",
    "game_attributes",
    "game_servers",
    "games",
    "meta",
    "seaql_migrations",
];
/// Texts that differ in each row.
const DISTINCT: [(&str, &str); 8] = [
    ("bank_events", "id"),
    ("event_heads", "stream"),
    ("events", "stream"),
    ("images", "file_key"),
    ("users", "email"),
    ("users", "email_key"),
    ("users", "username"),
    ("users", "username_key"),
];
/// What copies say that are over.
const OVER: [(&str, &str, &str); 39] = [
    ("bank_differences", "resolved_at", "t.found_at"),
    ("case_proposals", "ended_at", "t.made_at"),
    ("case_rulings", "due_at", "NULL"),
    ("case_rulings", "state", "'VOID'"),
    ("cases", "closed_at", "t.opened_at"),
    ("cases", "due_at", "NULL"),
    ("cases", "state", "'REJECTED'"),
    ("debts", "remaining", "0"),
    ("deposits", "ask_at", "NULL"),
    ("deposits", "state", "'SUCCEEDED'"),
    ("hand_backs", "destroy_at", "NULL"),
    ("identities", "lapses_at", "NULL"),
    ("identities", "state", "'APPROVED'"),
    ("ledger_accounts", "owed", "0"),
    ("letters", "due_at", "NULL"),
    ("listings", "claimed_at", "NULL"),
    ("listings", "state", "'ON_SALE'"),
    ("money_decisions", "due_at", "NULL"),
    ("money_decisions", "state", "'VOID'"),
    ("notice_mails", "due_at", "NULL"),
    ("notices", "read_at", "t.created_at"),
    ("offers", "due_at", "NULL"),
    ("offers", "ended_at", "t.created_at"),
    ("offers", "state", "'LAPSED'"),
    ("order_keys", "destroy_at", "NULL"),
    ("orders", "due_at", "NULL"),
    ("orders", "ended_at", "t.placed_at"),
    ("orders", "remind_at", "NULL"),
    ("orders", "settles_at", "NULL"),
    ("orders", "state", "'COMPLETED'"),
    ("outbox", "done_at", "t.created_at"),
    ("outbox", "due_at", "NULL"),
    ("reports", "decided_at", "t.opened_at"),
    ("reports", "decided_by", "t.user_id"),
    ("reports", "outcome", "'DISMISSED'"),
    ("wallet_freezes", "due_at", "NULL"),
    ("wallet_freezes", "ended_at", "0"),
    ("withdrawals", "due_at", "NULL"),
    ("withdrawals", "state", "'PAID'"),
];

/// How a column is copied.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Id,
    Bytes,
    Other,
}

/// Lets the market's tables come to `full` rows, and the others to a tenth.
pub async fn grow(writer: &DatabaseConnection, full: i64) {
    let sqlite = writer.get_database_backend() == DbBackend::Sqlite;
    if sqlite {
        // What a copy points at may not be there yet; and all of it fits into memory, and need not survive a power cut.
        let alone = "PRAGMA foreign_keys = OFF; PRAGMA cache_size = -1000000; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY";
        writer.execute_unprepared(alone).await.unwrap();
    }
    let tx = writer.begin().await.unwrap();
    if !sqlite {
        let alone = "SET LOCAL session_replication_role = replica; SET LOCAL statement_timeout = 0; SET LOCAL work_mem = '64MB'";
        tx.execute_unprepared(alone).await.unwrap();
    }
    for (table, columns) in tables(&tx, sqlite).await {
        let rows = number(&tx, &format!("SELECT count(*) FROM {table}")).await;
        let most = if FULL.contains(&table.as_str()) {
            full
        } else {
            (full / 10).min(OTHERS)
        };
        if rows > 0 && rows < most {
            tx.execute_unprepared(&copies(&table, &columns, most / rows, sqlite)).await.unwrap();
        }
    }
    market(&tx).await;
    tx.commit().await.unwrap();
    if sqlite {
        writer.execute_unprepared("PRAGMA foreign_keys = ON").await.unwrap();
    }
    writer.execute_unprepared("ANALYZE").await.unwrap();
}

/// What listings say beside what the first one said: words that all, some and few of them have, and ranks.
async fn market(tx: &DatabaseTransaction) {
    let words = |word: &str, every: u32| {
        format!(
            "INSERT INTO listing_terms (term, listing_id) SELECT '{word}', id FROM listings WHERE state = 'ON_SALE' AND views % {every} = 0"
        )
    };
    let ranks = "INSERT INTO listing_attributes (listing_id, attribute_id, position, choice) SELECT l.id, a.id, 0, \
                 CASE WHEN l.views % 2 = 0 THEN 'gold' ELSE 'silver' END FROM listings l JOIN game_attributes a ON a.game_id = l.game_id \
                 WHERE a.key = 'rank' AND l.views % 3 > 0 \
                 AND NOT EXISTS (SELECT 1 FROM listing_attributes b WHERE b.listing_id = l.id AND b.attribute_id = a.id)";
    // As their triggers write it, which do not run here on PostgreSQL; and a copy is not yet beside its own listing when it is made.
    let beside = "UPDATE listing_attributes SET price = CASE WHEN l.state = 'ON_SALE' THEN l.price END, \
                  published_at = CASE WHEN l.state = 'ON_SALE' THEN l.published_at END, \
                  server_id = CASE WHEN l.state = 'ON_SALE' THEN l.server_id END FROM listings l WHERE l.id = listing_attributes.listing_id";
    let words = [words("every", 1), words("seventh", 7), words("thousandth", 1_000)];
    for statement in words.into_iter().chain([ranks, beside].map(str::to_owned)) {
        tx.execute_unprepared(&statement).await.unwrap();
    }
}

async fn number<C: ConnectionTrait>(db: &C, sql: &str) -> i64 {
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await;
    row.unwrap().unwrap().try_get_by_index(0).unwrap()
}

/// The tables and their columns, but for those that the database fills in.
async fn tables<C: ConnectionTrait>(db: &C, sqlite: bool) -> BTreeMap<String, Vec<(String, Kind)>> {
    let sql = if sqlite {
        "SELECT m.name, c.name, lower(c.type) FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'"
    } else {
        "SELECT table_name::text, column_name::text, udt_name::text FROM information_schema.columns WHERE table_schema = 'public'"
    };
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap();
    let mut tables = BTreeMap::<String, Vec<(String, Kind)>>::new();
    for row in rows {
        let [table, column, kind] = [0, 1, 2].map(|at| row.try_get_by_index::<String>(at).unwrap());
        if NOT_COPIED.contains(&table.as_str()) || (table.as_str(), column.as_str()) == ("outbox", "number") {
            continue;
        }
        let kind = match kind.as_str() {
            "uuid" | "uuid_blob" => Kind::Id,
            "bytea" | "blob" => Kind::Bytes,
            _ => Kind::Other,
        };
        tables.entry(table).or_default().push((column, kind));
    }
    tables
}

/// The statement that copies a table so often.
fn copies(table: &str, columns: &[(String, Kind)], times: i64, sqlite: bool) -> String {
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let values: Vec<String> = columns.iter().map(|(name, kind)| value(table, name, *kind, sqlite)).collect();
    // Listings are of all games and servers in turn.
    let (place, everywhere) = if table == "listings" {
        let place = ", v AS (SELECT id, game_id, row_number() OVER (ORDER BY id) - 1 AS place FROM game_servers)";
        (place, ", v WHERE v.place = n.i % (SELECT count(*) FROM game_servers)")
    } else {
        ("", " WHERE 1 = 1")
    };
    format!(
        "WITH RECURSIVE n(i) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i < {times}){place} \
         INSERT INTO {table} ({}) SELECT {} FROM {table} t, n{everywhere} ON CONFLICT DO NOTHING",
        names.join(", "),
        values.join(", ")
    )
}

/// What a column says in the copy of number `n.i` of a row `t`.
fn value(table: &str, column: &str, kind: Kind, sqlite: bool) -> String {
    let plain = copied(table, column, kind, sqlite);
    let over = OVER.iter().find(|(of, name, _)| (*of, *name) == (table, column));
    over.map_or(plain.clone(), |(_, _, over)| {
        // Who relays and who sends mail is not to be given copies to work on.
        if ["outbox", "letters", "notice_mails"].contains(&table) {
            (*over).to_owned()
        } else {
            format!("CASE WHEN n.i % {WAITING} = 0 THEN {plain} ELSE {over} END")
        }
    })
}

fn copied(table: &str, column: &str, kind: Kind, sqlite: bool) -> String {
    let whole = format!("t.{column}");
    match (table, column, kind) {
        ("listings", "game_id", _) => "v.game_id".to_owned(),
        ("listings", "server_id", _) => "v.id".to_owned(),
        (_, "game_id" | "server_id" | "attribute_id", _) => whole,
        // One of twenty is of him who sold the first one: some sell much.
        ("listings", "seller_id", _) => format!("CASE WHEN n.i % 20 = 0 THEN t.seller_id ELSE {} END", id(&whole, SOMEBODY, sqlite)),
        ("listings", "price", _) => "100 + n.i * 7919 % 900000".to_owned(),
        ("listings", "views", _) => "n.i * 31 % 5000".to_owned(),
        ("listings", "published_at", _) => "t.created_at - n.i * 60000".to_owned(),
        ("audit", "seq", _) => "n.i * 100000 + t.at % 100000".to_owned(),
        ("images", "attached_at", _) => "t.created_at".to_owned(),
        (_, "due_at" | "remind_at" | "settles_at" | "ask_at" | "destroy_at" | "lapses_at" | "freeze_due_at", _) => {
            format!("{whole} + n.i * 60000 + 3000000000000")
        }
        (_, "buyer_id" | "seller_id" | "user_id", _) if FULL.contains(&table) => id(&whole, SOMEBODY, sqlite),
        (_, _, Kind::Id) => id(&whole, "n.i", sqlite),
        (_, _, Kind::Bytes) if sqlite => format!("unhex(hex({whole}) || printf('%08x', n.i))"),
        (_, _, Kind::Bytes) => format!("{whole} || decode(lpad(to_hex(n.i), 8, '0'), 'hex')"),
        (_, at, Kind::Other) if at.ends_with("_at") || at == "at" => format!("{whole} - n.i * 60000"),
        _ if DISTINCT.contains(&(table, column)) => format!("{whole} || '-' || n.i"),
        _ => whole,
    }
}

/// The id that a copy has instead of this one: its last digits say which copy it is. What is the platform's stays so.
fn id(whole: &str, number: &str, sqlite: bool) -> String {
    if sqlite {
        format!(
            "CASE WHEN {whole} IS NULL OR {whole} = zeroblob(16) THEN {whole} ELSE unhex(substr(hex({whole}), 1, 24) || printf('%08x', {number})) END"
        )
    } else {
        let nil = "'00000000-0000-0000-0000-000000000000'";
        format!(
            "CASE WHEN {whole} = {nil} THEN {whole} ELSE overlay({whole}::text placing lpad(to_hex({number}), 8, '0') from 29 for 8)::uuid END"
        )
    }
}
