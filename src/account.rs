//! People: their names, passwords, sessions and identity.

pub mod blocks;
pub mod captcha;
pub mod code;
pub mod create_admin;
pub mod email;
pub mod face;
pub mod id_number;
pub mod identity;
pub mod password;
pub mod profile;
pub mod prove;
pub mod refresh;
mod reserved;
pub mod session;
pub mod sessions;
pub mod sign_in;
pub mod sign_out;
pub mod sign_up;
pub mod throttle;
pub mod username;
pub mod verify_identity;

pub use create_admin::{CreateAdminError, create_admin};
pub use prove::{ProveError, prove};
pub use refresh::{RefreshError, refresh};
pub use session::{AdmitError, Tokens, admit, recheck};
pub use sign_in::{SignIn, SignInError, sign_in};
pub use sign_out::sign_out;
pub use sign_up::{SignUp, SignUpError, sign_up};
