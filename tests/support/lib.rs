//! What the stories stand on: a whole server of their own, and people who use it.

mod app;
pub mod memory;
mod people;
pub mod speaker;
pub mod wire;

pub use app::TestApp;
pub use people::Person;
