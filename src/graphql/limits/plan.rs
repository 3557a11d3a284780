//! What an operation is about to do, as far as its document tells.

use async_graphql::{
    Value, Variables,
    parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType, Selection, SelectionSet},
};

use super::{DocumentLimits, TooComplex, weigh::Scales, weigh::Weight};
use crate::graphql::shape::{FieldShape, Shape};

/// What an operation is about to do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// Its kind; `None` when the document does not say which operation is meant, and then the engine refuses it.
    pub kind: Option<OperationType>,
    /// What it costs, in points.
    pub cost: u64,
    /// The mutations it runs, by name, and what class each is of.
    pub mutations: Vec<(String, Class)>,
    /// It asks what the schema looks like.
    pub introspects: bool,
}

/// How often a mutation may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// It is open to everybody: signing in, codes, captchas. Counted by address.
    Door,
    /// It moves money, proves something or takes a file.
    Delicate,
    /// Any other.
    Plain,
}

impl Class {
    fn of(known: &FieldShape) -> Self {
        if known.open {
            Self::Door
        } else if known.delicate {
            Self::Delicate
        } else {
            Self::Plain
        }
    }

    /// Whether it must be the only root field of its document, so that one request makes one try.
    #[must_use]
    pub const fn stands_alone(self) -> bool {
        match self {
            Self::Door | Self::Delicate => true,
            Self::Plain => false,
        }
    }
}

/// Weighs a document whole, and says what the operation of this name, or its only one, is about to do.
///
/// # Errors
/// The first limit that the document breaks.
pub fn plan(
    document: &ExecutableDocument,
    name: Option<&str>,
    variables: &Variables,
    shape: &Shape,
    limits: &DocumentLimits,
) -> Result<Plan, TooComplex> {
    if variables.values().map(values).fold(0, usize::saturating_add) > limits.values {
        return Err(TooComplex::Values(limits.values));
    }
    let mut scales = Scales::new(document, variables, shape, limits);
    let chosen = chosen(document, name);
    let (mut sum, mut cost) = (Weight::default(), 0);
    for (_, operation) in document.operations.iter() {
        let weight = scales.operation(&operation.node)?;
        if chosen.is_some_and(|chosen| std::ptr::eq(chosen, &operation.node)) {
            cost = weight.points();
        }
        sum.add(weight);
        sum.check(limits)?;
    }
    scales.rest()?;
    let Some(operation) = chosen else { return Ok(Plan::default()) };
    let mut roots = Vec::new();
    collect(document, &operation.selection_set.node, &mut roots);
    let plan = Plan {
        kind: Some(operation.ty),
        cost,
        introspects: roots.iter().any(|root| matches!(*root, "__schema" | "__type")),
        mutations: if operation.ty == OperationType::Mutation {
            mutations(&roots, shape)?
        } else {
            Vec::new()
        },
    };
    Ok(plan)
}

/// The operation of this name, or the only one, as the engine chooses.
fn chosen<'a>(document: &'a ExecutableDocument, name: Option<&str>) -> Option<&'a OperationDefinition> {
    let operation = match (&document.operations, name) {
        (DocumentOperations::Single(operation), _) => Some(operation),
        (DocumentOperations::Multiple(list), Some(name)) => list.get(name),
        // An only operation may have a name and needs none in the request.
        (DocumentOperations::Multiple(list), None) if list.len() == 1 => list.values().next(),
        (DocumentOperations::Multiple(_), None) => None,
    };
    operation.map(|operation| &operation.node)
}

/// The names at the top, as often as they stand there. The document was weighed: there are few, and no cycle.
fn collect<'a>(document: &'a ExecutableDocument, set: &'a SelectionSet, roots: &mut Vec<&'a str>) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => roots.push(&field.node.name.node),
            Selection::InlineFragment(inline) => collect(document, &inline.node.selection_set.node, roots),
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    collect(document, &fragment.node.selection_set.node, roots);
                }
            }
        }
    }
}

fn mutations(roots: &[&str], shape: &Shape) -> Result<Vec<(String, Class)>, TooComplex> {
    let of = shape.root(OperationType::Mutation);
    let known = roots.iter().filter_map(|root| Some((*root, Class::of(shape.field(of, root)?))));
    let mutations: Vec<(String, Class)> = known.map(|(root, class)| (root.to_owned(), class)).collect();
    match mutations.iter().find(|(_, class)| class.stands_alone()) {
        Some((name, _)) if mutations.len() > 1 => Err(TooComplex::NotAlone(name.clone())),
        _ => Ok(mutations),
    }
}

/// How many values a value holds. Transport reads no value that nests deeper than the stack bears.
fn values(value: &Value) -> usize {
    let within = match value {
        Value::List(list) => list.iter().map(values).fold(0, usize::saturating_add),
        Value::Object(object) => object.values().map(values).fold(0, usize::saturating_add),
        _ => 0,
    };
    within.saturating_add(1)
}
