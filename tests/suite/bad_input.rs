//! Every input of every mutation with something bad in it: refused with a code, at a field, and nothing is written.

use std::fmt::Write;

use async_graphql_parser::types::{BaseType, InputValueDefinition};
use serde_json::{Value, json};

use crate::{
    support::TestApp,
    world::{Kind, World, named},
};

/// What is good after all: nothing has to be said there, or it is looked at only where it is asked for.
const GOOD: [(&str, &[&str]); 14] = [
    ("orderDeliver.contacts", &["empty"]),
    ("orderDeliver.notes", &["empty"]),
    ("listingCreate.penalties", &["empty"]),
    ("offerMake.note", &["empty"]),
    ("offerCounter.note", &["empty"]),
    ("orderReview.text", &["empty"]),
    ("listingDraftCreate.title", &["empty"]),
    ("listingDraftCreate.description", &["empty"]),
    ("listingDraftCreate.penalties", &["empty"]),
    ("profileUpdate.bio", &["empty"]),
    ("profileUpdate.nickname", &["empty"]),
    // A password may hold what a line may not.
    ("passwordChange.newPassword", &["bidi"]),
    ("userSignIn.secondFactor", &["empty", "control", "bidi", "too long"]),
    ("userSignIn.captchaAnswer", &["empty", "control", "bidi", "too long"]),
];

fn is_good(place: &str, what: &str) -> bool {
    GOOD.iter().any(|(good, whats)| *good == place && whats.contains(&what))
}

/// Bad values for a field, and what is bad about them.
fn bad(world: &World<'_>, field: &InputValueDefinition) -> Vec<(&'static str, Value)> {
    let kind = named(&field.ty.node);
    let values = match kind {
        "ID" => vec![("empty", json!("")), ("foreign", json!("AAAA")), ("a list of lists", json!([[]]))],
        "String" => vec![
            ("empty", json!("")),
            ("control", json!("a\u{0}b")),
            ("bidi", json!("pay\u{202E}001 to me")),
            ("too long", json!("x".repeat(6_000))),
            ("a number", json!(7)),
        ],
        "UUID" => vec![("no UUID", json!("7")), ("a number", json!(7))],
        "Decimal" => vec![
            ("negative", json!("-1.00")),
            ("zero", json!("0.00")),
            ("huge", json!("999999999999.99")),
            ("exponent", json!("1e3")),
            ("fraction", json!("1.234")),
            ("a number", json!(1.5)),
        ],
        "Int" => vec![
            ("negative", json!(-1)),
            ("huge", json!(i32::MAX)),
            ("over 32 bits", json!(5_000_000_000_i64)),
            ("a text", json!("1")),
        ],
        "Boolean" => vec![("a text", json!("true"))],
        "Upload" => vec![("a text", json!("x")), ("no image", Value::Null)],
        "DateTime" => vec![("no time", json!("yesterday"))],
        name if world.is_input(name) => vec![("an empty object", json!([{}])), ("a text", json!("x"))],
        _ => vec![("no such value", json!("NO_SUCH_VALUE")), ("a number", json!(7))],
    };
    let in_list = |(what, value): (&'static str, Value)| match (&field.ty.node.base, value) {
        (BaseType::List(_), value @ Value::Array(_)) => (what, value),
        (BaseType::List(_), value) => (what, json!([value])),
        (BaseType::Named(_), value) => (what, value),
    };
    let mut values: Vec<_> = values.into_iter().map(in_list).collect();
    if !field.ty.node.nullable && kind != "Upload" {
        values.push(("null", Value::Null));
    }
    values
}

/// What came of it: a code of the request or the field, or a user error's code and field.
fn outcome(answer: &Value, call: &str) -> String {
    if let Some(code) = answer["errors"][0]["extensions"]["code"].as_str() {
        assert!(answer["data"].is_null() || answer["data"][call].is_null(), "{answer}");
        return code.to_owned();
    }
    let error = &answer["data"][call]["userErrors"][0];
    let field = error["field"].as_array().map(|path| {
        let parts: Vec<&str> = path.iter().filter_map(Value::as_str).collect();
        parts.join(".")
    });
    match (error["code"].as_str(), field) {
        (Some(code), Some(field)) => format!("{code} at {field}"),
        (Some(code), None) => code.to_owned(),
        (None, _) => "ok".to_owned(),
    }
}

#[tokio::test]
async fn every_bad_input_of_every_mutation_is_refused_with_a_code() {
    let app = TestApp::new().await;
    let world = World::new(&app).await;
    let (mut table, mut taken) = (String::new(), Vec::new());
    for mutation in world.roots("Mutation") {
        let call = mutation.name.node.as_str();
        let Some(argument) = mutation.arguments.first() else { continue };
        let kind = named(&argument.node.ty.node).to_owned();
        let caller = world.caller(call);
        for field in world.inputs(&kind) {
            let name = field.name.node.as_str();
            for (what, value) in bad(&world, &field) {
                app.forget_identity_tries(caller.id().await).await;
                let mut input = world.good(call, &kind).await;
                if call == "reportCreate" && !["userId", "listingId", "messageId"].contains(&name) {
                    // One of the three.
                    input["userId"] = world.things[&Kind::User].clone();
                }
                input[name] = value;
                let met = outcome(&world.mutate(caller, call, &kind, input).await, call);
                let place = format!("{call}.{name}");
                writeln!(table, "{place:<36} {what:<16} {met}").unwrap();
                assert_ne!(met, "INTERNAL_SERVER_ERROR", "{place} {what}");
                if met == "ok" && !is_good(&place, what) {
                    taken.push(format!("{place}: {what}"));
                }
            }
        }
    }
    assert!(taken.is_empty(), "taken as good:\n{}", taken.join("\n"));
    insta::assert_snapshot!("bad_input", table);
    app.close().await;
}
