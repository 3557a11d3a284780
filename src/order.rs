//! Purchases: placed, delivered, revealed, confirmed or cancelled. This room owns whatever opens or ends an order.

pub mod cancel;
pub mod card;
pub mod checklist;
pub mod confirm;
pub mod deliver;
pub mod evidence;
pub mod giving_back;
pub mod history;
pub mod keys;
pub mod list;
pub mod offer;
pub mod open;
pub mod pay;
pub mod place;
pub mod remind;
pub mod reveal;
pub mod rule;
pub mod side;
pub mod state;
pub mod store;
pub mod strike;
pub mod timers;

pub use cancel::cancel;
pub use card::OrderCard;
pub use checklist::tick;
pub use confirm::confirm;
pub use deliver::deliver;
pub use pay::{PayOrder, pay};
pub use place::{PlaceOrder, place};
pub use remind::remind;
pub use reveal::reveal;
pub use rule::{Share, rule};
pub use side::Side;
