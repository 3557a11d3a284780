//! Money on its way out.

mod approve;
mod ask;
mod call_back;
mod card;
mod claim;
mod deliver;
mod hear;
mod list;
mod reject;
mod request;
mod send;
mod state;
mod store;
mod take_back;

pub use approve::{ApproveError, approve};
pub use ask::ask;
pub use card::Card;
pub use claim::{claim, release};
pub use list::{find, list, of_ids, open, queue};
pub use reject::{REASON, RejectError, reject};
pub use request::{OPEN, RequestError, RequestWithdrawal, request};
pub use send::send;
pub use take_back::{TakeBackError, take_back};

pub(super) use call_back::call_back;
pub(super) use deliver::note;
pub(super) use hear::{hear, take_word, with_bank};
