//! People: their names, passwords, sessions and identity.

use crate::kernel::rewrap::SealedColumn;

pub mod blocks;
pub mod captcha;
pub mod change_email;
pub mod change_password;
pub mod code;
pub mod create_admin;
pub mod email;
pub mod enrol;
mod erase;
mod export_link;
pub mod face;
mod gate;
pub mod id_number;
pub mod identity;
pub mod identity_queue;
mod letter;
pub mod password;
pub mod profile;
pub mod prove;
pub mod recognise;
pub mod refresh;
mod reserved;
pub mod reset_password;
pub mod review_identity;
pub mod second_factor;
pub mod session;
pub mod sessions;
pub mod set_second_factor;
pub mod sign_in;
pub mod sign_out;
pub mod sign_up;
pub mod throttle;
mod tries;
pub mod username;
pub mod verify_identity;

/// The columns of accounts whose values are sealed under the server's keys.
#[must_use]
pub fn sealed() -> Vec<SealedColumn> {
    [identity::SEALED.as_slice(), second_factor::SEALED.as_slice()].concat()
}

pub use change_email::{ChangeEmailError, change_email};
pub use change_password::{ChangePasswordError, change_password};
pub use create_admin::{CreateAdminError, create_admin};
pub use erase::erase;
pub use export_link::{A_DAY as EXPORTS_A_DAY, EXPORT, ExportLinkError, export_link};
pub use letter::send_letters;
pub use prove::{Proof, ProveError, prove};
pub use recognise::recognise;
pub use refresh::{RefreshError, refresh};
pub use reset_password::{ResetPasswordError, reset_password};
pub use session::{AdmitError, Tokens, admit, recheck};
pub use set_second_factor::SecondFactorError;
pub use sign_in::{SignIn, SignInError, sign_in};
pub use sign_out::sign_out;
pub use sign_up::{SignUp, SignUpError, sign_up};
