//! What the limits refuse, and what they let through.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use async_graphql::{EmptyMutation, EmptySubscription, Object, Request, Schema, Value};

use super::{DocumentLimits, Limits, TOO_COMPLEX, TOO_LARGE, TooComplex, examine, weigh};

struct Root;

#[Object]
impl Root {
    async fn hello(&self, #[graphql(default)] list: Vec<i32>) -> String {
        format!("hi {}", list.len())
    }

    async fn root(&self) -> Root {
        Root
    }
}

fn weighed(text: &str) -> Result<(), TooComplex> {
    let document = async_graphql::parser::parse_query(text).expect("the test's document parses");
    weigh(&document, &DocumentLimits::default())
}

async fn code(text: &str) -> Option<Value> {
    let schema = Schema::build(Root, EmptyMutation, EmptySubscription).extension(Limits).finish();
    let response = schema.execute(text).await;
    response
        .errors
        .first()
        .map(|error| error.extensions.as_ref().and_then(|it| it.get("code")).cloned().unwrap_or_default())
}

fn doubling(levels: usize) -> String {
    let mut text = String::from("{...F0}");
    for level in 0..levels {
        let _ = write!(text, "fragment F{level} on Root{{...F{0} ...F{0}}}", level + 1);
    }
    let _ = write!(text, "fragment F{levels} on Root{{hello}}");
    text
}

#[tokio::test]
async fn doubling_fragments_are_refused_at_once() {
    for levels in [12, 15, 25, 100] {
        let start = Instant::now();
        assert_eq!(code(&doubling(levels)).await, Some(TOO_COMPLEX.into()), "{levels}");
        assert!(start.elapsed() < Duration::from_millis(500), "{:?}", start.elapsed());
    }
}

#[tokio::test]
async fn hostile_text_is_refused_and_the_process_lives() {
    let list = format!("{{hello(list:{}{})}}", "[".repeat(2_000), "]".repeat(2_000));
    assert_eq!(code(&list).await, Some(TOO_COMPLEX.into()));
    let object = format!("{{hello(list:{}1{})}}", "{a:".repeat(900), "}".repeat(900));
    assert_eq!(code(&object).await, Some(TOO_COMPLEX.into()));
    assert_eq!(code(&"{hello}".repeat(5_000)).await, Some(TOO_LARGE.into()));
    assert_eq!(code("{hello").await, Some("GRAPHQL_PARSE_FAILED".into()));
    assert_eq!(code("{nothing}").await, Some("GRAPHQL_VALIDATION_FAILED".into()));
    assert_eq!(code("{hello}").await, None);
}

#[tokio::test]
async fn the_deepest_text_that_passes_the_scan_parses() {
    let list = format!("{{hello(list:{}{})}}", "[".repeat(62), "]".repeat(62));
    assert_eq!(code(&list).await, Some("GRAPHQL_VALIDATION_FAILED".into()));
}

#[test]
fn each_limit_is_met_at_its_edge() {
    let nested = |levels: usize| format!("{}{{hello}}{}", "{root".repeat(levels - 1), "}".repeat(levels - 1));
    let many = |count: usize, part: &str| format!("{{root{{{}}}}}", part.repeat(count));
    let cases = [
        (nested(15), nested(16), TooComplex::Depth(15)),
        (many(30, "a:hello "), many(31, "a:hello "), TooComplex::Aliases(30)),
        (many(50, "hello @x "), many(51, "hello @x "), TooComplex::Directives(50)),
        (many(999, "hello "), many(1_000, "hello "), TooComplex::Fields(1_000)),
        (
            "{hello hello hello hello hello hello hello hello hello hello}".into(),
            format!("{{{}}}", "hello ".repeat(11)),
            TooComplex::RootFields(10),
        ),
    ];
    for (good, bad, refusal) in cases {
        assert_eq!(weighed(&good), Ok(()), "{good}");
        assert_eq!(weighed(&bad), Err(refusal), "{bad}");
    }
}

#[test]
fn fragments_count_as_often_as_they_are_spread() {
    let roots = format!("{{...R ...R}} fragment R on Root {{{}}}", "hello ".repeat(6));
    assert_eq!(weighed(&roots), Err(TooComplex::RootFields(10)));
    let aliases = format!("{{root{{{}}}}} fragment A on Root {{x:hello y:hello}}", "...A ".repeat(16));
    assert_eq!(weighed(&aliases), Err(TooComplex::Aliases(30)));
    let directives = "query($a: Int @x) @x {hello @x ...F @x ... @x {hello}} fragment F on Root @x {hello}";
    let limits = DocumentLimits {
        directives: 5,
        ..DocumentLimits::default()
    };
    let document = async_graphql::parser::parse_query(directives).expect("the test's document parses");
    assert_eq!(weigh(&document, &limits), Err(TooComplex::Directives(5)));
}

#[test]
fn cycles_and_long_chains_are_refused_even_when_unused() {
    for text in [
        "{...A} fragment A on Root {root{...A}}",
        "{hello} fragment A on Root {...B} fragment B on Root {...A}",
    ] {
        assert!(matches!(weighed(text), Err(TooComplex::Cycle(_))), "{text}");
    }
    let chain: String = (0..300).fold(String::from("{...F0}"), |mut text, level| {
        let _ = write!(text, "fragment F{level} on Root{{...F{}}}", level + 1);
        text
    });
    assert_eq!(weighed(&chain), Err(TooComplex::Spreads(16)));
}

#[tokio::test]
async fn the_standard_introspection_query_passes() {
    let schema = Schema::build(Root, EmptyMutation, EmptySubscription).extension(Limits).finish();
    let response = schema.execute(include_str!("introspection.graphql")).await;
    assert!(response.is_ok(), "{:?}", response.errors);
}

#[test]
fn examining_keeps_the_parsed_document() {
    let mut request = Request::new("query Q { hello }");
    let document = examine(&mut request).expect("an everyday document");
    assert_eq!(document.operations.iter().count(), 1);
}
