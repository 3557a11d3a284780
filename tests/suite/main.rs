//! Stories over the real API: people act, real parts answer.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "tests may fail by panicking, and their names say what they show"
)]

mod account;
mod contract;
mod live;
mod market;
mod matrix;
mod notices;
mod order;
#[allow(dead_code, reason = "what stories may need is offered whole; not every story needs all of it")]
#[path = "../support/lib.rs"]
mod support;
