//! Stories over the real API: people act, real parts answer.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "tests may fail by panicking, and their names say what they show"
)]

mod account;
mod bank_faults;
mod blocks;
mod chat;
mod chat_content;
mod chat_safety;
mod contract;
mod deposit;
mod identity;
mod live;
mod live_trade;
mod market;
mod matrix;
mod node;
mod notices;
mod operators;
mod order;
mod outages;
mod payout;
mod planted;
mod sessions;
mod settings;
mod stand_ins;
mod storm;
#[allow(dead_code, reason = "what stories may need is offered whole; not every story needs all of it")]
#[path = "../support/lib.rs"]
mod support;
mod wallet;
mod webhook;
mod withdrawal;
mod withdrawal_review;
