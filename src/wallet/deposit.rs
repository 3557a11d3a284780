//! Money on its way in.

mod ask;
mod checkout;
mod create;
mod hear;
mod lapse;
mod list;
mod state;
mod store;

pub use ask::ask;
pub(super) use ask::note;
pub use create::{CreateError, OPEN, create};
pub use lapse::lapse;
pub use list::{find, list, of_ids};

pub(super) use hear::hear;
