//! The public contract: the committed schema, its descriptions, and what is open to everybody.

use async_graphql_parser::{
    parse_schema,
    types::{FieldDefinition, ServiceDocument, TypeDefinition, TypeKind, TypeSystemDefinition},
};

/// Root fields that ask nothing of their caller. Adding one is a decision.
pub const PUBLIC: [&str; 19] = [
    "captchaCreate",
    "emailCodeRequest",
    "game",
    "games",
    "listing",
    "listingFacets",
    "listingSimilar",
    "listings",
    "node",
    "nodes",
    "now",
    "passwordReset",
    "passwordResetRequest",
    "seller",
    "sellerRecord",
    "sessionRefresh",
    "userReviews",
    "userSignIn",
    "userSignUp",
];

pub fn types() -> Vec<TypeDefinition> {
    let document: ServiceDocument = parse_schema(handover::graphql::schema::sdl()).unwrap();
    let definitions = document.definitions.into_iter().filter_map(|definition| match definition {
        TypeSystemDefinition::Type(definition) => Some(definition.node),
        _ => None,
    });
    definitions.collect()
}

pub fn fields_of(definition: &TypeDefinition) -> Vec<&FieldDefinition> {
    match &definition.kind {
        TypeKind::Object(object) => object.fields.iter().map(|field| &field.node).collect(),
        TypeKind::Interface(interface) => interface.fields.iter().map(|field| &field.node).collect(),
        _ => Vec::new(),
    }
}

/// What a field's `@auth` asks, if it has one.
pub fn need_of(field: &FieldDefinition) -> Option<String> {
    let auth = field.directives.iter().find(|directive| directive.node.name.node == "auth")?;
    Some(auth.node.get_argument("requires").unwrap().node.to_string())
}

#[test]
fn the_committed_schema_is_the_code_s() {
    let committed = std::fs::read_to_string("schema.graphql").unwrap_or_default();
    assert!(
        committed == handover::graphql::schema::sdl(),
        "schema.graphql is not what the code says; run `make schema` and look at the difference"
    );
}

#[test]
fn everything_in_the_schema_is_described() {
    let mut bare = Vec::new();
    let mut look = |what: String, description: Option<&str>| {
        if !description.is_some_and(|text| text.trim_start().starts_with(|first: char| first.is_uppercase() || first == '`')) {
            bare.push(what);
        }
    };
    for definition in types() {
        let name = definition.name.node.to_string();
        // These two the library names without a word of ours.
        if !name.ends_with("Connection") && name != "Upload" {
            look(name.clone(), definition.description.as_ref().map(|text| text.node.as_str()));
        }
        for field in fields_of(&definition) {
            look(
                format!("{name}.{}", field.name.node),
                field.description.as_ref().map(|text| text.node.as_str()),
            );
            for argument in &field.arguments {
                let what = format!("{name}.{}({})", field.name.node, argument.node.name.node);
                look(what, argument.node.description.as_ref().map(|text| text.node.as_str()));
            }
        }
        match &definition.kind {
            TypeKind::Enum(list) => {
                for value in &list.values {
                    look(
                        format!("{name}.{}", value.node.value.node),
                        value.node.description.as_ref().map(|text| text.node.as_str()),
                    );
                }
            }
            TypeKind::InputObject(input) => {
                for field in &input.fields {
                    look(
                        format!("{name}.{}", field.node.name.node),
                        field.node.description.as_ref().map(|text| text.node.as_str()),
                    );
                }
            }
            _ => {}
        }
    }
    assert!(
        bare.is_empty(),
        "without a description that begins with a capital letter: {bare:#?}"
    );
}

#[test]
fn what_is_open_to_everybody_is_on_the_list() {
    let mut open = Vec::new();
    for definition in types()
        .iter()
        .filter(|definition| ["Query", "Mutation", "Subscription"].contains(&definition.name.node.as_str()))
    {
        open.extend(
            fields_of(definition)
                .into_iter()
                .filter(|field| need_of(field).is_none())
                .map(|field| field.name.node.to_string()),
        );
    }
    open.sort();
    let unlisted: Vec<_> = open.iter().filter(|field| !PUBLIC.contains(&field.as_str())).collect();
    assert!(unlisted.is_empty(), "neither guarded nor on the public list: {unlisted:?}");
}
