//! Where failing fields become null, as a table.

use async_graphql::{
    EmptyMutation, Object, Request, Response, Result, Schema, SimpleObject, Subscription, Union,
    futures_util::{StreamExt, stream},
};

use super::Shape;
use crate::graphql::run;

struct Root;
struct Leaf;
struct Branch;

#[derive(SimpleObject)]
struct Plain {
    id: i32,
}

#[derive(Union)]
enum Either {
    Plain(Plain),
    Branch(Branch),
}

#[Object]
impl Leaf {
    async fn fine(&self) -> i32 {
        1
    }
    async fn fails(&self) -> Result<i32> {
        Err("no".into())
    }
    async fn may_fail(&self) -> Result<Option<i32>> {
        Err("no".into())
    }
}

#[Object]
impl Branch {
    async fn name(&self) -> &str {
        "branch"
    }
    async fn leaf(&self) -> Leaf {
        Leaf
    }
    async fn may_leaf(&self) -> Option<Leaf> {
        Some(Leaf)
    }
    async fn leaves(&self) -> Vec<Leaf> {
        vec![Leaf, Leaf]
    }
    async fn may_leaves(&self) -> Vec<Option<Leaf>> {
        vec![Some(Leaf), None]
    }
    async fn failing_items(&self) -> Vec<Result<i32>> {
        vec![Ok(1), Err("no".into())]
    }
    async fn may_failing_items(&self) -> Option<Vec<Result<i32>>> {
        Some(vec![Ok(1), Err("no".into())])
    }
    async fn failing_optional_items(&self) -> Vec<Option<Result<i32>>> {
        vec![Some(Ok(1)), Some(Err("no".into()))]
    }
    async fn fails(&self) -> Result<i32> {
        Err("no".into())
    }
    async fn input(&self, x: i32, #[graphql(validator(maximum = 5))] y: i32) -> i32 {
        x + y
    }
}

#[Object]
impl Root {
    async fn fine(&self) -> i32 {
        1
    }
    async fn fails(&self) -> Result<i32> {
        Err("no".into())
    }
    async fn may_fail(&self) -> Result<Option<i32>> {
        Err("no".into())
    }
    async fn branch(&self) -> Branch {
        Branch
    }
    async fn may_branch(&self) -> Option<Branch> {
        Some(Branch)
    }
    async fn either(&self) -> Option<Either> {
        Some(Either::Branch(Branch))
    }
    async fn eithers(&self) -> Option<Vec<Either>> {
        Some(vec![Either::Plain(Plain { id: 1 }), Either::Branch(Branch)])
    }
}

struct Events;

#[Subscription]
impl Events {
    async fn events(&self) -> impl stream::Stream<Item = Branch> {
        stream::iter([Branch])
    }
    async fn may_events(&self) -> impl stream::Stream<Item = Option<Result<i32>>> {
        stream::iter([Some(Ok(1)), Some(Err("no".into()))])
    }
}

fn schema() -> Schema<Root, EmptyMutation, Events> {
    Schema::build(Root, EmptyMutation, Events).finish()
}

fn shape() -> Shape {
    Shape::of(&schema().sdl()).expect("the test's schema")
}

async fn execute(request: Request) -> Response {
    run::once(&schema(), &shape(), request).await
}

/// With keys in order, since the library emits fields as they complete.
fn sorted(data: &async_graphql::Value) -> String {
    serde_json::to_value(data)
        .and_then(|value| serde_json::to_string(&value))
        .expect("data is JSON")
}

/// A document and its data.
const TABLE: &[(&str, &str)] = &[
    ("{fine mayFail}", r#"{"fine":1,"mayFail":null}"#),
    ("{fine x:mayFail}", r#"{"fine":1,"x":null}"#),
    ("{fine fails}", "null"),
    ("{fine branch{name fails}}", "null"),
    ("{fine mayBranch{name fails}}", r#"{"fine":1,"mayBranch":null}"#),
    ("{fine mayBranch{name leaf{fine fails}}}", r#"{"fine":1,"mayBranch":null}"#),
    (
        "{mayBranch{name mayLeaf{fine fails}}}",
        r#"{"mayBranch":{"mayLeaf":null,"name":"branch"}}"#,
    ),
    (
        "{mayBranch{name mayLeaf{fine mayFail}}}",
        r#"{"mayBranch":{"mayLeaf":{"fine":1,"mayFail":null},"name":"branch"}}"#,
    ),
    (
        "{mayBranch{name leaves{fine mayFail}}}",
        r#"{"mayBranch":{"leaves":[{"fine":1,"mayFail":null},{"fine":1,"mayFail":null}],"name":"branch"}}"#,
    ),
    ("{mayBranch{name leaves{fine fails}}}", r#"{"mayBranch":null}"#),
    (
        "{mayBranch{name mayLeaves{fine fails}}}",
        r#"{"mayBranch":{"mayLeaves":[null,null],"name":"branch"}}"#,
    ),
    ("{mayBranch{name failingItems}}", r#"{"mayBranch":null}"#),
    (
        "{mayBranch{name mayFailingItems}}",
        r#"{"mayBranch":{"mayFailingItems":null,"name":"branch"}}"#,
    ),
    (
        "{mayBranch{name failingOptionalItems}}",
        r#"{"mayBranch":{"failingOptionalItems":[1,null],"name":"branch"}}"#,
    ),
    (
        "{fine either{... on Plain{id} ... on Branch{name mayLeaf{mayFail}}}}",
        r#"{"either":{"mayLeaf":{"mayFail":null},"name":"branch"},"fine":1}"#,
    ),
    (
        "{fine either{... on Plain{id} ...B}} fragment B on Branch{name leaf{fails}}",
        r#"{"either":null,"fine":1}"#,
    ),
    (
        "{fine eithers{... on Branch{leaf{... on Leaf{fails}}}}}",
        r#"{"eithers":null,"fine":1}"#,
    ),
    (
        "{mayBranch{name} mayBranch{fails} mayFail mayFail}",
        r#"{"mayBranch":null,"mayFail":null}"#,
    ),
    ("query A{fine} query B{fine mayFail}", r#"{"fine":1,"mayFail":null}"#),
    ("{mayBranch{name @skip(if:false) input(x:1,y:9)}}", r#"{"mayBranch":null}"#),
    ("{fine mayBranch{fails leaf{mayFail}}}", r#"{"fine":1,"mayBranch":null}"#),
    ("{fine mayBranch{leaf{mayFail} fails}}", r#"{"fine":1,"mayBranch":null}"#),
    ("{mayFail x:mayFail}", r#"{"mayFail":null,"x":null}"#),
    (
        "{__typename mayFail __schema{queryType{name}}}",
        r#"{"__schema":{"queryType":{"name":"Root"}},"__typename":"Root","mayFail":null}"#,
    ),
];

#[tokio::test]
async fn failing_fields_become_null_where_the_types_allow_it() {
    for &(query, expected) in TABLE {
        let mut request = Request::new(query);
        if query.contains("query B") {
            request = request.operation_name("B");
        }
        let response = execute(request).await;
        assert!(response.is_err(), "{query}");
        assert!(
            response.errors.iter().all(|error| !error.path.is_empty()),
            "{query}: {:?}",
            response.errors
        );
        assert_eq!(sorted(&response.data), expected, "{query} {:?}", response.errors);
    }
}

#[tokio::test]
async fn request_errors_stay_without_data() {
    let response = execute(Request::new("{nothing}")).await;
    assert_eq!(response.data, async_graphql::Value::Null);
}

#[tokio::test]
async fn events_are_repaired_one_by_one() {
    let table = [
        (
            "subscription{events{name mayLeaf{fails}}}",
            vec![r#"{"events":{"mayLeaf":null,"name":"branch"}}"#],
        ),
        ("subscription{events{name leaf{fails}}}", vec!["null"]),
        ("subscription{mayEvents}", vec![r#"{"mayEvents":1}"#, r#"{"mayEvents":null}"#]),
    ];
    for (query, expected) in table {
        let events: Vec<_> = run::stream(&schema(), shape().into(), Request::new(query))
            .map(|response| sorted(&response.data))
            .collect()
            .await;
        assert_eq!(events, expected, "{query}");
    }
}

#[test]
fn a_shape_needs_a_schema() {
    assert!(Shape::of("this is none {").is_none());
    assert!(Shape::of(&schema().sdl()).is_some_and(|shape| shape.field("Branch", "name").is_some()));
}
