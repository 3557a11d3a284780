//! Documents that were parsed lately. Clients send the same few again and again, and parsing is most of what a small one costs.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use async_graphql::{Request, ServerResult, parser::types::ExecutableDocument};

/// The most bytes of text that are kept. A parsed document takes at most some hundred times its text: a strangers' flood fills 13 MB.
const MOST: usize = 128 * 1_024;

/// Documents that were parsed lately, by their text.
#[derive(Debug, Default)]
pub struct Known(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    documents: HashMap<Arc<str>, Arc<ExecutableDocument>>,
    bytes: usize,
}

impl Known {
    /// Puts the document into a request, parsed. The answer says whether it was known.
    ///
    /// # Errors
    /// The text cannot be parsed.
    pub(super) fn parse(&self, request: &mut Request) -> ServerResult<bool> {
        let known = self.kept(|kept| kept.documents.get(request.query.as_str()).cloned());
        if let Some(document) = &known {
            request.set_parsed_query(ExecutableDocument::clone(document));
        } else {
            request.parsed_query()?;
        }
        Ok(known.is_some())
    }

    /// Keeps a request's document, which is within the limits. When there is no more room all are forgotten; those in use are soon back.
    pub(super) fn keep(&self, request: &mut Request) {
        let text: Arc<str> = request.query.as_str().into();
        let Ok(document) = request.parsed_query() else { return };
        let document = Arc::new(document.clone());
        self.kept(|kept| {
            if kept.bytes + text.len() > MOST {
                *kept = Kept::default();
            }
            kept.bytes += text.len();
            if let Some(_same) = kept.documents.insert(Arc::clone(&text), document) {
                kept.bytes -= text.len();
            }
        });
    }

    fn kept<T>(&self, look: impl FnOnce(&mut Kept) -> T) -> T {
        // A panic in between can at worst miscount what is kept.
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(known: &Known, text: &str) -> bool {
        let mut request = Request::new(text);
        let seen = known.parse(&mut request).expect("it parses");
        if !seen {
            known.keep(&mut request);
        }
        assert_eq!(request.parsed_query().expect("parsed").operations.iter().count(), 1, "{text}");
        seen
    }

    #[test]
    fn a_document_is_parsed_once_and_room_is_made_for_new_ones() {
        let known = Known::default();
        assert!(!seen(&known, "{a}") && seen(&known, "{a}") && !seen(&known, "{b}") && seen(&known, "{a}"));
        let long = format!("{{ {} }}", "a ".repeat(8_000));
        for number in 0..20 {
            assert!(!seen(&known, &format!("{long}#{number}")));
            assert!(known.0.lock().unwrap_or_else(PoisonError::into_inner).bytes <= MOST);
        }
        assert!(!seen(&known, "{a}"));
        assert!(known.parse(&mut Request::new("{")).is_err());
    }
}
