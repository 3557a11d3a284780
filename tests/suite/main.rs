//! Stories over the real API: people act, real parts answer.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "tests may fail by panicking, and their names say what they show"
)]

mod account;
mod bank_faults;
mod blacklist;
mod blocks;
mod chat;
mod chat_content;
mod chat_safety;
mod contract;
mod deposit;
mod guesses;
mod identity;
mod market;
mod matrix;
mod node;
mod operators;
mod order;
mod outages;
mod passwords;
mod payout;
mod payout;
mod planted;
mod second_factor;
mod sessions;
mod settings;
mod stand_ins;
#[path = "../support/lib.rs"]
mod support;
mod throttle;
mod tokens;
mod wallet;
mod webhook;
mod withdrawal;
mod withdrawal_review;
