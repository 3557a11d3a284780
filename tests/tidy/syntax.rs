//! What may be written where: clocks, money, transactions, loose ends.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Expr, ExprMethodCall, ItemFn, ItemMod, LitStr, Macro, Member, visit::Visit};

use super::{
    names::{self, Name, is_test},
    source::{Finding, Source},
};

/// `use sea_orm::*` brings in a module called `entity`, which hides our crate of that name.
pub fn no_glob_of_sea_orm(source: &Source) -> Vec<Finding> {
    let glob = |name: &Name| name.path.first().is_some_and(|first| first.starts_with("sea_orm")) && name.ends_with(&["*"]);
    let found = names::of(source).into_iter().filter(glob);
    found
        .map(|name| source.finding(name.line, format!("import by name, not `{}`", name.text())))
        .collect()
}

/// Time comes from the kernel's clock; what measures or waits at the edge of the process may look at a watch.
pub fn no_other_clock(source: &Source) -> Vec<Finding> {
    const CLOCKS: [[&str; 2]; 6] = [
        ["SystemTime", "now"],
        ["Instant", "now"],
        ["Utc", "now"],
        ["Local", "now"],
        ["OffsetDateTime", "now_utc"],
        ["OffsetDateTime", "now_local"],
    ];
    let may = matches!(source.room(), None | Some("infra" | "sandbox_bank" | "http")) || source.path == "src/kernel/clock.rs";
    if may {
        return Vec::new();
    }
    let clock = |name: &Name| !name.in_test && CLOCKS.iter().any(|clock| name.ends_with(clock));
    let found = names::of(source).into_iter().filter(clock);
    found
        .map(|name| source.finding(name.line, format!("the time comes from the kernel's clock, not `{}`", name.text())))
        .collect()
}

/// No statement asks the database what time it is, but the one that begins a transaction.
pub fn no_clock_in_sql(source: &Source) -> Vec<Finding> {
    const WORDS: [&str; 4] = ["now()", "current_timestamp", "clock_timestamp", "datetime('now'"];
    if !source.is_server() || source.path == "src/kernel/tx.rs" {
        return Vec::new();
    }
    let found = Walk::over(source)
        .texts
        .into_iter()
        .filter(|(_, text)| WORDS.iter().any(|word| text.contains(word)));
    found
        .map(|(line, _)| source.finding(line, "no SQL says what time it is; bind the transaction's `now`"))
        .collect()
}

/// Only `src/wallet/ledger*` writes the ledger's tables.
pub fn no_other_ledger(source: &Source) -> Vec<Finding> {
    const STATEMENTS: [&str; 3] = ["update ledger_", "insert into ledger_", "delete from ledger_"];
    const TABLES: [&str; 4] = ["ledger_account", "ledger_entry", "ledger_rollup", "ledger_transfer"];
    const WRITERS: [&str; 8] = [
        "ActiveModel",
        "insert",
        "insert_many",
        "update",
        "update_many",
        "delete",
        "delete_many",
        "delete_by_id",
    ];
    if !source.is_server() || source.path.starts_with("src/wallet/ledger") {
        return Vec::new();
    }
    let in_text = Walk::over(source).texts.into_iter();
    let in_text = in_text
        .filter(|(_, text)| STATEMENTS.iter().any(|statement| text.contains(statement)))
        .map(|(line, _)| line);
    let writes = |name: &Name| {
        let writer = name.path.last().is_some_and(|last| WRITERS.contains(&last.as_str()));
        !name.in_test && writer && name.path.iter().any(|part| TABLES.contains(&part.as_str()))
    };
    let by_name = names::of(source).into_iter().filter(writes).map(|name| name.line);
    in_text
        .chain(by_name)
        .map(|line| source.finding(line, "only `wallet::ledger` writes the ledger"))
        .collect()
}

/// A transaction is begun by `env.begin()`, in a use-case or in what calls use-cases on its own (worker, demonstration data).
pub fn no_other_transaction(source: &Source) -> Vec<Finding> {
    const BEGINNINGS: [&str; 4] = ["begin", "begin_with_options", "begin_with_config", "transaction"];
    let Some(room) = source.room() else { return Vec::new() };
    let breach = |call: &Call| match room {
        "kernel" | "sandbox_bank" => false,
        // These rooms have no database to call; what else they begin is their own matter.
        "graphql" | "http" => call.method == "begin" && call.receiver == "env",
        "infra" | "main" => BEGINNINGS.contains(&call.method.as_str()),
        _ => BEGINNINGS.contains(&call.method.as_str()) && !(call.method == "begin" && call.receiver == "env"),
    };
    let found = Walk::over(source).calls.into_iter().filter(breach);
    let told = |call: Call| {
        source.finding(
            call.line,
            format!("`{}.{}()` begins a transaction outside a use-case", call.receiver, call.method),
        )
    };
    found.map(told).collect()
}

/// Nothing half done is committed.
pub fn no_loose_ends(source: &Source) -> Vec<Finding> {
    const MACROS: [&str; 3] = ["todo!", "unimplemented!", "dbg!"];
    let loose = |name: &Name| name.path.last().is_some_and(|last| MACROS.contains(&last.as_str()));
    let found = names::of(source).into_iter().filter(loose);
    found
        .map(|name| source.finding(name.line, format!("`{}` is not finished work", name.text())))
        .collect()
}

/// A method call: `env.begin()`.
struct Call {
    receiver: String,
    method: String,
    line: usize,
}

/// Collects calls and string literals outside test code and doc comments.
#[derive(Default)]
struct Walk {
    calls: Vec<Call>,
    /// Lower-cased, runs of white space as one space.
    texts: Vec<(usize, String)>,
}

impl Walk {
    fn over(source: &Source) -> Self {
        let mut walk = Self::default();
        walk.visit_file(&source.syntax());
        walk
    }

    fn text(&mut self, text: &LitStr) {
        let words: Vec<String> = text.value().to_lowercase().split_whitespace().map(str::to_owned).collect();
        self.texts.push((text.span().start().line, words.join(" ")));
    }

    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Literal(literal) => {
                    if let Ok(text) = syn::parse_str::<LitStr>(&literal.to_string()) {
                        self.text(&LitStr::new(&text.value(), literal.span()));
                    }
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Walk {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !is_test(&item.attrs) {
            syn::visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        if !is_test(&item.attrs) {
            syn::visit::visit_item_fn(self, item);
        }
    }

    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.calls.push(Call {
            receiver: last_word(&call.receiver),
            method: call.method.to_string(),
            line: call.method.span().start().line,
        });
        syn::visit::visit_expr_method_call(self, call);
    }

    fn visit_lit_str(&mut self, text: &'ast LitStr) {
        self.text(text);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.tokens(call.tokens.clone());
    }
}

/// `env` of `env`, `self.env`, `ctx.env()` and `&env`.
fn last_word(expr: &Expr) -> String {
    match expr {
        Expr::Path(path) => path
            .path
            .segments
            .last()
            .map_or_else(String::new, |segment| segment.ident.to_string()),
        Expr::Field(field) => match &field.member {
            Member::Named(name) => name.to_string(),
            Member::Unnamed(_) => String::new(),
        },
        Expr::MethodCall(call) => call.method.to_string(),
        Expr::Reference(reference) => last_word(&reference.expr),
        Expr::Paren(paren) => last_word(&paren.expr),
        _ => String::new(),
    }
}
