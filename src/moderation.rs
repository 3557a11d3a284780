//! What admins decide about listings.

pub mod review;

pub use review::{ReviewError, approve, claim, reject, release, remove};
