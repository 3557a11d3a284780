//! The authorization matrix: every root field called as everybody. The schema is walked, so no field can be forgotten.

use std::{collections::HashMap, fmt::Write};

use async_graphql_parser::types::{BaseType, FieldDefinition, InputValueDefinition, Type, TypeDefinition, TypeKind};
use handover::app::Act;
use serde_json::{Value, json};

use crate::{
    contract::{fields_of, need_of, types},
    support::TestApp,
};

/// An example of each argument, as its type asks; ids lead nowhere.
fn example(kind: &Type, types: &HashMap<String, TypeDefinition>) -> Value {
    if kind.nullable {
        return Value::Null;
    }
    let BaseType::Named(name) = &kind.base else { return json!([]) };
    match name.as_str() {
        "ID" => json!("AAAA"),
        "UUID" => json!(uuid::Uuid::new_v4()),
        "Decimal" => json!("20.00"),
        "String" => json!("example"),
        "Int" => json!(1),
        "Boolean" => json!(false),
        name => match &types[name].kind {
            TypeKind::Enum(list) => json!(list.values[0].node.value.node.as_str()),
            TypeKind::InputObject(input) => input
                .fields
                .iter()
                .map(|field| (field.node.name.node.to_string(), example(&field.node.ty.node, types)))
                .collect(),
            _ => Value::Null,
        },
    }
}

/// The type that a field gives, within its lists.
fn named(kind: &Type) -> &str {
    match &kind.base {
        BaseType::Named(name) => name,
        BaseType::List(item) => named(item),
    }
}

/// A document that calls one root field, and its variables.
fn call(root: &str, field: &FieldDefinition, types: &HashMap<String, TypeDefinition>) -> (String, Value) {
    let name = &field.name.node;
    let required: Vec<&InputValueDefinition> = field
        .arguments
        .iter()
        .map(|argument| &argument.node)
        .filter(|argument| !argument.ty.node.nullable)
        .collect();
    let declared: Vec<String> = required
        .iter()
        .map(|argument| format!("${}: {}", argument.name.node, argument.ty.node))
        .collect();
    let passed: Vec<String> = required.iter().map(|argument| format!("{0}: ${0}", argument.name.node)).collect();
    let brackets = |parts: Vec<String>| {
        if parts.is_empty() {
            String::new()
        } else {
            format!("({})", parts.join(", "))
        }
    };
    let answer = named(&field.ty.node);
    let selection = match types.get(answer).map(|definition| &definition.kind) {
        Some(TypeKind::Object(_)) if answer.ends_with("Payload") => "{ userErrors { code } }",
        Some(TypeKind::Object(_) | TypeKind::Interface(_) | TypeKind::Union(_)) => "{ __typename }",
        _ => "",
    };
    let document = format!("{root} Call{} {{ {name}{} {selection} }}", brackets(declared), brackets(passed));
    let variables: Value = required
        .iter()
        .map(|argument| (argument.name.node.to_string(), example(&argument.ty.node, types)))
        .collect();
    (document, variables)
}

/// What came of a call, in a word.
fn outcome(answer: &Value, field: &str) -> String {
    let code = answer["errors"][0]["extensions"]["code"]
        .as_str()
        .or_else(|| answer["data"][field]["userErrors"][0]["code"].as_str());
    code.unwrap_or("ok").to_owned()
}

/// What is open to strangers and to the blacklisted as well; the rest of what is public is not theirs.
const OPEN_TO_THE_BLACKLISTED: [&str; 8] = [
    "captchaCreate",
    "now",
    "passwordReset",
    "passwordResetRequest",
    "sessionRefresh",
    "userSignIn",
    // These obey the rights of what they find.
    "node",
    "nodes",
];

/// What a caller must meet, by the directive alone. `None`: he gets through to the use-case.
fn promised(field: &str, need: Option<&str>, role: &str) -> Option<&'static str> {
    match (need, role) {
        (Some(_), "anonymous") => Some("UNAUTHENTICATED"),
        (Some("TRADER" | "VERIFIED" | "ADMIN"), "blacklisted") => Some("BLACKLISTED"),
        (Some("ADMIN"), "user" | "verified") => Some("FORBIDDEN"),
        (Some("VERIFIED"), "user") => Some("VERIFICATION_REQUIRED"),
        (None, "blacklisted") if !OPEN_TO_THE_BLACKLISTED.contains(&field) => Some("BLACKLISTED"),
        _ => None,
    }
}

/// The rows of the subscriptions: whoever gets through is told that his cursor leads nowhere.
async fn subscriptions(app: &TestApp, callers: &[(&str, Option<&str>)], root: &TypeDefinition) -> String {
    let mut table = String::new();
    for field in fields_of(root) {
        let need = need_of(field);
        write!(table, "{:<22} {:<9}", field.name.node, need.as_deref().unwrap_or("-")).unwrap();
        for (role, token) in callers {
            let document = format!("subscription Call {{ {}(after: \"AAAA\") {{ __typename }} }}", field.name.node);
            let mut socket = app.connect(*token).await;
            socket.subscribe("call", &document, json!({})).await;
            let met = socket.error().await;
            let promised = promised(&field.name.node, need.as_deref(), role).unwrap_or("RESYNC_REQUIRED");
            assert_eq!(met, promised, "{} as {role}", field.name.node);
            write!(table, " {role}:{met}").unwrap();
        }
        table.push('\n');
    }
    table
}

#[tokio::test]
async fn every_root_field_keeps_the_promise_of_its_directive() {
    let app = TestApp::new().await;
    let (user, verified, banned, admin) = (
        app.person("ulla").await,
        app.verified("vera").await,
        app.person("bob").await,
        app.admin("anna").await,
    );
    app.operates(&banned.name, Act::Blacklist("for the test".into())).await;
    let callers = [
        ("anonymous", None),
        ("user", Some(user.token.as_str())),
        ("verified", Some(verified.token.as_str())),
        ("blacklisted", Some(banned.token.as_str())),
        ("admin", Some(admin.token.as_str())),
    ];
    let types: HashMap<String, TypeDefinition> = types()
        .into_iter()
        .map(|definition| (definition.name.node.to_string(), definition))
        .collect();
    let mut table = String::new();
    // Signing out ends the session that the other rows need.
    for (root, keyword) in [("Query", "query"), ("Mutation", "mutation")] {
        for field in fields_of(&types[root]).into_iter().filter(|field| field.name.node != "sessionEnd") {
            let need = need_of(field);
            write!(table, "{:<22} {:<9}", field.name.node, need.as_deref().unwrap_or("-")).unwrap();
            for (role, token) in callers {
                let (document, variables) = call(keyword, field, &types);
                let answer = if ["imageUpload", "identityPhotoUpload"]
                    .iter()
                    .any(|upload| document.contains(upload))
                {
                    app.send_file(token, &document, variables, b"no image".to_vec()).await
                } else {
                    app.send(token, &document, variables).await
                };
                let met = outcome(&answer, &field.name.node);
                if let Some(promised) = promised(field.name.node.as_str(), need.as_deref(), role) {
                    assert_eq!(met, promised, "{} as {role}", field.name.node);
                } else {
                    assert!(
                        !["UNAUTHENTICATED", "BLACKLISTED", "FORBIDDEN", "INTERNAL_SERVER_ERROR"].contains(&met.as_str()),
                        "{} as {role}: {met}",
                        field.name.node
                    );
                }
                write!(table, " {role}:{met}").unwrap();
            }
            table.push('\n');
        }
    }
    table.push_str(&subscriptions(&app, &callers, &types["Subscription"]).await);
    insta::assert_snapshot!("authorization_matrix", table);
    app.close().await;
}
