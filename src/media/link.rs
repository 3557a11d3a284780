//! Addresses of images that are not for everybody: good for some minutes, and for one viewer alone.

use entity::value::{Time, UserId};
use sha2::{Digest, Sha256};

use crate::kernel::Env;

/// An address stays the same for so long, so that a browser keeps what it fetched.
const STEP_MINUTES: i64 = 10;

/// What stands behind the `?` of an address for `viewer`: until when it is good, 10 to 20 minutes from now, and a signature.
#[must_use]
pub fn sign(env: &Env, viewer: UserId, file_key: &str) -> String {
    let step = STEP_MINUTES * 60_000;
    let until = Time((env.now().0.div_euclid(step) + 2) * step);
    format!("until={}&signature={}", until.0, signature(env, viewer, file_key, until))
}

/// Whether a signature is ours, for this viewer and file, and still good.
#[must_use]
pub fn holds(env: &Env, viewer: UserId, file_key: &str, until: Time, given: &str) -> bool {
    let ours = signature(env, viewer, file_key, until);
    // Compared by their hashes: how long that takes tells nothing of the signature.
    until > env.now() && Sha256::digest(&ours) == Sha256::digest(given)
}

fn signature(env: &Env, viewer: UserId, file_key: &str, until: Time) -> String {
    let said = format!("{file_key} {viewer} {}", until.0);
    let print = env.seal().fingerprint("media.link", said.as_bytes());
    print.iter().map(|byte| format!("{byte:02x}")).collect()
}
