//! Stories over the real API: people act, real parts answer.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "tests may fail by panicking, and their names say what they show"
)]

mod account;
mod bad_input;
mod bank_faults;
mod blocks;
mod catalogue;
mod chat;
mod chat_content;
mod chat_safety;
mod contract;
mod deposit;
mod hand_over;
mod identity;
mod idor;
mod market;
mod matrix;
mod node;
mod operators;
mod order;
mod outages;
mod payout;
mod planted;
mod sessions;
mod settings;
mod stand_ins;
mod statements;
#[path = "../support/lib.rs"]
mod support;
mod wallet;
mod webhook;
mod withdrawal;
mod withdrawal_review;
mod world;
