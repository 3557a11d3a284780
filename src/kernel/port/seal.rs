/// Bytes that only the holder of the key can read, bound to the place they were sealed for.
pub type Sealed = Vec<u8>;

/// A sealed value could not be opened: wrong key, wrong place, or changed.
#[derive(Debug, thiserror::Error)]
#[error("a sealed value does not open")]
pub struct SealError;

/// Secrets at rest. `place` (table, column, row, owner) is bound in: a value moved elsewhere does not open.
pub trait Seal: Send + Sync {
    /// Seals under the server's key.
    fn seal(&self, place: &str, plain: &[u8]) -> Sealed;
    /// Opens what [`Seal::seal`] made for the same place.
    fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError>;
    /// What everything sealed from now on begins with: it names the key. Whatever begins otherwise was sealed by an older one.
    fn head(&self) -> Vec<u8>;
    /// Makes a fresh data key and answers it wrapped under the server's key. Destroying the wrapped form destroys all that was sealed under it.
    fn new_key(&self, place: &str) -> Sealed;
    /// Seals under a wrapped data key.
    fn seal_under(&self, key_place: &str, wrapped_key: &[u8], place: &str, plain: &[u8]) -> Result<Sealed, SealError>;
    /// Opens what [`Seal::seal_under`] made.
    fn open_under(&self, key_place: &str, wrapped_key: &[u8], place: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError>;
    /// A keyed fingerprint: equal inputs give equal outputs, and without the key nothing can be guessed.
    fn fingerprint(&self, purpose: &str, plain: &[u8]) -> Vec<u8>;
}
