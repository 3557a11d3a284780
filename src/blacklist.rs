//! Putting somebody on the blacklist, with all that follows from it for those who trade with him.

pub mod by_hand;
mod enact;

pub use enact::{blacklist, enact};
