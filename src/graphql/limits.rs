//! Refuses documents that would cost too much, before anything is validated or run.
//!
//! The library's own limits run after the work they should prevent: each level of `fragment A { ...B ...B }` doubles it.
//! Here each fragment is weighed once and its weight is remembered.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextParseQuery, NextPrepareRequest, NextValidation};
use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, Selection, SelectionSet};
use async_graphql::{ErrorExtensionValues, Request, ServerError, ServerResult, ValidationResult, Variables};

use crate::graphql::scan::{TextLimits, TextRefused, scan};

/// The document cannot be parsed.
pub const PARSE_FAILED: &str = "GRAPHQL_PARSE_FAILED";
/// The document does not fit the schema, or the variables do not fit the document.
pub const VALIDATION_FAILED: &str = "GRAPHQL_VALIDATION_FAILED";
/// The text is too long or has too many tokens.
pub const TOO_LARGE: &str = "DOCUMENT_TOO_LARGE";
/// The document nests too deeply or asks for too much.
pub const TOO_COMPLEX: &str = "DOCUMENT_TOO_COMPLEX";

/// How much one document may ask for. Fragments count as often as they are spread.
#[derive(Debug, Clone, Copy)]
pub struct DocumentLimits {
    /// The raw text.
    pub text: TextLimits,
    /// Levels of fields; a root field is level 1.
    pub depth: usize,
    /// Fields with an alias.
    pub aliases: usize,
    /// Directives, wherever they stand.
    pub directives: usize,
    /// Fields directly under an operation.
    pub root_fields: usize,
    /// Fields in all.
    pub fields: usize,
    /// Fragments that spread fragments that spread fragments.
    pub spreads: usize,
}

impl Default for DocumentLimits {
    fn default() -> Self {
        Self {
            text: TextLimits::default(),
            depth: 15,
            aliases: 30,
            directives: 50,
            root_fields: 10,
            fields: 1_000,
            spreads: 16,
        }
    }
}

/// Why a parsed document does not run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TooComplex {
    /// Too many levels of fields.
    #[error("The document is nested more than {0} levels.")]
    Depth(usize),
    /// Too many aliases.
    #[error("The document has more than {0} aliases.")]
    Aliases(usize),
    /// Too many directives.
    #[error("The document has more than {0} directives.")]
    Directives(usize),
    /// Too many root fields.
    #[error("The document has more than {0} root fields.")]
    RootFields(usize),
    /// Too many fields.
    #[error("The document asks for more than {0} fields.")]
    Fields(usize),
    /// Fragments within fragments, too many levels of them.
    #[error("The document nests more than {0} fragments.")]
    Spreads(usize),
    /// A fragment that contains itself.
    #[error("The fragment \"{0}\" contains itself.")]
    Cycle(String),
}

/// What a part of a document asks for. Sums saturate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Weight {
    fields: usize,
    aliases: usize,
    directives: usize,
    depth: usize,
    roots: usize,
}

impl Weight {
    fn add(&mut self, other: Self) {
        self.fields = self.fields.saturating_add(other.fields);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.roots = self.roots.saturating_add(other.roots);
        self.depth = self.depth.max(other.depth);
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

    fn check(&self, limits: &DocumentLimits) -> Result<(), TooComplex> {
        let refused = if self.depth > limits.depth {
            TooComplex::Depth(limits.depth)
        } else if self.aliases > limits.aliases {
            TooComplex::Aliases(limits.aliases)
        } else if self.directives > limits.directives {
            TooComplex::Directives(limits.directives)
        } else if self.fields > limits.fields {
            TooComplex::Fields(limits.fields)
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

struct Scales<'a> {
    document: &'a ExecutableDocument,
    limits: &'a DocumentLimits,
    known: HashMap<&'a str, Known>,
}

impl<'a> Scales<'a> {
    fn operation(&mut self, operation: &'a OperationDefinition) -> Result<Weight, TooComplex> {
        let mut weight = self.selections(&operation.selection_set.node, 0)?;
        if weight.roots > self.limits.root_fields {
            return Err(TooComplex::RootFields(self.limits.root_fields));
        }
        let variables: usize = operation
            .variable_definitions
            .iter()
            .map(|variable| variable.node.directives.len())
            .sum();
        weight.directives = weight
            .directives
            .saturating_add(operation.directives.len())
            .saturating_add(variables);
        Ok(weight)
    }

    fn selections(&mut self, set: &'a SelectionSet, spreads: usize) -> Result<Weight, TooComplex> {
        let mut sum = Weight::default();
        for selection in &set.items {
            let mut part = match &selection.node {
                Selection::Field(field) => self
                    .selections(&field.node.selection_set.node, spreads)?
                    .under_field(field.node.alias.is_some()),
                Selection::InlineFragment(inline) => self.selections(&inline.node.selection_set.node, spreads)?,
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node, spreads + 1)?,
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
        let mut weight = self.selections(&fragment.node.selection_set.node, spreads)?;
        weight.directives = weight.directives.saturating_add(fragment.node.directives.len());
        self.known.insert(name, Known::Done(weight));
        Ok(weight)
    }
}

/// Weighs all operations of a document and all its fragments, used or not. Linear in the document.
///
/// # Errors
/// The first limit that the document breaks.
pub fn weigh(document: &ExecutableDocument, limits: &DocumentLimits) -> Result<(), TooComplex> {
    let mut scales = Scales {
        document,
        limits,
        known: HashMap::new(),
    };
    let mut sum = Weight::default();
    for (_, operation) in document.operations.iter() {
        sum.add(scales.operation(&operation.node)?);
    }
    for name in document.fragments.keys() {
        scales.fragment(name, 1)?;
    }
    sum.check(limits)
}

/// Scans the text of a request, parses it and weighs it; the parsed document stays in the request.
///
/// # Errors
/// An error with its code, for the client.
pub fn examine(request: &mut Request) -> ServerResult<&ExecutableDocument> {
    let limits = DocumentLimits::default();
    scan(&request.query, &limits.text).map_err(|refused| coded(ServerError::new(refused.to_string(), None), code_of(refused)))?;
    let document = request.parsed_query().map_err(|error| coded(error, PARSE_FAILED))?;
    weigh(document, &limits).map_err(|refused| coded(ServerError::new(refused.to_string(), None), TOO_COMPLEX))?;
    Ok(document)
}

fn code_of(refused: TextRefused) -> &'static str {
    match refused {
        TextRefused::Bytes(_) | TextRefused::Tokens(_) => TOO_LARGE,
        TextRefused::Nesting(_) => TOO_COMPLEX,
        TextRefused::OpenString => PARSE_FAILED,
    }
}

/// Gives an error its code, if it has none.
pub fn coded(mut error: ServerError, code: &str) -> ServerError {
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    if extensions.get("code").is_none() {
        extensions.set("code", code);
    }
    error
}

/// The extension that refuses documents that are too large or too dear, over HTTP and sockets alike. Register it first.
#[derive(Debug, Clone, Copy, Default)]
pub struct Limits;

impl ExtensionFactory for Limits {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait::async_trait]
impl Extension for Limits {
    async fn prepare_request(
        &self,
        ctx: &ExtensionContext<'_>,
        mut request: Request,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<Request> {
        examine(&mut request)?;
        next.run(ctx, request).await
    }

    async fn parse_query(
        &self,
        ctx: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        next.run(ctx, query, variables).await.map_err(|error| coded(error, PARSE_FAILED))
    }

    async fn validation(&self, ctx: &ExtensionContext<'_>, next: NextValidation<'_>) -> Result<ValidationResult, Vec<ServerError>> {
        let refused = |errors: Vec<ServerError>| errors.into_iter().map(|error| coded(error, VALIDATION_FAILED)).collect();
        next.run(ctx).await.map_err(refused)
    }
}

#[cfg(test)]
mod tests;
