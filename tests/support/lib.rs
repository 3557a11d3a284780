//! What the stories stand on: a whole server of their own, and people who use it.

mod app;
mod chat;
mod market;
mod order;
mod people;

pub use app::TestApp;
pub use market::{Offered, game_seed, png};
pub use people::Person;
