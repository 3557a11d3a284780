//! Images that people upload.

pub mod sanitise;
