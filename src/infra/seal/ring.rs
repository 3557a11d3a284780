//! The keys of one moment, and what is done with them.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::super::secret::parse_key;
use crate::kernel::port::{SealError, Sealed};

/// First byte of what a server key sealed: version, key id (4 bytes), nonce, ciphertext.
const BY_SERVER: u8 = 1;
/// First byte of what a data key sealed: version, nonce, ciphertext.
const BY_DATA_KEY: u8 = 2;
const ID_LENGTH: usize = 4;
const NONCE_LENGTH: usize = 24;

/// The server's keys by id. One of them seals; all of them open.
pub(super) struct Ring {
    ciphers: BTreeMap<u32, XChaCha20Poly1305>,
    sealing: u32,
    fingerprint_key: [u8; 32],
}

impl Ring {
    /// A ring of these keys, of which `seal_with` seals; unless said, the highest.
    pub fn new(keys: Vec<(u32, [u8; 32])>, seal_with: Option<u32>) -> Result<Self> {
        let count = keys.len();
        let keys = keys.into_iter().collect::<BTreeMap<_, _>>();
        ensure!(keys.len() == count, "two sealing keys have one id");
        let (Some((_, oldest)), Some((&newest, _))) = (keys.first_key_value(), keys.last_key_value()) else {
            bail!("there is no sealing key");
        };
        let sealing = seal_with.unwrap_or(newest);
        ensure!(keys.contains_key(&sealing), "there is no sealing key {sealing}");
        let fingerprint_key = subkey(oldest, "handover fingerprint v1");
        let ciphers = keys
            .iter()
            .map(|(&id, key)| (id, cipher(&subkey(key, "handover seal v1"))))
            .collect();
        Ok(Self {
            ciphers,
            sealing,
            fingerprint_key,
        })
    }

    /// Reads keys from text, a line each: id, space, 32 bytes in base64.
    pub fn parse(text: &str, seal_with: Option<u32>) -> Result<Self> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let keys = lines.map(|line| {
            let (id, key) = line.split_once(' ').context("a line without a space")?;
            Ok((id.parse()?, parse_key(key.trim())?))
        });
        Self::new(keys.collect::<Result<_>>()?, seal_with)
    }

    /// The ids of the keys, lowest first.
    pub fn ids(&self) -> Vec<u32> {
        self.ciphers.keys().copied().collect()
    }

    /// What everything sealed now begins with.
    pub fn head(&self) -> Vec<u8> {
        let mut head = vec![BY_SERVER];
        head.extend(self.sealing.to_be_bytes());
        head
    }

    pub fn seal(&self, place: &str, plain: &[u8]) -> Sealed {
        lock(&self.ciphers[&self.sealing], self.head(), place, plain)
    }

    /// Opens a value. `None`: the key that sealed it is not here.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Option<Result<Vec<u8>, SealError>> {
        let (id, rest) = match split(sealed) {
            Ok(parts) => parts,
            Err(error) => return Some(Err(error)),
        };
        Some(unlock(self.ciphers.get(&id)?, rest, place))
    }

    pub fn fingerprint(&self, purpose: &str, plain: &[u8]) -> Vec<u8> {
        // A key for each purpose, so that no purpose and input can be taken for another pair.
        let key = subkey(&self.fingerprint_key, purpose);
        hmac(&key, plain).to_vec()
    }
}

/// The key id and the rest of what a server key sealed.
fn split(sealed: &[u8]) -> Result<(u32, &[u8]), SealError> {
    let rest = sealed.strip_prefix(&[BY_SERVER]).ok_or(SealError)?;
    let (id, rest) = rest.split_first_chunk::<ID_LENGTH>().ok_or(SealError)?;
    Ok((u32::from_be_bytes(*id), rest))
}

/// Seals under a data key.
pub(super) fn seal_under(key: &[u8], place: &str, plain: &[u8]) -> Result<Sealed, SealError> {
    Ok(lock(&data_key(key)?, vec![BY_DATA_KEY], place, plain))
}

/// Opens what [`seal_under`] made.
pub(super) fn open_under(key: &[u8], place: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    let rest = sealed.strip_prefix(&[BY_DATA_KEY]).ok_or(SealError)?;
    unlock(&data_key(key)?, rest, place)
}

fn data_key(key: &[u8]) -> Result<XChaCha20Poly1305, SealError> {
    XChaCha20Poly1305::new_from_slice(key).map_err(|_| SealError)
}

fn cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&(*key).into())
}

fn subkey(key: &[u8; 32], label: &str) -> [u8; 32] {
    hmac(key, label.as_bytes())
}

fn hmac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// Appends nonce and ciphertext to `head`. At 24 random bytes two nonces never meet.
fn lock(cipher: &XChaCha20Poly1305, mut head: Vec<u8>, place: &str, plain: &[u8]) -> Sealed {
    let nonce = rand::random::<[u8; NONCE_LENGTH]>();
    let payload = Payload {
        msg: plain,
        aad: place.as_bytes(),
    };
    let ciphertext = cipher
        .encrypt(&XNonce::from(nonce), payload)
        .expect("only texts of 256 GB are too long");
    head.extend(nonce);
    head.extend(ciphertext);
    head
}

fn unlock(cipher: &XChaCha20Poly1305, sealed: &[u8], place: &str) -> Result<Vec<u8>, SealError> {
    let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE_LENGTH>().ok_or(SealError)?;
    let payload = Payload {
        msg: ciphertext,
        aad: place.as_bytes(),
    };
    cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| SealError)
}
