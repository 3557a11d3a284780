//! What the stories stand on: a whole server of their own, and people who use it.

mod app;
mod live;
mod people;
mod socket;

pub use app::TestApp;
pub use people::Person;
pub use socket::Socket;
