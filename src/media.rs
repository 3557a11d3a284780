//! Images that people upload.

pub mod attach;
mod digest;
pub mod find;
pub mod link;
pub mod read;
pub mod sanitise;
pub mod sealed;
pub mod store;
pub mod sweep;
pub mod upload;

pub use attach::{AttachError, attach, detach};
pub use digest::digest;
pub use find::{find, is_own};
pub use read::{File, Part, file, is_public, read};
pub use sealed::destroy;
pub use sweep::sweep;
pub use upload::{IdentityPhoto, Upload, UploadError, upload, upload_photo};
