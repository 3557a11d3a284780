//! Whether a user may trade, and what else hangs on the row that says so.

pub mod blacklist;
pub mod hold;
pub mod hold_withdrawals;
pub mod role;
pub mod sessions;

pub use blacklist::{BlacklistError, blacklist, reinstate};
pub use hold::{hold, hold_whole};
pub use hold_withdrawals::hold_withdrawals;
pub use role::{give as give_role, is_admin};
pub use sessions::wake as wake_sessions;
