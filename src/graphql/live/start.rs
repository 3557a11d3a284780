//! Takes the live cursor before a request reads anything, so that between what it reads and what is delivered afterwards there is no hole.
//!
//! Root fields run side by side, so a field by itself would come too late.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use async_graphql::{
    Data, Request, Response, ServerResult,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute, NextPrepareRequest},
    parser::types::{ExecutableDocument, Selection, SelectionSet},
};

use crate::kernel::{Env, feed, policy::Actor};

/// Where the reader's events stood when the request began.
#[derive(Debug, Clone, Copy)]
pub(super) struct Started(pub feed::Cursor);

/// The extension. It does nothing for requests that do not ask for `liveCursor`.
#[derive(Debug, Clone, Copy, Default)]
pub struct LiveStart;

impl ExtensionFactory for LiveStart {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(OneRequest::default())
    }
}

#[derive(Default)]
struct OneRequest {
    asked: AtomicBool,
}

#[async_trait::async_trait]
impl Extension for OneRequest {
    async fn prepare_request(
        &self,
        ctx: &ExtensionContext<'_>,
        mut request: Request,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<Request> {
        let asked = request.parsed_query().is_ok_and(asks);
        self.asked.store(asked, Ordering::Relaxed);
        next.run(ctx, request).await
    }

    async fn execute(&self, ctx: &ExtensionContext<'_>, operation_name: Option<&str>, next: NextExecute<'_>) -> Response {
        if !self.asked.load(Ordering::Relaxed) {
            return next.run(ctx, operation_name).await;
        }
        let mut data = Data::default();
        if let (Ok(env), Ok(Actor::User(rights))) = (ctx.data::<Env>(), ctx.data::<Actor>()) {
            match feed::Cursor::now(env, rights.user).await {
                Ok(cursor) => data.insert(Started(cursor)),
                // The field then says that it is not available, and the others may still be.
                Err(fault) => tracing::warn!(%fault, "the live cursor cannot be read"),
            }
        }
        next.run_with_data(ctx, operation_name, data).await
    }
}

/// Whether `liveCursor` is selected where root fields stand. A field of that name elsewhere costs one read and harms nothing.
fn asks(document: &ExecutableDocument) -> bool {
    let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set.node);
    let fragments = document.fragments.values().map(|fragment| &fragment.node.selection_set.node);
    operations.chain(fragments).any(selects)
}

fn selects(set: &SelectionSet) -> bool {
    set.items.iter().any(|item| match &item.node {
        Selection::Field(field) => field.node.name.node == "liveCursor",
        Selection::InlineFragment(inline) => selects(&inline.node.selection_set.node),
        // Fragments are looked at by themselves.
        Selection::FragmentSpread(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    #[test]
    fn it_is_found_wherever_a_root_field_can_stand() {
        for (text, expected) in [
            ("{ liveCursor }", true),
            ("{ at: liveCursor }", true),
            ("{ ... { liveCursor } }", true),
            ("{ ...Start } fragment Start on Query { liveCursor }", true),
            ("{ notices { nodes { id } } }", false),
        ] {
            assert_eq!(asks(&parse_query(text).unwrap()), expected, "{text}");
        }
    }
}
