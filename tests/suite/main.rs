//! Stories over the real API: people act, real parts answer.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "tests may fail by panicking, and their names say what they show"
)]
#![allow(clippy::print_stderr, reason = "a proof tells what it measured")]

mod account;
mod audit;
mod bad_input;
mod bank_faults;
mod bank_storm;
mod blacklist;
mod blacklist_decided;
mod blacklist_trades;
mod blocks;
mod books;
mod catalogue;
mod catalogue_admin;
mod chat;
mod chat_content;
mod chat_safety;
mod conservation;
mod contract;
mod crashes;
mod debts;
mod demo;
mod deposit;
mod favourites;
mod fresh_state;
mod gate;
mod guesses;
mod hand_over;
mod hangups;
mod hostile;
mod http;
mod identity;
mod identity_manual;
mod idor;
mod keys;
mod kills;
mod latency;
mod leaving;
mod letters;
mod listings;
mod live;
mod live_trade;
mod market;
mod matrix;
mod mediation;
mod mediation_admins;
mod mediation_ends;
mod mediation_races;
mod node;
mod notices;
mod offers;
mod operators;
mod order;
mod order_model;
mod order_walks;
mod outages;
mod overdue;
mod passwords;
mod payout;
mod plans;
mod planted;
mod platform_money;
mod proof;
mod real_sockets;
mod reconcile;
mod recovery;
mod recovery_abuse;
mod recovery_money;
mod recovery_second;
mod reports;
mod returns;
mod reviews;
mod search;
mod search_corpus;
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
mod twice;
mod twice_cases;
mod twice_disputes;
mod twice_money;
mod twice_staff;
mod wallet;
mod wallet_freeze;
mod webhook;
mod withdrawal;
mod withdrawal_review;
mod world;
mod zoo;
