//! Secret files in the data folder, made on first use and readable by their owner alone.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::{Engine, prelude::BASE64_STANDARD};
use rand::TryRng;
use rand::rngs::SysRng;
use uuid::Uuid;

/// Reads the 32 secret bytes in `dir/name`, or makes them from the system's randomness (mode 0600).
///
/// Of several processes that start at once, one makes the file and all read the same.
///
/// # Errors
/// When the folder cannot be written, the file is not ours, or others may read it.
pub fn secret_file(dir: &Path, name: &str) -> Result<[u8; 32]> {
    let text = read_or_create(dir, name, || Ok(BASE64_STANDARD.encode(random_key()?)))?;
    parse_key(text.trim()).with_context(|| format!("{name} does not hold 32 bytes in base64"))
}

/// The 32 secret bytes that `text` holds in base64.
///
/// # Errors
/// When it holds anything else. The error never repeats it.
pub fn secret_from(text: &str) -> Result<[u8; 32]> {
    parse_key(text.trim()).map_err(|_| anyhow::anyhow!("must be 32 bytes in base64, as `openssl rand -base64 32` makes them"))
}

/// The text of a secret file that an operator made.
///
/// # Errors
/// When it cannot be read, or everybody may read it. Its group may: orchestrators mount secrets that way.
pub fn read_secret(path: &Path) -> Result<String> {
    let metadata = fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?;
    if metadata.permissions().mode() & 0o007 != 0 {
        bail!("{} can be read by everybody; set its mode to 0600 or 0640", path.display());
    }
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// 32 bytes of the system's randomness.
pub(super) fn random_key() -> Result<[u8; 32]> {
    let mut key = [0; 32];
    SysRng.try_fill_bytes(&mut key).context("the system gives no randomness")?;
    Ok(key)
}

/// 32 bytes from base64.
pub(super) fn parse_key(text: &str) -> Result<[u8; 32]> {
    let bytes = BASE64_STANDARD.decode(text)?;
    bytes
        .try_into()
        .map_err(|bytes: Vec<u8>| anyhow::anyhow!("{} bytes instead of 32", bytes.len()))
}

/// The text of a secret file; `make` writes it if there is none.
pub(super) fn read_or_create(dir: &Path, name: &str, make: impl FnOnce() -> Result<String>) -> Result<String> {
    let path = dir.join(name);
    if !path.exists() {
        create(dir, &path, &make()?).with_context(|| format!("cannot create {}", path.display()))?;
    }
    let metadata = fs::metadata(&path).with_context(|| format!("cannot read {}", path.display()))?;
    if metadata.permissions().mode() & 0o077 != 0 {
        bail!(
            "{} can be read by others; set its mode to 0600 and think about new secrets",
            path.display()
        );
    }
    fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
}

/// A hard link either appears whole or, when another process was first, not at all.
fn create(dir: &Path, path: &Path, text: &str) -> Result<()> {
    fs::create_dir_all(dir)?;
    let draft = dir.join(format!(".{}.tmp", Uuid::new_v4()));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error.into()),
        _ => Ok(File::open(dir)?.sync_all()?),
    }
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;

    use super::*;

    #[test]
    fn a_secret_is_made_once_and_private() {
        let dir = tempfile::tempdir().unwrap();
        let nested = dir.path().join("data");
        let made = secret_file(&nested, "jwt.key").unwrap();
        assert_eq!(secret_file(&nested, "jwt.key").unwrap(), made);
        assert_ne!(secret_file(&nested, "other.key").unwrap(), made);
        assert_eq!(fs::metadata(nested.join("jwt.key")).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(&nested).unwrap().count(), 2, "no drafts are left");
    }

    #[test]
    fn those_who_start_at_once_get_the_same_secret() {
        let dir = tempfile::tempdir().unwrap();
        let keys = std::thread::scope(|scope| {
            let threads = (0..8)
                .map(|_| scope.spawn(|| secret_file(dir.path(), "jwt.key").unwrap()))
                .collect::<Vec<_>>();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        });
        assert!(keys.windows(2).all(|pair| pair[0] == pair[1]));
    }

    #[test]
    fn an_open_or_broken_file_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        secret_file(dir.path(), "jwt.key").unwrap();
        let path = dir.path().join("jwt.key");
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        assert!(secret_file(dir.path(), "jwt.key").is_err());
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        fs::write(&path, "c2hvcnQ=").unwrap();
        assert!(secret_file(dir.path(), "jwt.key").is_err());
    }
    #[test]
    fn an_operator_s_own_file_is_read_unless_everybody_may() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("token");
        fs::write(&path, format!("{}\n", BASE64_STANDARD.encode([7; 32]))).unwrap();
        for (mode, good) in [(0o600, true), (0o640, true), (0o644, false)] {
            fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            assert_eq!(read_secret(&path).is_ok(), good, "{mode:o}");
        }
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        assert_eq!(secret_from(&read_secret(&path).unwrap()).unwrap(), [7; 32]);
        let error = format!("{:#}", secret_from("c2hvcnQ=").unwrap_err());
        assert!(error.contains("32 bytes") && !error.contains("c2hvcnQ"), "{error}");
    }
}
