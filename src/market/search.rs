//! Finding listings by words. The application cuts them, so that every database finds the same.
//!
//! A listing is found by its title, its game (names and aliases), its server and what it says of its attributes. Its words are rows of a table of
//! their own while it is on sale or reserved; a purchase touches none of them.

pub mod cut;
mod index;
mod synonyms;

pub use cut::{words_of_query, words_of_text};
pub use index::{catch_up, forget, forget_all, index, restart};
