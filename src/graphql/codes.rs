//! Gives the library's own errors their codes.

use std::sync::Arc;

use async_graphql::{
    ServerError, ServerResult, ValidationResult, Variables,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextParseQuery, NextValidation},
    parser::types::ExecutableDocument,
};

use super::limits::{parse_failed, validation_failed};

/// The most errors of validation that one answer tells.
const MOST_ERRORS: usize = 20;

/// The extension that gives errors of parsing and validation their codes, over HTTP and sockets alike.
#[derive(Debug, Clone, Copy, Default)]
pub struct Codes;

impl ExtensionFactory for Codes {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait::async_trait]
impl Extension for Codes {
    async fn parse_query(
        &self,
        ctx: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        next.run(ctx, query, variables).await.map_err(parse_failed)
    }

    async fn validation(&self, ctx: &ExtensionContext<'_>, next: NextValidation<'_>) -> Result<ValidationResult, Vec<ServerError>> {
        let told = |errors: Vec<ServerError>| errors.into_iter().take(MOST_ERRORS).map(validation_failed).collect();
        next.run(ctx).await.map_err(told)
    }
}
