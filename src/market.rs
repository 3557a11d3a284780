//! Games, and the accounts offered for sale.

pub mod attribute;
pub mod browse;
pub mod card;
pub mod catalogue;
pub mod checklist;
pub mod create;
pub mod discard;
pub mod draft;
pub mod facet;
pub mod favourite;
pub mod filter;
pub mod find;
pub mod search;
pub mod shelve;
pub mod similar;
pub mod state;
pub mod store;
pub mod submit;
pub mod update;
pub mod view;
mod walk;

pub use browse::{Browse, Sort, browse, mine, queue};
pub use card::{Card, Texts, images_of};
pub use catalogue::{
    games,
    seed::{GameSeed, seed_catalogue, seed_game},
};
pub use create::{CreateError, create, create_draft};
pub use discard::discard;
pub use draft::{Draft, DraftError};
pub use facet::{Facets, facets};
pub use filter::{AttributeFilter, Filter};
pub use find::find_visible;
pub use shelve::{ShelveError, put_on, take_off};
pub use similar::similar;
pub use submit::submit;
pub use update::{Change, ChangeError, update};
