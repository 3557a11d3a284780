//! Whether a user may trade.

pub mod hold;

pub use hold::hold;
