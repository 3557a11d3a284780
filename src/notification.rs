//! System messages to users. A notice is a kind and parameters; its words are made when somebody reads it, in his language.

pub mod announcement;
pub mod list;
pub mod mail;
pub mod notify;
pub mod read;
pub mod words;

pub use list::{find, list, unread};
pub use mail::send_mails;
pub use notify::{Params, Tell, notify};
pub use read::{ReadError, read, read_all};

/// Days for which notices are kept, and announcements shown.
pub const KEPT_DAYS: i64 = 365;
