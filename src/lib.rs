//! Handover: a marketplace where people buy and sell used game accounts in safety. `docs/ARCHITECTURE.md` shows the house.

pub mod config;
pub mod graphql;
pub mod infra;
pub mod kernel;
