//! Secrets at rest: XChaCha20-Poly1305 under the server's keys.

use std::{
    fs,
    io::Write,
    os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, RwLock},
};

use anyhow::{Context, Result};
use base64::{Engine, prelude::BASE64_STANDARD};

use super::secret::{random_key, read_or_create, read_secret};
use crate::kernel::port::{Seal, SealError, Sealed};

mod ring;

use ring::Ring;

/// The name of the key file in the data folder.
pub const FILE: &str = "seal.keys";

/// The server's keys. All of them open; the highest id seals, or the one that a setting names.
///
/// Keys from a file are read again when the file changes, so a new key is in use on all servers that share it without a restart, and no server
/// meets a value that it cannot open.
///
/// Fingerprints are compared with stored ones and cannot be made anew, so they always come from the lowest id: that key is never retired.
pub struct KeyRing {
    ring: RwLock<Arc<Ring>>,
    file: Option<Watched>,
    seal_with: Option<u32>,
}

/// A key file, and how it looked when it was read.
struct Watched {
    path: PathBuf,
    seen: Mutex<Option<Look>>,
}

/// What changes when a file is replaced or written to: its node, its size and its time.
type Look = (u64, u64, i64, i64);

fn look(path: &Path) -> Option<Look> {
    let found = fs::metadata(path).ok()?;
    Some((found.ino(), found.size(), found.mtime(), found.mtime_nsec()))
}

impl KeyRing {
    /// A ring of the keys in a text, a line each: id, space, 32 bytes in base64. `seal_with`: the id that seals; none: the highest.
    ///
    /// # Errors
    /// When a line is malformed, there is no key, two have one id, or none has the id that should seal.
    pub fn parse(text: &str, seal_with: Option<u32>) -> Result<Self> {
        Ok(Self {
            ring: RwLock::new(Arc::new(Ring::parse(text, seal_with)?)),
            file: None,
            seal_with,
        })
    }

    /// Reads the keys in `dir/seal.keys`, or makes the first one (mode 0600).
    ///
    /// # Errors
    /// When the file cannot be read or made, is malformed, or others may read it.
    pub fn load_or_create(dir: &Path, seal_with: Option<u32>) -> Result<Self> {
        read_or_create(dir, FILE, || Ok(format!("1 {}\n", BASE64_STANDARD.encode(random_key()?))))?;
        Self::load(&dir.join(FILE), seal_with)
    }

    /// Reads the keys of a file that an operator made, and again whenever it changes.
    ///
    /// # Errors
    /// When the file cannot be read, is malformed, or everybody may read it.
    pub fn load(path: &Path, seal_with: Option<u32>) -> Result<Self> {
        // Looked at before it is read: what changes in between is read again.
        let seen = look(path);
        let keys = Self::parse(&read_secret(path)?, seal_with).with_context(|| format!("{} cannot be used", path.display()))?;
        let file = Some(Watched {
            path: path.to_owned(),
            seen: Mutex::new(seen),
        });
        Ok(Self { file, ..keys })
    }

    /// The ids of the keys, lowest first.
    #[must_use]
    pub fn ids(&self) -> Vec<u32> {
        self.now().ids()
    }

    /// A few letters that tell the ring with this lowest key from every other, and nothing of the key.
    #[must_use]
    pub fn mark(&self) -> String {
        self.fingerprint("mark", b"")[..4]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// The keys as they are, after a look whether their file has changed.
    fn now(&self) -> Arc<Ring> {
        self.follow_file();
        Arc::clone(&self.ring.read().expect("no holder panics"))
    }

    /// A file that cannot be read at the moment changes nothing: the keys that were read stay.
    fn follow_file(&self) {
        let Some(file) = &self.file else { return };
        let found = look(&file.path);
        let mut seen = file.seen.lock().expect("no holder panics");
        if found.is_none() || found == *seen {
            return;
        }
        let read = read_secret(&file.path).and_then(|text| Ring::parse(&text, self.seal_with));
        match read {
            Ok(ring) => {
                tracing::info!(keys = ?ring.ids(), "the key file changed and was read again");
                *self.ring.write().expect("no holder panics") = Arc::new(ring);
            }
            Err(error) => tracing::error!(%error, "the key file changed and cannot be read; the keys stay as they were"),
        }
        *seen = found;
    }

    fn data_key(&self, key_place: &str, wrapped_key: &[u8]) -> Result<Vec<u8>, SealError> {
        self.open(key_place, wrapped_key)
    }
}

impl Seal for KeyRing {
    fn seal(&self, place: &str, plain: &[u8]) -> Sealed {
        self.now().seal(place, plain)
    }

    fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let ring = Arc::clone(&self.ring.read().expect("no holder panics"));
        // Sealed by a key that came after the file was read: another server was first to see it.
        let opened = ring.open(place, sealed).or_else(|| self.now().open(place, sealed));
        opened.unwrap_or(Err(SealError))
    }

    fn head(&self) -> Vec<u8> {
        self.now().head()
    }

    fn new_key(&self, place: &str) -> Sealed {
        self.seal(place, &rand::random::<[u8; 32]>())
    }

    fn seal_under(&self, key_place: &str, wrapped_key: &[u8], place: &str, plain: &[u8]) -> Result<Sealed, SealError> {
        ring::seal_under(&self.data_key(key_place, wrapped_key)?, place, plain)
    }

    fn open_under(&self, key_place: &str, wrapped_key: &[u8], place: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        ring::open_under(&self.data_key(key_place, wrapped_key)?, place, sealed)
    }

    fn fingerprint(&self, purpose: &str, plain: &[u8]) -> Vec<u8> {
        self.ring.read().expect("no holder panics").fingerprint(purpose, plain)
    }
}

/// A fresh key as a line of a key file, with an id above all that `text` holds. Answers the id and the line.
///
/// # Errors
/// When the text is malformed, or the system gives no randomness.
pub fn new_line(text: &str) -> Result<(u32, String)> {
    let highest = Ring::parse(text, None)?.ids().into_iter().max().unwrap_or(0);
    let id = highest.checked_add(1).context("there is no higher key id")?;
    Ok((id, format!("{id} {}", BASE64_STANDARD.encode(random_key()?))))
}

/// Adds a fresh key to a key file, which is replaced whole, with the rights it had. Answers the key's id.
///
/// # Errors
/// When the file cannot be read or replaced, or is malformed.
pub fn add_key(path: &Path) -> Result<u32> {
    let text = read_secret(path)?;
    let (id, line) = new_line(&text).with_context(|| format!("{} is malformed", path.display()))?;
    let mode = fs::metadata(path)?.permissions().mode() & 0o777;
    let draft = path.with_extension("draft");
    let replace = || -> Result<()> {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
        file.write_all(format!("{}\n{line}\n", text.trim_end()).as_bytes())?;
        file.set_permissions(fs::Permissions::from_mode(mode))?;
        file.sync_all()?;
        fs::rename(&draft, path)?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        Ok(fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?)
    };
    replace().with_context(|| format!("cannot replace {}; write a new key into it by other means", path.display()))?;
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(ids: &[u8]) -> String {
        ids.iter()
            .map(|&id| format!("{id} {}\n", BASE64_STANDARD.encode([id; 32])))
            .collect()
    }

    fn ring(ids: &[u8]) -> KeyRing {
        KeyRing::parse(&text(ids), None).unwrap()
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
        let sealed = KeyRing::load_or_create(dir.path(), None).unwrap().seal("a", b"x");
        assert_eq!(KeyRing::load_or_create(dir.path(), None).unwrap().open("a", &sealed).unwrap(), b"x");
    }

    #[test]
    fn malformed_rings_are_refused() {
        let key = BASE64_STANDARD.encode([1; 32]);
        assert!(KeyRing::parse(&format!("1 {key}\n\n2 {key}\n"), None).is_ok());
        for text in ["", "1", &format!("x {key}"), "1 c2hvcnQ=", &format!("1 {key}\n1 {key}")] {
            assert!(KeyRing::parse(text, None).is_err(), "{text}");
        }
    }

    #[test]
    fn a_setting_holds_a_new_key_back_until_all_servers_have_it() {
        let (old, waiting, new) = (ring(&[1]), KeyRing::parse(&text(&[1, 2]), Some(1)).unwrap(), ring(&[1, 2]));
        assert_eq!(old.open("a", &waiting.seal("a", b"x")).unwrap(), b"x");
        assert_eq!(waiting.open("a", &new.seal("a", b"x")).unwrap(), b"x");
        assert!(KeyRing::parse(&text(&[1, 2]), Some(3)).is_err());
    }

    #[test]
    fn a_key_that_is_added_to_the_file_is_used_at_once_by_all_who_share_it() {
        let dir = tempfile::tempdir().unwrap();
        let one = KeyRing::load_or_create(dir.path(), None).unwrap();
        let other = KeyRing::load_or_create(dir.path(), None).unwrap();
        let before = one.seal("a", b"old");
        assert_eq!(add_key(&dir.path().join(FILE)).unwrap(), 2);
        let after = one.seal("a", b"new");
        assert_eq!((&after[..5], one.head()), (&[1, 0, 0, 0, 2][..], vec![1, 0, 0, 0, 2]));
        for ring in [&one, &other, &KeyRing::load(&dir.path().join(FILE), None).unwrap()] {
            assert_eq!(ring.open("a", &before).unwrap(), b"old");
            assert_eq!(ring.open("a", &after).unwrap(), b"new");
            assert_eq!(ring.fingerprint("id", b"x"), one.fingerprint("id", b"x"));
        }
        let mode = fs::metadata(dir.path().join(FILE)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600);
    }

    #[test]
    fn a_key_file_that_is_spoiled_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let ring = KeyRing::load_or_create(dir.path(), None).unwrap();
        let sealed = ring.seal("a", b"x");
        fs::write(dir.path().join(FILE), "no key").unwrap();
        assert_eq!(ring.open("a", &sealed).unwrap(), b"x");
        assert_eq!(ring.open("a", &ring.seal("a", b"y")).unwrap(), b"y");
    }
}
