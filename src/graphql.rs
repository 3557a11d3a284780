//! The schema: types around rows, inputs, payloads, limits. No rule and no query of its own.

pub mod account;
pub mod auth;
pub mod chat;
pub mod connection;
pub mod context;
pub mod errors;
pub mod id;
pub mod limits;
pub mod market;
pub mod media;
pub mod moderation;
pub mod nulls;
pub mod request;
pub mod scalars;
pub mod scan;
pub mod schema;
pub mod user;
