//! The words of texts, cut as the house cuts them. Names of games and the like are cut once.

use std::collections::{BTreeSet, HashMap};

use handover::market::search::words_of_text;

/// What was cut before.
#[derive(Default)]
pub struct Cutter(HashMap<String, BTreeSet<String>>);

impl Cutter {
    /// The words of a text that will hardly come again.
    pub fn cut(&self, text: &str) -> BTreeSet<String> {
        words_of_text(text)
    }

    /// The words of a text that many listings have.
    pub fn known(&mut self, text: &str) -> &BTreeSet<String> {
        if !self.0.contains_key(text) {
            self.0.insert(text.to_owned(), words_of_text(text));
        }
        &self.0[text]
    }
}
