//! Handover: a marketplace where people buy and sell used game accounts in safety. `docs/ARCHITECTURE.md` shows the house.

pub mod account;
pub mod app;
pub mod blacklist;
pub mod chat;
pub mod closing;
pub mod config;
pub mod demo;
pub mod dispute;
pub mod export;
pub mod graphql;
pub mod http;
pub mod infra;
pub mod kernel;
pub mod market;
pub mod media;
pub mod moderation;
pub mod notification;
pub mod operator;
pub mod order;
pub mod reactions;
pub mod sandbox_bank;
pub mod staff;
pub mod standing;
pub mod wallet;
pub mod worker;
