//! Offers: a buyer's price for one version of a listing, and what becomes of it. An offer holds no money.

pub mod accept;
pub mod card;
pub mod counter;
pub mod end;
pub mod list;
pub mod make;
pub mod refuse;
pub mod state;
pub mod store;

pub use accept::accept;
pub use card::OfferCard;
pub use counter::counter;
pub(super) use end::end_all;
pub use end::{end_left_behind, run_out};
pub use make::{MakeOffer, make};
pub use refuse::{decline, withdraw};
