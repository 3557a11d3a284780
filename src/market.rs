//! Games, and the accounts offered for sale.

pub mod attribute;
pub mod browse;
pub mod card;
pub mod catalogue;
pub mod checklist;
pub mod create;
pub mod find;
pub mod store;

pub use browse::{Browse, Sort, browse, mine, queue};
pub use card::{Card, Texts, images_of};
pub use catalogue::{
    games,
    seed::{GameSeed, seed_catalogue, seed_game},
};
pub use create::{CreateError, Draft, create};
pub use find::find_visible;
