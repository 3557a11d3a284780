//! Purchases: placed, delivered, revealed, confirmed or cancelled. This room owns whatever opens or ends an order.

pub mod cancel;
pub mod confirm;
pub mod deliver;
pub mod list;
pub mod place;
pub mod reveal;
pub mod state;
pub mod store;
pub mod timers;

pub use cancel::cancel;
pub use confirm::confirm;
pub use deliver::deliver;
pub use place::place;
pub use reveal::reveal;
