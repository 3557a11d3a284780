//! What admins decide about listings and users, and what they see of them.

pub mod report;
pub mod review;
pub mod users;

pub use review::{ReviewError, approve, claim, reject, release, remove};
