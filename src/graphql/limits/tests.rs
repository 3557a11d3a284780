//! What the limits refuse, and what they let through.

use std::fmt::Write as _;

use async_graphql::{EmptySubscription, Object, Request, Schema, ServerError, Value, Variables, parser::parse_query};
use serde_json::json;

use super::{Class, DocumentLimits, Known, Plan, TOO_COMPLEX, TOO_LARGE, TooComplex, examine, plan::plan};
use crate::graphql::{run, shape::Shape};

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

struct Changes;

#[Object]
impl Changes {
    async fn pay(&self, idempotency_key: i32) -> i32 {
        idempotency_key
    }
}

fn schema() -> Schema<Root, Changes, EmptySubscription> {
    Schema::build(Root, Changes, EmptySubscription).finish()
}

/// A shape with pages, lists and rights.
fn shape() -> Shape {
    Shape::of(
        "type Query { hello: String root: Query list(first: Int, after: String): RowConnection! all: [Row!]! nodes(ids: [ID!]!): [Row]! }
         type RowConnection { nodes: [Row!]! edges: [RowEdge!]! pageInfo: Int } type RowEdge { node: Row! }
         type Row { id: ID name: String rows(first: Int): RowConnection! }
         type Mutation { sign(password: String): Int pay(idempotencyKey: ID): Int @auth(requires: MEMBER) note(text: String): Int @auth(requires: MEMBER) }",
    )
    .expect("the test's schema")
}

fn planned(text: &str, variables: serde_json::Value) -> Result<Plan, TooComplex> {
    let document = parse_query(text).expect("the test's document parses");
    plan(
        &document,
        None,
        &Variables::from_json(variables),
        &shape(),
        &DocumentLimits::default(),
    )
}

fn weighed(text: &str) -> Result<(), TooComplex> {
    planned(text, json!({})).map(drop)
}

/// What becomes of a document: it is examined, and then it runs.
async fn code(text: &str) -> Option<Value> {
    let (schema, mut request) = (schema(), Request::new(text));
    let code = |error: &ServerError| error.extensions.as_ref().and_then(|it| it.get("code")).cloned().unwrap_or_default();
    let shape = Shape::of(&schema.sdl()).expect("a schema");
    match examine(&mut request, &shape, &Known::default()) {
        Err(error) => Some(code(&error)),
        Ok(_) => run::once(&schema, &shape, request).await.errors.first().map(code),
    }
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
        assert_eq!(code(&doubling(levels)).await, Some(TOO_COMPLEX.into()), "{levels}");
    }
    // Without a field at the end there is nothing to count but the spreads.
    let hollow = doubling(14).replace("{hello}", "{...Nowhere}");
    assert_eq!(code(&hollow).await, Some(TOO_COMPLEX.into()));
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
    let document = parse_query(directives).expect("the test's document parses");
    let weighed = plan(&document, None, &Variables::default(), &shape(), &limits);
    assert_eq!(weighed, Err(TooComplex::Directives(5)));
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
async fn the_standard_introspection_query_passes_and_one_in_circles_does_not() {
    let mut request = Request::new(include_str!("introspection.graphql"));
    let schema = schema();
    let plan = examine(&mut request, &Shape::of(&schema.sdl()).expect("a schema"), &Known::default()).expect("the standard query");
    assert!(plan.introspects);
    assert!(schema.execute(request).await.is_ok());
    let circles = "{__schema{types{fields{type{fields{type{fields{name}}}}}}}}";
    assert_eq!(weighed(circles), Err(TooComplex::Introspection));
    let spread = "{__schema{types{...A}}} fragment A on __Type{fields{type{...B}}} fragment B on __Type{fields{type{possibleTypes{name}}}}";
    assert_eq!(weighed(spread), Err(TooComplex::Introspection));
}

#[test]
fn the_standard_introspection_query_of_our_own_schema_is_within_its_limits() {
    let shape = Shape::of(&crate::graphql::schema::sdl()).expect("our own schema");
    let mut request = Request::new(include_str!("introspection.graphql"));
    let plan = examine(&mut request, &shape, &Known::default()).expect("what every tool asks first");
    assert!(
        plan.cost < 900,
        "{} points of 1,000; the schema grows, so weigh introspection lighter",
        plan.cost
    );
}

#[test]
fn examining_keeps_the_parsed_document_and_the_variables() {
    let mut request = Request::new("query Q { hello }").variables(Variables::from_json(json!({"a": 1})));
    let plan = examine(&mut request, &shape(), &Known::default()).expect("an everyday document");
    assert_eq!((plan.cost, request.variables.len()), (1, 1));
    assert_eq!(request.parsed_query().expect("parsed").operations.iter().count(), 1);
}

#[test]
fn a_page_costs_what_its_rows_cost() {
    for (text, variables, points) in [
        ("{hello}", json!({}), 1),
        ("{list{nodes{id}}}", json!({}), 23),
        ("{list(first:50){nodes{id}}}", json!({}), 56),
        ("{list(first:50){edges{node{id name}}}}", json!({}), 111),
        ("query($n:Int){list(first:$n){nodes{id}}}", json!({"n": 50}), 56),
        ("query($n:Int=50){list(first:$n){nodes{id}}}", json!({}), 56),
        ("query($n:Int){list(first:$n){nodes{id}}}", json!({}), 111),
        ("{list(first:-5){nodes{id}}}", json!({}), 3),
        ("{all{id}}", json!({}), 2),
        ("query($i:[ID!]!){nodes(ids:$i){id name}}", json!({"i": ["a", "b", "c"]}), 2),
        ("mutation{note}", json!({}), 11),
    ] {
        assert_eq!(planned(text, variables).map(|plan| plan.cost), Ok(points), "{text}");
    }
}

#[test]
fn what_a_variable_is_by_default_weighs_like_what_is_sent() {
    let text = format!("query($i:[ID!]!=[{}]){{nodes(ids:$i){{id name}}}}", "\"a\" ".repeat(100));
    assert_eq!(planned(&text, json!({})).map(|plan| plan.cost), Ok(21));
    assert_eq!(planned(&text, json!({"i": ["a"]})).map(|plan| plan.cost), Ok(2));
}

#[test]
fn each_operation_is_weighed_with_its_own_defaults_even_in_fragments() {
    let (small, large) = ("query A($n:Int=1){...F}", "query B($n:Int=100){...F}");
    let fragment = "fragment F on Query{list(first:$n){nodes{id}}}";
    for text in [format!("{small}{large}{fragment}"), format!("{large}{small}{fragment}")] {
        let document = parse_query(&text).expect("the test's document parses");
        for (name, points) in [("A", 3), ("B", 111)] {
            let plan = plan(&document, Some(name), &Variables::default(), &shape(), &DocumentLimits::default());
            assert_eq!(plan.map(|plan| plan.cost), Ok(points), "{name} of {text}");
        }
    }
    let bomb = fragment.replace("nodes{id}", "nodes{rows(first:$n){nodes{id}}}");
    assert_eq!(weighed(&format!("{small}{large}{bomb}")), Err(TooComplex::Cost(1_000)));
}

#[test]
fn many_operations_share_the_fields_that_a_document_may_have() {
    let operations: String = (0..150).fold(String::new(), |mut text, number| {
        let _ = write!(text, "query Q{number}{{...F}}");
        text
    });
    let text = format!("{operations} fragment F on Query{{root{{{}}}}}", "hello ".repeat(900));
    assert_eq!(weighed(&text), Err(TooComplex::Fields(1_000)));
}

#[test]
fn no_page_size_wraps_the_cost() {
    let nested = "{list(first:100){nodes{rows(first:100){nodes{rows(first:100){nodes{rows(first:100){nodes{id}}}}}}}}}";
    for first in ["100", "2147483647", "18446744073709551615", "99999999999999999999999999"] {
        assert_eq!(weighed(&nested.replace("100", first)), Err(TooComplex::Cost(1_000)), "{first}");
    }
    assert!(
        weighed("{list(first:2147483647){nodes{id}}}").is_ok(),
        "the list itself says what is wrong"
    );
}

#[test]
fn what_proves_or_pays_stands_alone() {
    for (text, alone) in [
        ("mutation{pay}", true),
        ("mutation{note a:note}", true),
        ("mutation{__typename pay}", true),
        ("mutation{pay b:pay}", false),
        ("mutation{note pay}", false),
        (
            "mutation{...F} fragment F on Mutation{sign ...G} fragment G on Mutation{note}",
            false,
        ),
        ("mutation{sign ... on Mutation{sign}}", false),
    ] {
        let refused = matches!(weighed(text), Err(TooComplex::NotAlone(_)));
        assert_eq!(refused, !alone, "{text}");
    }
    let class = |text: &str| planned(text, json!({})).expect("one mutation").mutations[0].1;
    assert_eq!(
        [class("mutation{sign}"), class("mutation{pay}"), class("mutation{note}")],
        [Class::Door, Class::Delicate, Class::Plain]
    );
}

#[test]
fn variables_hold_so_many_values_and_no_more() {
    let list = |length: usize| json!({"x": vec![1; length]});
    assert!(planned("{hello}", list(1_999)).is_ok());
    assert_eq!(planned("{hello}", list(2_000)), Err(TooComplex::Values(2_000)));
}
