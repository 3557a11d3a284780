//! What is known of a schema's fields before anything runs, read out of the schema's own text.

use std::collections::{HashMap, HashSet};

use async_graphql::parser::{
    parse_schema,
    types::{BaseType, FieldDefinition, InputValueDefinition, OperationType, Type, TypeKind, TypeSystemDefinition},
};

/// How an input field's name ends that proves who somebody is or moves money. Nobody may try many of them in one document.
const DELICATE: [&str; 5] = ["idempotencyKey", "password", "code", "captchaAnswer", "refreshToken"];
/// The type of a file.
const FILE: &str = "Upload";

/// The types of all fields of a schema.
#[derive(Debug, Default)]
pub struct Shape {
    fields: HashMap<String, HashMap<String, FieldShape>>,
    roots: [Option<String>; 3],
    types: u64,
}

/// What is known of a field.
#[derive(Debug)]
pub struct FieldShape {
    /// Its type.
    pub ty: Type,
    /// It is a list that takes `first`.
    pub paged: bool,
    /// It asks nothing of its caller.
    pub open: bool,
    /// An input of it is delicate: see [`DELICATE`].
    pub delicate: bool,
}

impl Shape {
    /// Reads the types out of a schema's text. `None` when it is not one.
    #[must_use]
    pub fn of(sdl: &str) -> Option<Self> {
        let mut shape = Self::default();
        let (mut inputs, mut outputs) = (Inputs::default(), Vec::new());
        for definition in parse_schema(sdl).ok()?.definitions {
            match definition {
                TypeSystemDefinition::Schema(schema) => {
                    let schema = schema.node;
                    shape.roots =
                        [schema.query, schema.mutation, schema.subscription].map(|root| root.map(|name| name.node.as_str().to_owned()));
                }
                TypeSystemDefinition::Type(definition) => {
                    shape.types += 1;
                    let name = definition.node.name.node.to_string();
                    match definition.node.kind {
                        TypeKind::Object(object) => outputs.push((name, object.fields)),
                        TypeKind::Interface(interface) => outputs.push((name, interface.fields)),
                        TypeKind::InputObject(input) => inputs.add(name, input.fields.into_iter().map(|field| field.node)),
                        _ => {}
                    }
                }
                TypeSystemDefinition::Directive(_) => {}
            }
        }
        for (name, fields) in outputs {
            let fields = fields.into_iter().map(|field| known(field.node, &inputs));
            shape.fields.entry(name).or_default().extend(fields);
        }
        Some(shape)
    }

    /// The name of the type at the root of such operations.
    #[must_use]
    pub fn root(&self, operation: OperationType) -> &str {
        let (at, usual) = match operation {
            OperationType::Query => (0, "Query"),
            OperationType::Mutation => (1, "Mutation"),
            OperationType::Subscription => (2, "Subscription"),
        };
        self.roots[at].as_deref().unwrap_or(usual)
    }

    /// What is known of a type's field.
    #[must_use]
    pub fn field(&self, parent: &str, field: &str) -> Option<&FieldShape> {
        self.fields.get(parent)?.get(field)
    }

    /// How many types there are.
    #[must_use]
    pub const fn types(&self) -> u64 {
        self.types
    }
}

fn known(field: FieldDefinition, inputs: &Inputs) -> (String, FieldShape) {
    let shape = FieldShape {
        paged: field.arguments.iter().any(|argument| argument.node.name.node == "first"),
        open: !field.directives.iter().any(|directive| directive.node.name.node == "auth"),
        delicate: field
            .arguments
            .iter()
            .any(|argument| inputs.is_delicate(&Input::of(&argument.node))),
        ty: field.ty.node,
    };
    (field.name.node.to_string(), shape)
}

/// An argument, or a field of an input object.
#[derive(Debug)]
struct Input {
    name: String,
    of: String,
}

impl Input {
    fn of(definition: &InputValueDefinition) -> Self {
        Self {
            name: definition.name.node.to_string(),
            of: innermost(&definition.ty.node).to_owned(),
        }
    }
}

/// The fields of all input objects.
#[derive(Debug, Default)]
struct Inputs(HashMap<String, Vec<Input>>);

impl Inputs {
    fn add(&mut self, name: String, fields: impl Iterator<Item = InputValueDefinition>) {
        self.0.insert(name, fields.map(|field| Input::of(&field)).collect());
    }

    /// Whether it, or anything within it, is delicate.
    fn is_delicate(&self, input: &Input) -> bool {
        let (mut open, mut seen) = (vec![input], HashSet::new());
        while let Some(input) = open.pop() {
            if input.of == FILE || DELICATE.iter().any(|end| ends_with(&input.name, end)) {
                return true;
            }
            if seen.insert(&input.of) {
                open.extend(self.0.get(&input.of).into_iter().flatten());
            }
        }
        false
    }
}

/// Whether a name in camel case is `end` or has it as its last word: `newPassword` ends with `password`.
fn ends_with(name: &str, end: &str) -> bool {
    let word = name.len().checked_sub(end.len()).and_then(|at| name.split_at_checked(at));
    word.is_some_and(|(before, last)| {
        let is_word = before.is_empty() || last.starts_with(|first: char| first.is_ascii_uppercase());
        is_word && last.eq_ignore_ascii_case(end)
    })
}

/// The type within lists.
#[must_use]
pub fn innermost(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(item) => innermost(item),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_proves_or_pays_or_uploads_is_delicate_however_deep_it_lies() {
        let shape = Shape::of(
            "type Query { a: Int } type Mutation { plain(x: Int): Int @auth(requires: MEMBER) pay(input: In): Int sign(password: String): Int
                change(newPassword: String): Int up(file: [Upload]): Int encode(encode: Int): Int loop(input: Loop): Int }
             input In { deep: Deep } input Deep { idempotencyKey: Int } input Loop { again: Loop }",
        )
        .unwrap();
        for (field, delicate) in [
            ("plain", false),
            ("pay", true),
            ("sign", true),
            ("change", true),
            ("up", true),
            ("encode", false),
            ("loop", false),
        ] {
            let known = shape.field("Mutation", field).unwrap();
            assert_eq!((known.delicate, known.open), (delicate, field != "plain"), "{field}");
        }
    }

    #[test]
    fn a_field_is_paged_if_it_takes_first() {
        let shape = Shape::of("type Query { list(first: Int): [Int] all: [Int] }").unwrap();
        assert!(shape.field("Query", "list").unwrap().paged && !shape.field("Query", "all").unwrap().paged);
        assert_eq!(shape.types(), 1);
    }
}
