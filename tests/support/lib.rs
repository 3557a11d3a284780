//! What the stories stand on: a whole server of their own, and people who use it.

pub mod account;
mod app;
pub mod bank;
mod chat;
mod market;
mod order;
mod people;
pub mod wallet;

pub use app::{CAPTCHA, TestApp};
pub use market::{Offered, game_seed, png};
pub use people::{PASSWORD, Person, code_in};
