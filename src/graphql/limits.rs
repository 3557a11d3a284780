//! What a document may cost, weighed on the parsed text before validation: fragments that double at each level would take seconds there.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    Name, Positioned, Request, ServerError, ServerResult, Variables,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextParseQuery, NextPrepareRequest},
    parser::types::{ExecutableDocument, FragmentDefinition, Selection, SelectionSet},
};
use async_trait::async_trait;

use super::scan::scan;

/// The deepest nesting of fields. The standard introspection query has 15.
const MAX_DEPTH: usize = 15;
/// The most fields, counted as often as fragments spread them.
const MAX_FIELDS: usize = 1_000;
const MAX_ALIASES: usize = 30;
const MAX_DIRECTIVES: usize = 50;
const MAX_ROOT_FIELDS: usize = 10;

/// Refuses documents that are too large or too dear, over HTTP and sockets alike.
pub struct Limits;

impl ExtensionFactory for Limits {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

fn refuse(message: impl Into<String>, code: &str) -> ServerError {
    let mut error = ServerError::new(message, None);
    error.extensions.get_or_insert_default().set("code", code);
    error
}

#[async_trait]
impl Extension for Limits {
    async fn prepare_request(&self, ctx: &ExtensionContext<'_>, request: Request, next: NextPrepareRequest<'_>) -> ServerResult<Request> {
        scan(&request.query).map_err(|why| refuse(why.to_string(), "DOCUMENT_TOO_LARGE"))?;
        next.run(ctx, request).await
    }

    async fn parse_query(
        &self,
        ctx: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        let document = next.run(ctx, query, variables).await.map_err(|mut error| {
            error.extensions.get_or_insert_default().set("code", "GRAPHQL_PARSE_FAILED");
            error
        })?;
        check(&document)?;
        Ok(document)
    }
}

/// What a selection costs, fragments included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Weight {
    depth: usize,
    fields: usize,
    aliases: usize,
    directives: usize,
    roots: usize,
}

impl Weight {
    const fn beside(self, other: Self) -> Self {
        Self {
            depth: if self.depth > other.depth { self.depth } else { other.depth },
            fields: self.fields.saturating_add(other.fields),
            aliases: self.aliases.saturating_add(other.aliases),
            directives: self.directives.saturating_add(other.directives),
            roots: self.roots.saturating_add(other.roots),
        }
    }
}

/// Weighs each fragment once.
struct Scale<'a> {
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    known: HashMap<&'a Name, Option<Weight>>,
}

impl<'a> Scale<'a> {
    fn set(&mut self, set: &'a SelectionSet) -> ServerResult<Weight> {
        set.items
            .iter()
            .try_fold(Weight::default(), |sum, item| Ok(sum.beside(self.selection(&item.node)?)))
    }

    fn selection(&mut self, selection: &'a Selection) -> ServerResult<Weight> {
        match selection {
            Selection::Field(field) => {
                let field = &field.node;
                let inner = self.set(&field.selection_set.node)?;
                Ok(Weight {
                    depth: inner.depth + 1,
                    fields: inner.fields.saturating_add(1),
                    aliases: inner.aliases.saturating_add(usize::from(field.alias.is_some())),
                    directives: inner.directives.saturating_add(field.directives.len()),
                    roots: 1,
                })
            }
            Selection::InlineFragment(fragment) => self
                .set(&fragment.node.selection_set.node)
                .map(|weight| with_directives(weight, fragment.node.directives.len())),
            Selection::FragmentSpread(spread) => self
                .fragment(&spread.node.fragment_name.node)
                .map(|weight| with_directives(weight, spread.node.directives.len())),
        }
    }

    /// A fragment that is being weighed already spreads itself. An unknown one weighs nothing: validation will name it.
    fn fragment(&mut self, name: &'a Name) -> ServerResult<Weight> {
        match self.known.get(name) {
            Some(Some(weight)) => return Ok(*weight),
            Some(None) => return Err(refuse("A fragment spreads itself", "GRAPHQL_VALIDATION_FAILED")),
            None => {}
        }
        let Some(fragment) = self.fragments.get(name) else {
            return Ok(Weight::default());
        };
        self.known.insert(name, None);
        let weight = self.set(&fragment.node.selection_set.node)?;
        self.known.insert(name, Some(weight));
        Ok(weight)
    }
}

const fn with_directives(weight: Weight, directives: usize) -> Weight {
    Weight {
        directives: weight.directives.saturating_add(directives),
        ..weight
    }
}

/// Weighs every operation and every fragment, used or not.
fn check(document: &ExecutableDocument) -> ServerResult<()> {
    let mut scale = Scale {
        fragments: &document.fragments,
        known: HashMap::new(),
    };
    for name in document.fragments.keys() {
        judge(scale.fragment(name)?, false)?;
    }
    for (_, operation) in document.operations.iter() {
        judge(scale.set(&operation.node.selection_set.node)?, true)?;
    }
    Ok(())
}

fn judge(weight: Weight, operation: bool) -> ServerResult<()> {
    let limits = [
        ("is nested deeper", weight.depth, MAX_DEPTH),
        ("has more fields", weight.fields, MAX_FIELDS),
        ("has more aliases", weight.aliases, MAX_ALIASES),
        ("has more directives", weight.directives, MAX_DIRECTIVES),
        ("has more root fields", if operation { weight.roots } else { 0 }, MAX_ROOT_FIELDS),
    ];
    match limits.into_iter().find(|(_, found, most)| found > most) {
        Some((what, _, most)) => Err(refuse(format!("The document {what} than {most}"), "DOCUMENT_TOO_COMPLEX")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use async_graphql::parser::parse_query;

    use super::*;

    fn code(query: &str) -> Option<String> {
        let refused = check(&parse_query(query).unwrap()).err()?;
        Some(refused.extensions?.get("code")?.to_string())
    }

    #[test]
    fn fragments_that_double_are_weighed_once_each() {
        let mut query = "{ ...F0 }".to_owned();
        for level in 0..40 {
            write!(query, " fragment F{level} on Q {{ ...F{0} ...F{0} }}", level + 1).unwrap();
        }
        query.push_str(" fragment F40 on Q { a }");
        assert_eq!(code(&query).as_deref(), Some("\"DOCUMENT_TOO_COMPLEX\""));
    }

    #[test]
    fn each_limit_has_a_last_allowed_and_a_first_refused() {
        let nested = |depth: usize| format!("{}{}", "{a".repeat(depth), "}".repeat(depth));
        assert_eq!(code(&nested(15)), None);
        assert!(code(&nested(16)).is_some());
        let roots = |count: usize| format!("{{{}}}", " a".repeat(count));
        assert_eq!(code(&roots(10)), None);
        assert!(code(&roots(11)).is_some());
        let aliases = |count: usize| {
            format!(
                "{{ r {{{}}} }}",
                (0..count).fold(String::new(), |text, i| format!("{text} a{i}: a"))
            )
        };
        assert_eq!(code(&aliases(30)), None);
        assert!(code(&aliases(31)).is_some());
        assert_eq!(
            code("{ ...A } fragment A on Q { ...B } fragment B on Q { ...A }").as_deref(),
            Some("\"GRAPHQL_VALIDATION_FAILED\"")
        );
    }
}
