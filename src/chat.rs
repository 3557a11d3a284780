//! Conversations: one a pair of users, with what they write to each other and what the platform tells both.

pub mod contact;
pub mod find;
pub mod images;
pub mod line;
pub mod reach;
pub mod read;
pub mod recall;
pub mod remove;
pub mod search;
pub mod send;
pub mod store;
pub mod tell;
pub mod thread;
pub mod typing;
pub mod witness;

pub use find::{conversation, conversation_with, conversations, last_lines, line, lines, unread};
pub use images::image;
pub use line::Line;
pub use read::{ReadError, read};
pub use recall::{RecallError, recall};
pub use remove::remove;
pub use search::{SearchError, search};
pub use send::{SendError, SendMessage, Sent, To, send};
pub use tell::{OrderLine, tell};
pub use thread::Thread;
pub use typing::typing;
