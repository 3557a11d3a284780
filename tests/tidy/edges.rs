//! Who may name whom.

use super::{
    names,
    source::{Finding, Source},
};

/// The rooms of the server, from the bottom to the top, and the other rooms each may name. Upward goes by event only.
const ROOMS: [(&str, &[&str]); 27] = [
    ("config", &[]),
    ("kernel", &["config"]),
    ("media", &["config", "kernel"]),
    // Whether somebody may trade, and the lock that keeps it so: below all who trade.
    ("standing", &["config", "kernel"]),
    ("account", &["config", "kernel", "media", "standing"]),
    ("market", &["config", "kernel", "media", "account", "standing"]),
    ("wallet", &["config", "kernel", "media", "account", "standing"]),
    ("order", &["config", "kernel", "media", "account", "standing", "market", "wallet"]),
    // A message carries a listing or an order, and a running order keeps a conversation open.
    (
        "chat",
        &["config", "kernel", "media", "account", "standing", "market", "wallet", "order"],
    ),
    ("notification", &["config", "kernel", "account"]),
    ("blacklist", &["config", "kernel", "account", "standing", "market", "order"]),
    (
        "dispute",
        &[
            "config",
            "kernel",
            "media",
            "account",
            "standing",
            "market",
            "wallet",
            "order",
            "chat",
            "blacklist",
        ],
    ),
    (
        "moderation",
        &[
            "config",
            "kernel",
            "media",
            "account",
            "standing",
            "market",
            "wallet",
            "order",
            "chat",
            "blacklist",
        ],
    ),
    // The operator at his command line.
    ("operator", &["config", "kernel", "account", "standing", "blacklist"]),
    // What admins have before them, of every room; figures are the ledger's.
    ("staff", &["config", "kernel", "account", "wallet"]),
    // Whoever leaves has left every room.
    (
        "closing",
        &[
            "config", "kernel", "media", "account", "standing", "market", "wallet", "order", "chat",
        ],
    ),
    ("reactions", ABOVE_DOMAINS),
    ("graphql", ABOVE_DOMAINS),
    ("http", WITH_GRAPHQL),
    ("worker", WITH_GRAPHQL),
    ("demo", ABOVE_DOMAINS),
    ("export", ABOVE_DOMAINS),
    ("infra", &["config", "kernel"]),
    // The bank is another house: it knows ours by HTTP alone.
    ("sandbox_bank", &[]),
    ("app", EVERYTHING),
    (
        "main",
        &[
            "app",
            "config",
            "demo",
            "export",
            "graphql",
            "http",
            "kernel",
            "sandbox_bank",
            "worker",
        ],
    ),
    ("lib", &[]),
];

const ABOVE_DOMAINS: &[&str] = &[
    "config",
    "kernel",
    "media",
    "account",
    "market",
    "wallet",
    "order",
    "standing",
    "chat",
    "blacklist",
    "notification",
    "dispute",
    "moderation",
    "closing",
    "staff",
    "export",
];

const WITH_GRAPHQL: &[&str] = &[
    "config",
    "kernel",
    "media",
    "account",
    "market",
    "wallet",
    "order",
    "standing",
    "chat",
    "blacklist",
    "notification",
    "dispute",
    "moderation",
    "closing",
    "staff",
    "export",
    "reactions",
    "graphql",
];

const EVERYTHING: &[&str] = &[
    "config",
    "kernel",
    "media",
    "account",
    "market",
    "wallet",
    "order",
    "standing",
    "chat",
    "blacklist",
    "notification",
    "dispute",
    "moderation",
    "closing",
    "operator",
    "staff",
    "reactions",
    "graphql",
    "http",
    "worker",
    "demo",
    "export",
    "infra",
    "sandbox_bank",
];

const DATABASE: &[&str] = &["sea_orm", "sea_orm_migration", "sea_query", "sqlx"];
const WEB: &[&str] = &["async_graphql", "async_graphql_axum", "axum", "axum_extra", "tower_http"];

/// A room names only the rooms the table gives it.
pub fn between_rooms(source: &Source) -> Vec<Finding> {
    let Some(room) = source.room() else { return Vec::new() };
    let Some((_, may)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        return vec![source.finding(1, format!("`{room}` is not in the table of tests/tidy/edges.rs; give it a row"))];
    };
    let breach = |name: names::Name| {
        let target = name.room()?;
        let fine = target == room || may.contains(&target) || !ROOMS.iter().any(|(known, _)| *known == target);
        (!fine).then(|| source.finding(name.line, format!("`{room}` may not name `{target}` (`{}`)", name.text())))
    };
    names::of(source).into_iter().filter_map(breach).collect()
}

/// Databases stay below the API, the web above the domains.
pub fn to_libraries(source: &Source) -> Vec<Finding> {
    let Some(room) = source.room() else { return Vec::new() };
    let barred = barred_libraries(room);
    let breach = |name: names::Name| {
        let library = name.path.first()?;
        let hit = barred.contains(&library.as_str()) && !name.is_own;
        hit.then(|| source.finding(name.line, format!("`{room}` may not use {library} (`{}`)", name.text())))
    };
    names::of(source).into_iter().filter_map(breach).collect()
}

fn barred_libraries(room: &str) -> &'static [&'static str] {
    match room {
        "graphql" | "http" => DATABASE,
        "infra" | "worker" | "reactions" | "demo" | "export" | "kernel" => WEB,
        _ if ABOVE_DOMAINS.contains(&room) => WEB,
        _ => &[],
    }
}
