//! What the stories stand on: a whole server of their own, and people who use it.

pub mod account;
mod app;
pub mod bank;
mod binary;
pub mod cases;
mod chat;
pub mod dice;
pub mod disputes;
mod doors;
pub mod live;
mod market;
pub mod memory;
mod order;
pub mod orders;
mod people;
pub mod pictures;
pub mod remote;
pub mod reports;
mod selling;
mod servers;
mod socket;
pub mod speaker;
pub mod staff;
pub mod storm;
mod vault;
pub mod wallet;
pub mod wallet_care;
pub mod wire;
mod work;

pub use app::{CAPTCHA, TestApp, create_database, server_of};
pub use binary::{Binary, install_tls};
pub use market::{Offered, game_seed, png};
pub use people::{PASSWORD, Person, code_in};
pub use servers::{Postgres, Redis};
pub use socket::{Said, Socket};
pub use work::Work;
