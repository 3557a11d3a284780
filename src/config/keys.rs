//! Settings of the server's own secrets.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Findings, Secret};

/// Settings of the server's own secrets. Each may stand in the environment or in a file that only its owner can read.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Keys {
    /// The keys that seal secrets at rest: `ID BASE64` of 32 bytes, several separated by semicolons; the highest id seals, all open.
    /// `HANDOVER_KEYS__SEAL`, default none: the file.
    pub seal: Option<Secret>,
    /// The file with the same, a line each. `HANDOVER_KEYS__SEAL_FILE`, default `seal.keys` in the data folder, made on first use.
    pub seal_file: Option<PathBuf>,
    /// The id of the key that seals; all others only open. Set it to the old id while a new key is brought to several servers one by one.
    /// `HANDOVER_KEYS__SEAL_WITH`, default none: the highest.
    pub seal_with: Option<u32>,
    /// The secret that signs access tokens: BASE64 of 32 bytes. `HANDOVER_KEYS__TOKEN`, default none: the file.
    pub token: Option<Secret>,
    /// The file with the same. `HANDOVER_KEYS__TOKEN_FILE`, default `token.secret` in the data folder, made on first use.
    pub token_file: Option<PathBuf>,
}

impl Keys {
    pub(super) fn check(&self, found: &mut Findings) {
        if self.seal.is_some() && self.seal_file.is_some() {
            found.refuse("HANDOVER_KEYS__SEAL", "and HANDOVER_KEYS__SEAL_FILE say the same thing; set one");
        }
        if self.token.is_some() && self.token_file.is_some() {
            found.refuse("HANDOVER_KEYS__TOKEN", "and HANDOVER_KEYS__TOKEN_FILE say the same thing; set one");
        }
    }
}
