//! Which passwords may be chosen. Length and rarity only: composition rules make passwords worse.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Fewest characters of a password.
pub const SHORTEST: usize = 8;
/// Most characters of a password.
pub const LONGEST: usize = 128;

/// The 3,000 commonest passwords that are long enough to be chosen, in lower case.
static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("common_passwords.txt").lines().collect());

/// Why a password may not be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefused {
    /// Under [`SHORTEST`] characters.
    #[error("the password is too short")]
    TooShort,
    /// Over [`LONGEST`] characters.
    #[error("the password is too long")]
    TooLong,
    /// Among the first that anyone would try.
    #[error("the password is one of the commonest")]
    TooCommon,
}

/// Decides whether `password` may be chosen. Upper and lower case make no password rarer.
///
/// # Errors
/// [`PasswordRefused`].
pub fn check(password: &str) -> Result<(), PasswordRefused> {
    // One more than the most is enough to count.
    match password.chars().take(LONGEST + 1).count() {
        ..SHORTEST => Err(PasswordRefused::TooShort),
        SHORTEST..=LONGEST if COMMON.contains(password.to_lowercase().as_str()) => Err(PasswordRefused::TooCommon),
        SHORTEST..=LONGEST => Ok(()),
        _ => Err(PasswordRefused::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_and_rarity_decide() {
        for (password, verdict) in [
            ("", Err(PasswordRefused::TooShort)),
            ("Xk4!pq9", Err(PasswordRefused::TooShort)),
            ("password", Err(PasswordRefused::TooCommon)),
            ("PassWord", Err(PasswordRefused::TooCommon)),
            ("12345678", Err(PasswordRefused::TooCommon)),
            ("blue kettle", Ok(())),
            ("一二三四五六七八", Ok(())),
            (&"a".repeat(LONGEST), Ok(())),
            (&"图".repeat(LONGEST + 1), Err(PasswordRefused::TooLong)),
        ] {
            assert_eq!(check(password), verdict, "{password}");
        }
    }

    #[test]
    fn the_list_holds_three_thousand_that_could_be_chosen() {
        assert_eq!(COMMON.len(), 3_000);
        assert!(
            COMMON
                .iter()
                .all(|word| word.chars().count() >= SHORTEST && *word == word.to_lowercase())
        );
    }
}
