//! Games, and the accounts offered for sale.

pub mod store;
