//! What the stories stand on: a whole server of their own, and people who use it.

mod app;
mod chat;
mod people;

pub use app::TestApp;
pub use people::Person;
