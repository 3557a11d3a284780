//! People: their names, passwords and identity.

pub mod face;
pub mod id_number;
pub mod password;
mod reserved;
pub mod username;
