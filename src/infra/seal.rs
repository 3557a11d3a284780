//! Secrets at rest: XChaCha20-Poly1305 under the server's keys.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use base64::{Engine, prelude::BASE64_STANDARD};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::secret::{parse_key, random_key, read_or_create};
use crate::kernel::port::{Seal, SealError, Sealed};

/// First byte of what a server key sealed: version, key id (4 bytes), nonce, ciphertext.
const BY_SERVER: u8 = 1;
/// First byte of what a data key sealed: version, nonce, ciphertext.
const BY_DATA_KEY: u8 = 2;
const ID_LENGTH: usize = 4;
const NONCE_LENGTH: usize = 24;

/// The server's keys by id. The highest id seals; all of them open.
///
/// Fingerprints are compared with stored ones and cannot be made anew, so they always come from the lowest id: that key is never retired.
pub struct KeyRing {
    ciphers: BTreeMap<u32, XChaCha20Poly1305>,
    newest: u32,
    fingerprint_key: [u8; 32],
}

impl KeyRing {
    /// A ring of these keys.
    ///
    /// # Errors
    /// When there is no key, or two with one id.
    pub fn new(keys: Vec<(u32, [u8; 32])>) -> Result<Self> {
        let count = keys.len();
        let keys = keys.into_iter().collect::<BTreeMap<_, _>>();
        ensure!(keys.len() == count, "two sealing keys have one id");
        let (Some((_, oldest)), Some((&newest, _))) = (keys.first_key_value(), keys.last_key_value()) else {
            bail!("there is no sealing key");
        };
        let fingerprint_key = subkey(oldest, "handover fingerprint v1");
        let ciphers = keys
            .iter()
            .map(|(&id, key)| (id, cipher(&subkey(key, "handover seal v1"))))
            .collect();
        Ok(Self {
            ciphers,
            newest,
            fingerprint_key,
        })
    }

    /// Reads the keys in `dir/seal.keys` (a line each: id, space, 32 bytes in base64), or makes the first one (mode 0600).
    ///
    /// # Errors
    /// When the file cannot be read or made, is malformed, or others may read it.
    pub fn load_or_create(dir: &Path) -> Result<Self> {
        let text = read_or_create(dir, "seal.keys", || Ok(format!("1 {}\n", BASE64_STANDARD.encode(random_key()?))))?;
        Self::parse(&text).context("seal.keys is malformed")
    }

    /// Reads keys from text, a line each: id, space, 32 bytes in base64.
    ///
    /// # Errors
    /// When a line is malformed, or the keys do not make a ring.
    pub fn parse(text: &str) -> Result<Self> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let keys = lines.map(|line| {
            let (id, key) = line.split_once(' ').context("a line without a space")?;
            Ok((id.parse()?, parse_key(key.trim())?))
        });
        Self::new(keys.collect::<Result<_>>()?)
    }

    /// The ids of the keys, lowest first.
    pub fn ids(&self) -> impl Iterator<Item = u32> {
        self.ciphers.keys().copied()
    }

    /// A few letters that tell the ring with this lowest key from every other, and nothing of the key.
    #[must_use]
    pub fn mark(&self) -> String {
        self.fingerprint("mark", b"")[..4]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    fn data_key(&self, key_place: &str, wrapped_key: &[u8]) -> Result<XChaCha20Poly1305, SealError> {
        let key = self.open(key_place, wrapped_key)?;
        XChaCha20Poly1305::new_from_slice(&key).map_err(|_| SealError)
    }
}

impl Seal for KeyRing {
    fn seal(&self, place: &str, plain: &[u8]) -> Sealed {
        let mut sealed = vec![BY_SERVER];
        sealed.extend(self.newest.to_be_bytes());
        lock(&self.ciphers[&self.newest], sealed, place, plain)
    }

    fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let rest = sealed.strip_prefix(&[BY_SERVER]).ok_or(SealError)?;
        let (id, rest) = rest.split_first_chunk::<ID_LENGTH>().ok_or(SealError)?;
        let cipher = self.ciphers.get(&u32::from_be_bytes(*id)).ok_or(SealError)?;
        unlock(cipher, rest, place)
    }

    fn new_key(&self, place: &str) -> Sealed {
        self.seal(place, &rand::random::<[u8; 32]>())
    }

    fn seal_under(&self, key_place: &str, wrapped_key: &[u8], place: &str, plain: &[u8]) -> Result<Sealed, SealError> {
        let cipher = self.data_key(key_place, wrapped_key)?;
        Ok(lock(&cipher, vec![BY_DATA_KEY], place, plain))
    }

    fn open_under(&self, key_place: &str, wrapped_key: &[u8], place: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let rest = sealed.strip_prefix(&[BY_DATA_KEY]).ok_or(SealError)?;
        unlock(&self.data_key(key_place, wrapped_key)?, rest, place)
    }

    fn fingerprint(&self, purpose: &str, plain: &[u8]) -> Vec<u8> {
        // A key for each purpose, so that no purpose and input can be taken for another pair.
        let key = subkey(&self.fingerprint_key, purpose);
        hmac(&key, plain).to_vec()
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(ids: &[u8]) -> KeyRing {
        KeyRing::new(ids.iter().map(|&id| (u32::from(id), [id; 32])).collect()).unwrap()
    }

    #[test]
    fn only_the_same_place_opens() {
        let ring = ring(&[1]);
        let sealed = ring.seal("identity:1", "王小明".as_bytes());
        assert_eq!(ring.open("identity:1", &sealed).unwrap(), "王小明".as_bytes());
        assert!(ring.open("identity:2", &sealed).is_err());
        assert_ne!(ring.seal("identity:1", "王小明".as_bytes()), sealed, "each sealing is different");
    }

    #[test]
    fn a_change_or_a_cut_anywhere_does_not_open() {
        let ring = ring(&[1]);
        let sealed = ring.seal("a", b"secret");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(ring.open("a", &changed).is_err(), "byte {at}");
            assert!(ring.open("a", &sealed[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn old_keys_open_and_the_newest_seals() {
        let (old, both, new) = (ring(&[1]), ring(&[1, 2]), ring(&[2]));
        assert_eq!(both.open("a", &old.seal("a", b"x")).unwrap(), b"x");
        assert_eq!(new.open("a", &both.seal("a", b"x")).unwrap(), b"x");
        assert!(new.open("a", &old.seal("a", b"x")).is_err());
        assert_eq!(both.fingerprint("id", b"x"), old.fingerprint("id", b"x"));
    }

    #[test]
    fn a_data_key_opens_only_its_own_and_dies_with_its_wrapped_form() {
        let ring = ring(&[1]);
        let (first, second) = (ring.new_key("order:1"), ring.new_key("order:2"));
        let sealed = ring.seal_under("order:1", &first, "handover:1", b"password").unwrap();
        assert_eq!(ring.open_under("order:1", &first, "handover:1", &sealed).unwrap(), b"password");
        assert!(ring.open_under("order:2", &second, "handover:1", &sealed).is_err());
        assert!(ring.open_under("order:2", &first, "handover:1", &sealed).is_err());
        assert!(ring.open_under("order:1", &first, "handover:2", &sealed).is_err());
        assert!(ring.open_under("order:1", &[], "handover:1", &sealed).is_err());
        assert!(ring.seal_under("order:1", &ring.seal("order:1", b"short"), "a", b"b").is_err());
    }

    #[test]
    fn fingerprints_differ_by_purpose_input_and_key() {
        let ring1 = ring(&[1]);
        let all = [
            ring1.fingerprint("id", b"1"),
            ring1.fingerprint("id", b"2"),
            ring1.fingerprint("i", b"d1"),
            ring(&[2]).fingerprint("id", b"1"),
        ];
        assert_eq!(all.iter().collect::<std::collections::HashSet<_>>().len(), all.len());
        assert_eq!(all[0].len(), 32);
        assert_eq!(ring1.fingerprint("id", b"1"), all[0]);
    }

    #[test]
    fn keys_are_made_once_and_read_back() {
        let dir = tempfile::tempdir().unwrap();
        let sealed = KeyRing::load_or_create(dir.path()).unwrap().seal("a", b"x");
        assert_eq!(KeyRing::load_or_create(dir.path()).unwrap().open("a", &sealed).unwrap(), b"x");
    }

    #[test]
    fn malformed_rings_are_refused() {
        let key = BASE64_STANDARD.encode([1; 32]);
        assert!(KeyRing::parse(&format!("1 {key}\n\n2 {key}\n")).is_ok());
        for text in ["", "1", &format!("x {key}"), "1 c2hvcnQ=", &format!("1 {key}\n1 {key}")] {
            assert!(KeyRing::parse(text).is_err(), "{text}");
        }
    }
}
