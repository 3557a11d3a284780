//! Nulls where the specification wants them. The engine leaves a failing field out of `data`; a typed client breaks on that.
//!
//! Run only when there are errors. The types are read once from the schema's own text. All fields of one response key must agree in shape, so the
//! field that an error names is found through the selection, without knowing which type a union turned out to be.

use std::collections::HashMap;

use async_graphql::{
    Name, PathSegment, Positioned, Response, Value,
    parser::{
        parse_schema,
        types::{
            BaseType, DocumentOperations, ExecutableDocument, Field, FragmentDefinition, OperationType, Selection, SelectionSet, Type,
            TypeKind, TypeSystemDefinition,
        },
    },
};

/// The type of each field of each type.
pub struct Shapes {
    fields: HashMap<String, HashMap<String, Type>>,
}

impl Shapes {
    /// Reads the schema's text.
    ///
    /// # Panics
    /// When the text, which the engine wrote, is no schema.
    #[must_use]
    pub fn read(sdl: &str) -> Self {
        let mut fields = HashMap::new();
        for definition in parse_schema(sdl).expect("the schema's own text").definitions {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let list = match definition.node.kind {
                TypeKind::Object(object) => object.fields,
                TypeKind::Interface(interface) => interface.fields,
                _ => continue,
            };
            let types = list
                .into_iter()
                .map(|field| (field.node.name.node.to_string(), field.node.ty.node))
                .collect();
            fields.insert(definition.node.name.node.to_string(), types);
        }
        Self { fields }
    }

    /// Puts the nulls into a response to `document`.
    pub fn mend(&self, response: &mut Response, document: &ExecutableDocument, operation: Option<&str>) {
        let Some((root, set)) = root_of(document, operation) else { return };
        let walk = Walk {
            shapes: self,
            fragments: &document.fragments,
        };
        for error in &response.errors {
            if error.path.is_empty() || response.data == Value::Null {
                continue;
            }
            if walk.fill(&mut response.data, &error.path, &[(root, set)]) == Outcome::NullParent {
                response.data = Value::Null;
            }
        }
    }
}

fn root_of<'a>(document: &'a ExecutableDocument, name: Option<&str>) -> Option<(&'a str, &'a SelectionSet)> {
    let operation = match &document.operations {
        DocumentOperations::Single(operation) => operation,
        DocumentOperations::Multiple(list) => list.get(name?)?,
    };
    let root = match operation.node.ty {
        OperationType::Query => "Query",
        OperationType::Mutation => "Mutation",
        OperationType::Subscription => "Subscription",
    };
    Some((root, &operation.node.selection_set.node))
}

/// What became of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// The null found its place.
    Done,
    /// It may not stand here: the parent is null.
    NullParent,
}

struct Walk<'a> {
    shapes: &'a Shapes,
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
}

/// A selection and the type it is made on.
type Place<'a> = (&'a str, &'a SelectionSet);

impl<'a> Walk<'a> {
    /// Follows the path into an object; `places` are the selections that may apply to it.
    fn fill(&self, value: &mut Value, path: &[PathSegment], places: &[Place<'a>]) -> Outcome {
        let (Value::Object(object), Some((PathSegment::Field(key), rest))) = (value, path.split_first()) else {
            return Outcome::Done;
        };
        let found: Vec<(&'a Field, &'a Type)> = places.iter().flat_map(|(on, set)| self.named(on, set, key)).collect();
        let Some((_, kind)) = found.first().copied() else {
            return Outcome::Done;
        };
        let inner: Vec<Place<'a>> = found.iter().map(|(field, kind)| (base(kind), &field.selection_set.node)).collect();
        let child = object.entry(Name::new(key)).or_insert(Value::Null);
        match self.value(child, rest, kind, &inner) {
            Outcome::NullParent if kind.nullable => {
                *child = Value::Null;
                Outcome::Done
            }
            outcome => outcome,
        }
    }

    /// Follows the path into a field's value, through its lists. The end of the path is what failed.
    fn value(&self, value: &mut Value, path: &[PathSegment], kind: &Type, inner: &[Place<'a>]) -> Outcome {
        match (path.split_first(), &kind.base) {
            (None, _) => Outcome::NullParent,
            (Some((PathSegment::Index(index), rest)), BaseType::List(item)) => {
                let Value::List(list) = value else { return missing(value) };
                let Some(child) = list.get_mut(*index) else {
                    return Outcome::NullParent;
                };
                match self.value(child, rest, item, inner) {
                    Outcome::NullParent if item.nullable => {
                        *child = Value::Null;
                        Outcome::Done
                    }
                    outcome => outcome,
                }
            }
            (Some((PathSegment::Field(_), _)), _) if !matches!(value, Value::Object(_)) => missing(value),
            _ => self.fill(value, path, inner),
        }
    }

    /// The fields of a response key, in a selection and all its fragments.
    fn named(&self, on: &'a str, set: &'a SelectionSet, key: &str) -> Vec<(&'a Field, &'a Type)> {
        let mut found = Vec::new();
        for item in &set.items {
            match &item.node {
                Selection::Field(field) if field.node.response_key().node == key => {
                    let kind = self
                        .shapes
                        .fields
                        .get(on)
                        .and_then(|fields| fields.get(field.node.name.node.as_str()));
                    found.extend(kind.map(|kind| (&field.node, kind)));
                }
                Selection::Field(_) => {}
                Selection::InlineFragment(fragment) => {
                    let on = fragment
                        .node
                        .type_condition
                        .as_ref()
                        .map_or(on, |condition| condition.node.on.node.as_str());
                    found.extend(self.named(on, &fragment.node.selection_set.node, key));
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = self.fragments.get(&spread.node.fragment_name.node) {
                        let on = fragment.node.type_condition.node.on.node.as_str();
                        found.extend(self.named(on, &fragment.node.selection_set.node, key));
                    }
                }
            }
        }
        found
    }
}

/// Something above has become null already, or never was: if it is null there is nothing to do here, else the parent must become so.
const fn missing(value: &Value) -> Outcome {
    if matches!(value, Value::Null) {
        Outcome::NullParent
    } else {
        Outcome::Done
    }
}

fn base(kind: &Type) -> &str {
    match &kind.base {
        BaseType::Named(name) => name,
        BaseType::List(item) => base(item),
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{ServerError, from_value, parser::parse_query};
    use serde_json::json;

    use super::*;

    const SCHEMA: &str = "type Query { a: Int b: Int! o: O p: O! u: U list: [O] strict: [O!]! } type O { x: Int y: Int! o: O n: O! } type P { z: Int! } union U = O | P";

    fn mend(query: &str, data: serde_json::Value, path: serde_json::Value) -> serde_json::Value {
        let mut response = Response::new(async_graphql::to_value(data).unwrap());
        let segments = path.as_array().unwrap().iter().map(|part| match part.as_u64() {
            Some(index) => PathSegment::Index(usize::try_from(index).unwrap()),
            None => PathSegment::Field(part.as_str().unwrap().to_owned()),
        });
        let mut error = ServerError::new("no", None);
        error.path = segments.collect();
        response.errors.push(error);
        Shapes::read(SCHEMA).mend(&mut response, &parse_query(query).unwrap(), None);
        from_value(response.data).unwrap()
    }

    #[test]
    fn a_failing_field_is_null_and_a_failing_non_null_field_nulls_its_parent() {
        for (query, data, path, mended) in [
            ("{ a }", json!({}), json!(["a"]), json!({ "a": null })),
            ("{ b }", json!({}), json!(["b"]), json!(null)),
            ("{ c: a }", json!({}), json!(["c"]), json!({ "c": null })),
            ("{ o { x y } }", json!({ "o": { "x": 1 } }), json!(["o", "y"]), json!({ "o": null })),
            ("{ o { x } }", json!({ "o": {} }), json!(["o", "x"]), json!({ "o": { "x": null } })),
            (
                "{ o { n { y } } }",
                json!({ "o": { "n": {} } }),
                json!(["o", "n", "y"]),
                json!({ "o": null }),
            ),
            (
                "{ p { n { y } } }",
                json!({ "p": { "n": {} } }),
                json!(["p", "n", "y"]),
                json!(null),
            ),
            (
                "{ list { y } }",
                json!({ "list": [{ "y": 1 }, {}] }),
                json!(["list", 1, "y"]),
                json!({ "list": [{ "y": 1 }, null] }),
            ),
            (
                "{ strict { y } }",
                json!({ "strict": [{}] }),
                json!(["strict", 0, "y"]),
                json!(null),
            ),
            (
                "{ u { ... on P { z } } }",
                json!({ "u": {} }),
                json!(["u", "z"]),
                json!({ "u": null }),
            ),
            ("{ ...F } fragment F on Query { a }", json!({}), json!(["a"]), json!({ "a": null })),
        ] {
            assert_eq!(mend(query, data, path), mended, "{query}");
        }
    }
}
