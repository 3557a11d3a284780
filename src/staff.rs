//! What admins have before them: the queues, with what has waited too long in them, the audit log, and the figures.

pub mod audit_log;
pub mod figures;
pub mod overdue;
pub mod queue;

pub use audit_log::audit_log;
pub use figures::figures;
pub use overdue::{give_back_lapsed, tell_overdue};
pub use queue::{QueueState, queue, queues};
