//! Conversations: one a pair of users, with what they write to each other and what the platform tells both.

pub mod find;
pub mod line;
pub mod read;
pub mod send;
pub mod store;
pub mod tell;
pub mod thread;

pub use find::{conversation, conversation_with, conversations, line, lines, unread};
pub use line::Line;
pub use read::{ReadError, read};
pub use send::{SendError, SendMessage, To, send};
pub use tell::{OrderLine, tell};
pub use thread::Thread;
