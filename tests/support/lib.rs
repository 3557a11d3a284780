//! What the stories stand on: a whole server of their own, and people who use it.

pub mod account;
mod app;
mod chat;
mod people;

pub use app::{CAPTCHA, TestApp};
pub use people::{PASSWORD, Person, code_in};
