//! The server's own secrets: as set, or in files that are made on first use.

use anyhow::{Context, Result};

use crate::{
    config::{Config, Secret},
    infra::{
        seal::KeyRing,
        secret::{read_secret, secret_file, secret_from},
    },
};

/// The keys that seal secrets at rest.
pub(super) fn seal(config: &Config) -> Result<KeyRing> {
    let keys = &config.keys;
    match (&keys.seal, &keys.seal_file) {
        (Some(text), _) => KeyRing::parse(&text.expose().replace(';', "\n"), keys.seal_with).context("HANDOVER_KEYS__SEAL"),
        (None, Some(path)) => KeyRing::load(path, keys.seal_with).context("HANDOVER_KEYS__SEAL_FILE"),
        (None, None) => KeyRing::load_or_create(&config.data_dir, keys.seal_with),
    }
}

/// The secret that signs access tokens.
pub(super) fn token(config: &Config) -> Result<[u8; 32]> {
    let keys = &config.keys;
    match (&keys.token, &keys.token_file) {
        (Some(text), _) => secret_from(text.expose()).context("HANDOVER_KEYS__TOKEN"),
        (None, Some(path)) => secret_from(&read_secret(path)?).with_context(|| format!("HANDOVER_KEYS__TOKEN_FILE, {}", path.display())),
        (None, None) => secret_file(&config.data_dir, "token.secret"),
    }
}

/// A secret shared with the bank.
pub(super) fn bank(config: &Config, name: &str, set: Option<&Secret>) -> Result<String> {
    use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
    match set {
        Some(secret) => Ok(secret.expose().to_owned()),
        None => Ok(BASE64_STANDARD_NO_PAD.encode(secret_file(&config.data_dir, name)?)),
    }
}
