//! What the stories stand on: a whole server of their own, and people who use it.

mod app;
pub mod bank;
mod people;
pub mod wallet;

pub use app::TestApp;
pub use people::Person;
