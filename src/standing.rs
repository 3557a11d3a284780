//! Whether a user may trade.

pub mod hold;
pub mod hold_withdrawals;

pub use hold::hold;
pub use hold_withdrawals::hold_withdrawals;
