//! What every domain shares: handles, ports, the unit of work, rights, events, pages, time.

pub mod audit;
pub mod claim;
pub mod clock;
pub mod env;
pub mod event;
pub mod fault;
pub mod feed;
pub mod mailbox;
pub mod meter;
pub mod page;
pub mod policy;
pub mod port;
pub mod rewrap;
pub mod shutdown;
pub mod sql;
pub mod text;
pub mod tx;
pub mod words;

pub use crate::config::Secret;
pub use env::Env;
pub use event::Event;
pub use fault::Fault;
pub use meter::Meters;
pub use shutdown::Shutdown;
pub use tx::{Claim, Tx};
