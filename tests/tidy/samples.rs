//! Each rule shown a breach and its lawful twin: a rule that finds nothing anywhere may be a rule that sees nothing.

use super::{
    edges, shape,
    source::{Finding, Source},
    syntax, words,
};

/// The lines at which a rule stops in a made-up file.
fn lines(rule: fn(&Source) -> Vec<Finding>, path: &str, text: &str) -> Vec<usize> {
    let source = Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let told = rule(&source).into_iter().map(|finding| finding.to_string());
    let line = |told: String| told.split(':').nth(1).and_then(|line| line.parse().ok());
    told.filter_map(line).collect()
}

#[test]
fn rooms() {
    let rule = edges::between_rooms;
    assert_eq!(
        lines(rule, "src/order/place.rs", "use crate::{kernel::env::Env, market, wallet::ledger};"),
        []
    );
    assert_eq!(lines(rule, "src/market.rs", "\nuse crate::{account,\norder::place};"), [3]);
    assert_eq!(lines(rule, "src/chat/send.rs", "fn f() { crate::dispute::open() }"), [1]);
    assert_eq!(
        lines(
            rule,
            "src/chat/send.rs",
            "fn f() { super::super::dispute::open(); super::store::find() }"
        ),
        [1]
    );
    assert_eq!(
        lines(rule, "src/kernel/env.rs", "fn f() { info!(\"{}\", crate::order::NAME) }"),
        [1]
    );
    assert_eq!(lines(rule, "src/http.rs", "use crate::infra::db;"), [1]);
    assert_eq!(lines(rule, "src/app.rs", "use crate::infra::db;"), []);
    assert_eq!(lines(rule, "src/main.rs", "use handover::{app, infra};"), [1]);
    assert_eq!(lines(rule, "src/cellar.rs", ""), [1]);
}

#[test]
fn libraries() {
    let rule = edges::to_libraries;
    assert_eq!(
        lines(
            rule,
            "src/graphql/order.rs",
            "use async_graphql::Object;\nuse sea_orm::EntityTrait;"
        ),
        [2]
    );
    assert_eq!(lines(rule, "src/order/place.rs", "use sea_orm::EntityTrait;\nuse axum::Json;"), [2]);
    assert_eq!(
        lines(rule, "src/kernel/env.rs", "fn f(context: &async_graphql::Context<'_>) {}"),
        [1]
    );
    assert_eq!(lines(rule, "src/sandbox_bank/api.rs", "use axum::Json;"), []);
}

#[test]
fn globs() {
    let rule = syntax::no_glob_of_sea_orm;
    assert_eq!(
        lines(
            rule,
            "entity/src/user.rs",
            "use sea_orm::*;\nuse sea_orm::entity::prelude::*;\nuse sea_orm::Set;"
        ),
        [1, 2]
    );
}

#[test]
fn clocks() {
    let text = "fn f() { std::time::SystemTime::now(); }\n#[cfg(test)] mod tests { fn f() { Instant::now(); } }";
    assert_eq!(lines(syntax::no_other_clock, "src/order/timer.rs", text), [1]);
    assert_eq!(lines(syntax::no_other_clock, "src/infra/cache.rs", text), []);
    let text = "/// Not `now()`.\nfn f() { sql(\"SELECT NOW()\"); row!(\"x > CURRENT_TIMESTAMP\"); }";
    assert_eq!(lines(syntax::no_clock_in_sql, "src/order/timer.rs", text), [2, 2]);
}

#[test]
fn ledger() {
    let text = "use entity::ledger_account::ActiveModel;\nfn f() { sql(\"UPDATE  ledger_account SET balance = 0\") }\nuse entity::ledger_account::Model;";
    let mut found = lines(syntax::no_other_ledger, "src/order/place.rs", text);
    found.sort_unstable();
    assert_eq!(found, [1, 2]);
    assert_eq!(lines(syntax::no_other_ledger, "src/wallet/ledger/post.rs", text), []);
    assert_eq!(
        lines(
            syntax::no_other_ledger,
            "src/wallet/deposit.rs",
            "fn f() { ledger_entry::Entity::delete_many() }"
        ),
        [1]
    );
}

#[test]
fn transactions() {
    let rule = syntax::no_other_transaction;
    assert_eq!(
        lines(
            rule,
            "src/order/place.rs",
            "fn f() { env.begin(); self.env.begin(); }\nfn g() { db.begin(); }"
        ),
        [2]
    );
    assert_eq!(lines(rule, "src/graphql/order.rs", "fn f() { ctx.env().begin(); }"), [1]);
    assert_eq!(lines(rule, "src/http/socket.rs", "fn f() { self.begin(); }"), []);
    assert_eq!(lines(rule, "src/kernel/tx.rs", "fn f() { db.begin_with_options(o); }"), []);
}

#[test]
fn loose_ends() {
    let text = "fn f() { todo!() }\nfn g() { assert!(dbg!(true)); }\nfn h() { let todo = !true; }";
    assert_eq!(lines(syntax::no_loose_ends, "tests/x.rs", text), [1, 2]);
}

#[test]
fn shapes() {
    let bare = format!(
        "#[{}(dead_code)]\nfn f() {{}}\n#[{0}(dead_code, reason = \"why\")]\nfn g() {{}}",
        "allow"
    );
    assert_eq!(lines(shape::allow_has_reason, "src/x.rs", &bare), [1]);
    let body = |lines: usize| format!("fn f() {{{}}}", "\n".repeat(lines - 1));
    assert_eq!(lines(shape::short_functions, "src/x.rs", &body(60)), []);
    assert_eq!(lines(shape::short_functions, "src/x.rs", &body(61)), [1]);
    assert_eq!(lines(shape::short_well_named, "src/x.rs", &"\n".repeat(401)), [401]);
    assert_eq!(lines(shape::short_well_named, "src/order/utils.rs", ""), [1]);
}

#[test]
fn workplaces() {
    let text = [
        "fine",
        concat!("see /wo", "rk/notes"),
        "  \"resolved\": \"https://registry.example/a.tgz\",",
    ]
    .join("\n");
    assert_eq!(lines(words::no_workplace, "web/package-lock.json", &text), [2, 3]);
    assert_eq!(lines(words::no_workplace, "README.md", &text), [2]);
}

#[test]
fn the_sources_are_really_read() {
    let paths: Vec<String> = super::source::all_text().into_iter().map(|source| source.path).collect();
    for expected in [
        "src/lib.rs",
        "entity/src/lib.rs",
        "tests/tidy.rs",
        "web/package-lock.json",
        "Makefile",
    ] {
        assert!(paths.iter().any(|path| path == expected), "{expected} is not among the files read");
    }
    assert!(!paths.iter().any(|path| path.contains("node_modules/")));
}
