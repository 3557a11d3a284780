//! Stories over the real API: people act, real parts answer.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "tests may fail by panicking, and their names say what they show"
)]

mod account;
mod bad_input;
mod bank_faults;
mod bank_storm;
mod blacklist;
mod blocks;
mod catalogue;
mod chat;
mod chat_content;
mod chat_safety;
mod contract;
mod debts;
mod demo;
mod deposit;
mod gate;
mod guesses;
mod hand_over;
mod hangups;
mod hostile;
mod http;
mod identity;
mod idor;
mod live;
mod live_trade;
mod market;
mod matrix;
mod node;
mod notices;
mod operators;
mod order;
mod outages;
mod passwords;
mod payout;
mod planted;
mod platform_money;
mod reconcile;
mod second_factor;
mod sessions;
mod settings;
mod slow;
mod socket;
mod stand_ins;
mod statement_csv;
mod statements;
mod storm;
#[allow(dead_code, reason = "what stories may need is offered whole; not every story needs all of it")]
#[path = "../support/lib.rs"]
mod support;
mod throttle;
mod tokens;
mod wallet;
mod wallet_freeze;
mod webhook;
mod withdrawal;
mod withdrawal_review;
mod world;
mod zoo;
