//! Cases about orders: a sold account that its seller took back (recovery), and a return that was refused. An admin decides; every wait has a
//! timer.

pub mod card;
pub mod claim;
pub mod evidence;
pub mod file;
pub mod image;
pub mod list;
pub mod recovery;
pub mod refusal;
pub mod reveal;
pub mod ruling;
mod store;
pub mod timeline;

pub use card::CaseCard;
pub use claim::{ClaimError, claim, release};
