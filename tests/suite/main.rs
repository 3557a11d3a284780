//! Stories over the real API: people act, real parts answer.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "tests may fail by panicking, and their names say what they show"
)]

mod account;
mod contract;
mod market;
mod matrix;
mod order;
mod settings;
#[path = "../support/lib.rs"]
mod support;
