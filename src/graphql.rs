//! The schema: types around rows, inputs, payloads, limits. No rule and no query of its own.

pub mod account;
pub mod auth;
pub mod batch;
pub mod chat;
pub mod connection;
pub mod context;
pub mod deposit;
pub mod errors;
pub mod id;
pub mod limits;
pub mod market;
pub mod media;
pub mod moderation;
pub mod node;
pub mod nulls;
pub mod order;
pub mod payout_account;
pub mod request;
pub mod scalars;
pub mod scan;
pub mod schema;
pub mod user;
pub mod wallet;
pub mod withdrawal;
