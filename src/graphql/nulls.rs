//! Nulls where the specification wants them.
//!
//! The library leaves a failing field out of its object. The specification wants `null` there, or, where the type forbids it, in the nearest
//! place above that allows it. This runs only when a response has errors, and follows each error's path through the types.

use std::{collections::HashSet, fmt::Write as _};

use async_graphql::{
    Name, PathSegment, Response, ServerError, Value,
    indexmap::IndexMap,
    parser::{
        parse_query,
        types::{BaseType, ExecutableDocument, OperationDefinition, Selection, SelectionSet, Type},
    },
};

use super::shape::{Shape, innermost};

/// One selection set that a response object was made from, and the type it was selected on.
type Level<'a> = (&'a str, &'a SelectionSet);

/// What is known of one place of the response.
struct Place<'a> {
    nullable: bool,
    /// The types this place may have, as lists are unwrapped. More than one under unions and interfaces.
    types: Vec<&'a Type>,
    below: Vec<Level<'a>>,
}

struct Walk<'a> {
    shape: &'a Shape,
    document: &'a ExecutableDocument,
}

impl<'a> Walk<'a> {
    fn start(&self, operation: &'a OperationDefinition) -> Place<'a> {
        Place {
            nullable: true,
            types: Vec::new(),
            below: vec![(self.shape.root(operation.ty), &operation.selection_set.node)],
        }
    }

    /// The place one segment further. `None` when the path does not follow the document.
    fn step(&self, place: &Place<'a>, segment: &PathSegment) -> Option<Place<'a>> {
        match segment {
            PathSegment::Index(_) => {
                let types = items(&place.types);
                let nullable = types.iter().all(|ty| ty.nullable);
                (!types.is_empty()).then(|| Place {
                    nullable,
                    types,
                    below: place.below.clone(),
                })
            }
            PathSegment::Field(key) => {
                let mut found = Found {
                    types: Vec::new(),
                    below: Vec::new(),
                    seen: HashSet::new(),
                };
                for (parent, set) in &place.below {
                    self.collect(parent, set, key, &mut found);
                }
                // Where possible types disagree, a null goes only where all allow it.
                let nullable = found.types.iter().all(|ty| ty.nullable);
                (!found.types.is_empty()).then_some(Place {
                    nullable,
                    types: found.types,
                    below: found.below,
                })
            }
        }
    }

    /// Every selection that answers under `key`, through fragments.
    fn collect(&self, parent: &'a str, set: &'a SelectionSet, key: &str, found: &mut Found<'a>) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) if field.node.response_key().node == key => {
                    if let Some(ty) = self.shape.field(parent, &field.node.name.node).map(|known| &known.ty) {
                        found.types.push(ty);
                        found.below.push((innermost(ty), &field.node.selection_set.node));
                    }
                }
                Selection::Field(_) => {}
                Selection::InlineFragment(inline) => {
                    let on = inline
                        .node
                        .type_condition
                        .as_ref()
                        .map_or(parent, |condition| condition.node.on.node.as_str());
                    self.collect(on, &inline.node.selection_set.node, key, found);
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if let Some(fragment) = self.document.fragments.get(name).filter(|_| found.seen.insert(name)) {
                        self.collect(
                            &fragment.node.type_condition.node.on.node,
                            &fragment.node.selection_set.node,
                            key,
                            found,
                        );
                    }
                }
            }
        }
    }
}

struct Found<'a> {
    types: Vec<&'a Type>,
    below: Vec<Level<'a>>,
    seen: HashSet<&'a Name>,
}

fn items<'a>(types: &[&'a Type]) -> Vec<&'a Type> {
    let item = |ty: &&'a Type| match &ty.base {
        BaseType::List(item) => Some(&**item),
        BaseType::Named(_) => None,
    };
    types.iter().filter_map(item).collect()
}

/// Puts nulls into `data` where `errors` say that fields failed.
pub fn repair(shape: &Shape, document: &ExecutableDocument, operation: &OperationDefinition, data: &mut Value, errors: &[ServerError]) {
    let walk = Walk { shape, document };
    // Places that are null by now, so that a second error below them does not bring them back.
    let mut nulled = HashSet::new();
    for error in errors.iter().filter(|error| !error.path.is_empty()) {
        if nulled.contains("") {
            return;
        }
        if let Some(kept) = walk.failed_at(operation, data, &error.path, &nulled) {
            put_null(data, &error.path[..kept]);
            nulled.insert(key(&error.path[..kept]));
        }
    }
}

impl Walk<'_> {
    /// How much of an error's path stays: its end is where the null goes. `None` when there is nothing to do.
    fn failed_at(
        &self,
        operation: &OperationDefinition,
        data: &mut Value,
        path: &[PathSegment],
        nulled: &HashSet<String>,
    ) -> Option<usize> {
        let (mut place, mut kept) = (self.start(operation), 0);
        let mut value = refill(data, path.first());
        for (at, segment) in path.iter().enumerate() {
            if nulled.contains(&key(&path[..=at])) {
                return None;
            }
            place = self.step(&place, segment)?;
            if place.nullable {
                kept = at + 1;
            }
            value = match below(value, segment) {
                Some(found) => refill(found, path.get(at + 1)),
                None => return Some(kept),
            };
            if matches!(value, Value::Null) {
                return Some(kept);
            }
        }
        None
    }
}

/// The library makes an object null when none of its fields succeeded; a field that failed within tells that there was an object.
fn refill<'a>(value: &'a mut Value, next: Option<&PathSegment>) -> &'a mut Value {
    if matches!((&*value, next), (Value::Null, Some(PathSegment::Field(_)))) {
        *value = Value::Object(IndexMap::new());
    }
    value
}

fn below<'a>(value: &'a mut Value, segment: &PathSegment) -> Option<&'a mut Value> {
    match (value, segment) {
        (Value::Object(object), PathSegment::Field(key)) => object.get_mut(key.as_str()),
        (Value::List(list), PathSegment::Index(at)) => list.get_mut(*at),
        _ => None,
    }
}

fn key(path: &[PathSegment]) -> String {
    let mut key = String::new();
    for segment in path {
        let _ = match segment {
            PathSegment::Field(name) => write!(key, "/{name}"),
            PathSegment::Index(at) => write!(key, "/{at}"),
        };
    }
    key
}

fn put_null(data: &mut Value, path: &[PathSegment]) {
    let Some((first, rest)) = path.split_first() else {
        *data = Value::Null;
        return;
    };
    match (data, first) {
        (Value::Object(object), PathSegment::Field(key)) => put_null(object.entry(Name::new(key)).or_insert(Value::Null), rest),
        (Value::List(list), PathSegment::Index(at)) => {
            if let Some(item) = list.get_mut(*at) {
                put_null(item, rest);
            }
        }
        _ => {}
    }
}

/// Repairs a response with errors to the operation of this name, or the only one, of the document `text`.
pub fn mend(shape: &Shape, text: &str, operation_name: Option<&str>, response: &mut Response) {
    // What ran could be parsed.
    let Ok(document) = parse_query(text) else { return };
    let named = |name: Option<&Name>| operation_name.is_none() || operation_name == name.map(Name::as_str);
    if let Some((_, operation)) = document.operations.iter().find(|(name, _)| named(*name)) {
        repair(shape, &document, &operation.node, &mut response.data, &response.errors);
    }
}

#[cfg(test)]
mod tests;
