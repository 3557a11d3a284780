//! Reports: what users and the platform say of a user, a listing or a message, until an admin decides. Who reported something is known to himself
//! and to admins alone.

pub mod card;
pub mod create;
pub mod decide;
pub mod images;
pub mod list;
pub mod look;
pub mod own;
pub mod platform;
mod store;
mod subject;

pub use create::{NewReport, ReportError, create};
pub use decide::{DecideError, Decision, Verdict, decide};
pub use images::image;
pub use look::{claim, release};
pub use platform::{Seen, reporters, see};
pub use subject::Subject;
