//! Refuses documents that would cost too much, before anything is validated or run.
//!
//! The library's own limits run after the work they should prevent: each level of `fragment A { ...B ...B }` doubles it. Nothing reaches
//! the library but through [`examine`]: transport can make a call of nothing else.

use async_graphql::{Request, ServerError, ServerResult};

use super::{
    said::Said,
    scan::{TextLimits, TextRefused, scan},
    shape::Shape,
};

mod known;
mod plan;
pub mod rates;
mod weigh;

pub use known::Known;
pub use plan::{Class, Plan};

/// The document cannot be parsed.
pub const PARSE_FAILED: &str = "GRAPHQL_PARSE_FAILED";
/// The document does not fit the schema, or the variables do not fit the document.
pub const VALIDATION_FAILED: &str = "GRAPHQL_VALIDATION_FAILED";
/// The text is too long or has too many tokens, or the variables hold too many values.
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
    /// Fields and spreads in all.
    pub fields: usize,
    /// Fragments that spread fragments that spread fragments.
    pub spreads: usize,
    /// Lists within lists of an introspection, which would go round in circles.
    pub introspected_lists: usize,
    /// Points of one operation.
    pub cost: u64,
    /// Values within all variables.
    pub values: usize,
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
            introspected_lists: 2,
            cost: 1_000,
            values: 2_000,
        }
    }
}

/// Why a parsed document does not run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TooComplex {
    /// Too many levels of fields.
    #[error("more than {0} levels")]
    Depth(usize),
    /// Too many aliases.
    #[error("more than {0} aliases")]
    Aliases(usize),
    /// Too many directives.
    #[error("more than {0} directives")]
    Directives(usize),
    /// Too many root fields.
    #[error("more than {0} root fields")]
    RootFields(usize),
    /// Too many fields.
    #[error("more than {0} fields")]
    Fields(usize),
    /// Fragments within fragments, too many levels of them.
    #[error("more than {0} fragments in each other")]
    Spreads(usize),
    /// A fragment that contains itself.
    #[error("the fragment {0} contains itself")]
    Cycle(String),
    /// Introspection that goes round in circles.
    #[error("introspection in circles")]
    Introspection,
    /// Too dear.
    #[error("more than {0} points")]
    Cost(u64),
    /// Too many values in the variables.
    #[error("more than {0} values in variables")]
    Values(usize),
    /// A mutation that must be the only one.
    #[error("{0} is not alone")]
    NotAlone(String),
}

/// Scans the text of a request, parses it and weighs it; the parsed document stays in the request.
///
/// # Errors
/// An error with its code, for the client.
pub fn examine(request: &mut Request, shape: &Shape, known: &Known) -> ServerResult<Plan> {
    let limits = DocumentLimits::default();
    scan(&request.query, &limits.text).map_err(text_refusal)?;
    let seen = known.parse(request).map_err(parse_failed)?;
    let variables = std::mem::take(&mut request.variables);
    let name = request.operation_name.clone();
    let planned = match request.parsed_query() {
        Ok(document) => plan::plan(document, name.as_deref(), &variables, shape, &limits).map_err(refusal),
        Err(error) => Err(parse_failed(error)),
    };
    request.variables = variables;
    if planned.is_ok() && !seen {
        known.keep(request);
    }
    planned
}

fn text_refusal(refused: TextRefused) -> ServerError {
    match refused {
        TextRefused::Bytes(most) => Said::new("request-document-bytes").with("max", most).refusal(TOO_LARGE),
        TextRefused::Tokens(most) => Said::new("request-document-tokens").with("max", most).refusal(TOO_LARGE),
        TextRefused::Nesting(most) => Said::new("request-document-nesting").with("max", most).refusal(TOO_COMPLEX),
        TextRefused::OpenString => Said::new("request-document-open-string").refusal(PARSE_FAILED),
    }
}

fn refusal(refused: TooComplex) -> ServerError {
    let most = |words, most: usize| Said::new(words).with("max", most).refusal(TOO_COMPLEX);
    match refused {
        TooComplex::Depth(depth) => most("request-document-depth", depth),
        TooComplex::Aliases(aliases) => most("request-document-aliases", aliases),
        TooComplex::Directives(directives) => most("request-document-directives", directives),
        TooComplex::RootFields(roots) => most("request-document-roots", roots),
        TooComplex::Fields(fields) => most("request-document-fields", fields),
        TooComplex::Spreads(spreads) => most("request-document-spreads", spreads),
        TooComplex::Cycle(name) => Said::new("request-document-cycle")
            .with("name", shortened(&name))
            .refusal(TOO_COMPLEX),
        TooComplex::Introspection => Said::new("request-document-introspection").refusal(TOO_COMPLEX),
        TooComplex::Cost(cost) => Said::new("request-document-cost").with("max", cost).refusal(TOO_COMPLEX),
        TooComplex::Values(values) => Said::new("request-variables-values").with("max", values).refusal(TOO_LARGE),
        TooComplex::NotAlone(name) => Said::new("request-document-not-alone").with("name", name).refusal(TOO_COMPLEX),
    }
}

/// The client's own names come back to him, but not whole pages of them.
fn shortened(name: &str) -> String {
    name.chars().take(80).collect()
}

/// An error of the parser, in our words around its own.
pub fn parse_failed(error: ServerError) -> ServerError {
    about("request-parse-failed", error, PARSE_FAILED)
}

/// An error of validation, in our words around the library's.
pub fn validation_failed(error: ServerError) -> ServerError {
    about("request-validation-failed", error, VALIDATION_FAILED)
}

/// An error about a value, in our words around the library's.
pub fn bad_input(error: ServerError) -> ServerError {
    about("request-bad-input", error, "BAD_USER_INPUT")
}

fn about(words: &'static str, error: ServerError, code: &str) -> ServerError {
    let refused = Said::new(words).with("detail", &error.message).refusal(code);
    ServerError {
        locations: error.locations,
        path: error.path,
        ..refused
    }
}

#[cfg(test)]
mod tests;
