//! What a document asks for. Each fragment is weighed once for each operation, because the operation says what its variables are when they
//! are not sent; however it is spread, the work is bounded by the fields that all operations together may have.
//!
//! A field costs a tenth of a point, one with fields of its own a point, times the rows of the pages it lies in. Introspection lists the
//! schema and not the database, and is counted far cheaper.

use std::collections::HashMap;

use async_graphql::{
    Name, Number, Variables,
    parser::types::{BaseType, ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet},
};

use async_graphql_value::{ConstValue, Value};

use super::{DocumentLimits, TooComplex};
use crate::{
    graphql::shape::{FieldShape, Shape, innermost},
    kernel::page::{DEFAULT_FIRST, MAX_FIRST},
};

/// Shares of a point.
const SHARES: u64 = 10;
/// What an operation that changes or follows something costs beside its fields.
const SIDE_EFFECT: u64 = 10 * SHARES;
/// How many rows a list is taken to have that has no pages.
const SHORT_LIST: u64 = 4;
/// How many fields of introspection cost as much as one field.
const INTROSPECTION: u64 = 150;

/// What a part of a document asks for. Sums saturate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Weight {
    /// Fields and spreads.
    pub fields: usize,
    /// Fields with an alias.
    pub aliases: usize,
    /// Directives.
    pub directives: usize,
    /// Levels of fields.
    pub depth: usize,
    /// Fields at the top.
    pub roots: usize,
    /// Tenths of a point.
    shares: u64,
    /// Lists of introspection within lists of introspection.
    lists: usize,
}

impl Weight {
    /// Points, rounded up.
    #[must_use]
    pub const fn points(&self) -> u64 {
        self.shares.div_ceil(SHARES)
    }

    /// Both side by side.
    pub fn add(&mut self, other: Self) {
        self.fields = self.fields.saturating_add(other.fields);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.roots = self.roots.saturating_add(other.roots);
        self.shares = self.shares.saturating_add(other.shares);
        self.depth = self.depth.max(other.depth);
        self.lists = self.lists.max(other.lists);
    }

    /// The same selections one level deeper, under a field.
    fn under_field(self, aliased: bool) -> Self {
        Self {
            fields: self.fields.saturating_add(1),
            aliases: self.aliases.saturating_add(usize::from(aliased)),
            depth: self.depth.saturating_add(1),
            roots: 1,
            ..self
        }
    }

    /// All but the cost, which depends on the operation.
    pub fn check(&self, limits: &DocumentLimits) -> Result<(), TooComplex> {
        let refused = if self.depth > limits.depth {
            TooComplex::Depth(limits.depth)
        } else if self.aliases > limits.aliases {
            TooComplex::Aliases(limits.aliases)
        } else if self.directives > limits.directives {
            TooComplex::Directives(limits.directives)
        } else if self.fields > limits.fields {
            TooComplex::Fields(limits.fields)
        } else if self.lists > limits.introspected_lists {
            TooComplex::Introspection
        } else {
            return Ok(());
        };
        Err(refused)
    }
}

/// A fragment while the document is weighed: under way, or done.
enum Known {
    Open,
    Done(Weight),
}

/// What one document is weighed with.
pub struct Scales<'a> {
    document: &'a ExecutableDocument,
    variables: &'a Variables,
    shape: &'a Shape,
    limits: &'a DocumentLimits,
    /// The operation that is being weighed.
    operation: Option<&'a OperationDefinition>,
    /// Its fragments.
    known: HashMap<&'a str, Known>,
}

impl<'a> Scales<'a> {
    /// Scales for a document.
    #[must_use]
    pub fn new(document: &'a ExecutableDocument, variables: &'a Variables, shape: &'a Shape, limits: &'a DocumentLimits) -> Self {
        Self {
            document,
            variables,
            shape,
            limits,
            operation: None,
            known: HashMap::new(),
        }
    }

    /// Weighs one operation.
    pub fn operation(&mut self, operation: &'a OperationDefinition) -> Result<Weight, TooComplex> {
        let shape = self.shape;
        self.operation = Some(operation);
        self.known.clear();
        let mut weight = self.selections(shape.root(operation.ty), &operation.selection_set.node, 0)?;
        if weight.roots > self.limits.root_fields {
            return Err(TooComplex::RootFields(self.limits.root_fields));
        }
        let variables = operation.variable_definitions.iter().map(|variable| variable.node.directives.len());
        let directives = operation.directives.len().saturating_add(variables.sum());
        weight.directives = weight.directives.saturating_add(directives);
        if operation.ty != OperationType::Query {
            weight.shares = weight.shares.saturating_add(SIDE_EFFECT);
        }
        if weight.points() > self.limits.cost {
            return Err(TooComplex::Cost(self.limits.cost));
        }
        Ok(weight)
    }

    /// Weighs the fragments that no operation spreads, so that none is left unseen.
    pub fn rest(&mut self) -> Result<(), TooComplex> {
        self.operation = None;
        for name in self.document.fragments.keys() {
            self.fragment(name, 1)?;
        }
        Ok(())
    }

    fn selections(&mut self, parent: &'a str, set: &'a SelectionSet, spreads: usize) -> Result<Weight, TooComplex> {
        let mut sum = Weight::default();
        for selection in &set.items {
            let mut part = match &selection.node {
                Selection::Field(field) => self.field(parent, &field.node, spreads)?,
                Selection::InlineFragment(inline) => {
                    let on = inline.node.type_condition.as_ref();
                    let on = on.map_or(parent, |condition| condition.node.on.node.as_str());
                    self.selections(on, &inline.node.selection_set.node, spreads)?
                }
                Selection::FragmentSpread(spread) => {
                    let mut weight = self.fragment(&spread.node.fragment_name.node, spreads + 1)?;
                    weight.fields = weight.fields.saturating_add(1);
                    weight
                }
            };
            part.directives = part.directives.saturating_add(selection.node.directives().len());
            sum.add(part);
        }
        sum.check(self.limits)?;
        Ok(sum)
    }

    fn fragment(&mut self, name: &'a str, spreads: usize) -> Result<Weight, TooComplex> {
        match self.known.get(name) {
            Some(Known::Done(weight)) => return Ok(*weight),
            Some(Known::Open) => return Err(TooComplex::Cycle(name.to_owned())),
            None if spreads > self.limits.spreads => return Err(TooComplex::Spreads(self.limits.spreads)),
            None => {}
        }
        // A spread of an unknown fragment is for validation to refuse.
        let Some(fragment) = self.document.fragments.get(name) else {
            return Ok(Weight::default());
        };
        self.known.insert(name, Known::Open);
        let on = fragment.node.type_condition.node.on.node.as_str();
        let mut weight = self.selections(on, &fragment.node.selection_set.node, spreads)?;
        weight.directives = weight.directives.saturating_add(fragment.node.directives.len());
        self.known.insert(name, Known::Done(weight));
        Ok(weight)
    }

    fn field(&mut self, parent: &'a str, field: &'a Field, spreads: usize) -> Result<Weight, TooComplex> {
        let name = field.name.node.as_str();
        if parent.starts_with("__") || matches!(name, "__schema" | "__type") {
            return self.introspected(parent, field, spreads);
        }
        let shape = self.shape;
        let known = shape.field(parent, name);
        let within = known.map_or("", |known| innermost(&known.ty));
        let mut weight = self.selections(within, &field.selection_set.node, spreads)?;
        let below = weight.shares.saturating_mul(self.rows(parent, known, field));
        weight.shares = below.saturating_add(own_shares(field));
        Ok(weight.under_field(field.alias.is_some()))
    }

    /// How many rows a field gives at most, as far as one can tell.
    fn rows(&self, parent: &str, known: Option<&FieldShape>, field: &Field) -> u64 {
        let most = u64::from(MAX_FIRST);
        let asked = field.arguments.iter().find_map(|(name, value)| match name.node.as_str() {
            "first" | "last" => Some(self.number(&value.node).unwrap_or(most)),
            "ids" => Some(self.length(&value.node)),
            _ => None,
        });
        match (asked, known) {
            (Some(asked), _) => asked.clamp(1, most),
            (None, Some(known)) if known.paged => u64::from(DEFAULT_FIRST),
            // The rows of a page were counted at the field that asked for them.
            (None, Some(known)) if matches!(known.ty.base, BaseType::List(_)) && !parent.ends_with("Connection") => SHORT_LIST,
            _ => 1,
        }
    }

    /// What the engine takes for a variable: what was sent, or else what the operation says.
    fn value(&self, variable: &Name) -> Option<&ConstValue> {
        if let Some(sent) = self.variables.get(variable) {
            return Some(sent);
        }
        let mut definitions = self.operation?.variable_definitions.iter();
        let found = definitions.find(|definition| definition.node.name.node == *variable)?;
        found.node.default_value.as_ref().map(|default| &default.node)
    }

    /// A number as written, or as its variable says. `None`: it does not say.
    fn number(&self, value: &Value) -> Option<u64> {
        match value {
            Value::Number(number) => Some(whole(number)),
            Value::Variable(name) => match self.value(name) {
                Some(ConstValue::Number(number)) => Some(whole(number)),
                _ => None,
            },
            _ => Some(0),
        }
    }

    fn length(&self, value: &Value) -> u64 {
        let length = match value {
            Value::List(list) => list.len(),
            Value::Variable(name) => match self.value(name) {
                Some(ConstValue::List(list)) => list.len(),
                _ => 1,
            },
            _ => 1,
        };
        u64::try_from(length).unwrap_or(u64::MAX)
    }

    fn introspected(&mut self, parent: &'a str, field: &'a Field, spreads: usize) -> Result<Weight, TooComplex> {
        let name = field.name.node.as_str();
        // What lies below is of the schema's own types, whichever; only their kind matters here.
        let mut weight = self.selections("__Type", &field.selection_set.node, spreads)?;
        let (rows, nests) = match name {
            "types" => (self.shape.types(), false),
            "fields" => (4, true),
            "inputFields" => (2, true),
            "interfaces" | "possibleTypes" => (1, true),
            "enumValues" | "directives" => (3, false),
            _ => (1, false),
        };
        weight.lists = weight.lists.saturating_add(usize::from(nests));
        weight.shares = weight.shares.saturating_mul(rows).saturating_add(own_shares(field));
        if !parent.starts_with("__") {
            weight.shares = weight.shares.div_ceil(INTROSPECTION);
        }
        Ok(weight.under_field(field.alias.is_some()))
    }
}

/// A number that is no page size at all counts as the nearest that is.
fn whole(number: &Number) -> u64 {
    let beyond = || {
        if number.as_f64().is_some_and(|number| number >= 1.0) {
            u64::MAX
        } else {
            0
        }
    };
    number.as_u64().unwrap_or_else(beyond)
}

fn own_shares(field: &Field) -> u64 {
    if field.selection_set.node.items.is_empty() { 1 } else { SHARES }
}
