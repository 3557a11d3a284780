//! What the platform announces to everybody. It is one row, however many users there are: its readers find it among their notices when they look,
//! and each who reads it leaves a row of his own. It is for those who were here when it was made, for as long as notices are kept.

mod announce;
mod list;
mod retract;
mod shown;

pub use announce::{A_DAY, Announce, AnnounceError, TEXT, TITLE, announce};
pub use list::{Card, find, list};
pub use retract::{RetractError, retract};
pub use shown::all_of;

pub(super) use shown::{as_notice, as_notices, read, read_all, unread};
