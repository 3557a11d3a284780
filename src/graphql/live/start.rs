//! Takes the live cursor before a request reads anything, so that between what it reads and what is delivered afterwards there is no hole.
//!
//! Root fields run side by side, so a field by itself would come too late.

use std::any::TypeId;

use async_graphql::{
    Request,
    parser::types::{ExecutableDocument, Selection, SelectionSet},
};

use crate::kernel::{Env, feed, policy::Actor};

/// Where the reader's events stood when the request began.
#[derive(Debug, Clone, Copy)]
pub(super) struct Started(pub feed::Cursor);

/// The request with its reader's cursor of now, if it asks for `liveCursor`.
pub async fn begin(env: Option<&Env>, mut request: Request) -> Request {
    if !request.parsed_query().is_ok_and(asks) {
        return request;
    }
    let actor = request.data.get(&TypeId::of::<Actor>()).and_then(|data| data.downcast_ref());
    let (Some(env), Some(Actor::User(rights))) = (env, actor) else {
        return request;
    };
    match feed::Cursor::now(env, rights).await {
        Ok(cursor) => request.data(Started(cursor)),
        Err(fault) => {
            // The field then says that it is not available, and the others may still be.
            tracing::warn!(%fault, "the live cursor cannot be read");
            request
        }
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
