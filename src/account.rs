//! People: their names, passwords, sessions and identity.

pub mod captcha;
pub mod code;
pub mod create_admin;
pub mod email;
pub mod face;
pub mod id_number;
pub mod password;
pub mod recognise;
mod reserved;
pub mod session;
pub mod sign_in;
pub mod sign_up;
pub mod username;

pub use create_admin::{CreateAdminError, create_admin};
pub use recognise::recognise;
pub use session::{AdmitError, RefreshError, Tokens, admit, recheck, refresh, sign_out};
pub use sign_in::{SignIn, SignInError, sign_in};
pub use sign_up::{SignUp, SignUpError, sign_up};
