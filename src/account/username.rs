//! Names: the one to sign in with, and the one others see.

use unicode_normalization::UnicodeNormalization;
use unicode_security::confusable_detection::skeleton;
use unicode_security::{GeneralSecurityProfile, RestrictionLevel, RestrictionLevelDetection};

use super::reserved;
use crate::kernel::text::{TextError, clean_line};

/// Fewest characters of a username.
pub const SHORTEST: usize = 3;
/// Most characters of a username or nickname.
pub const LONGEST: usize = 24;

/// Why a name may not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameRefused {
    /// Under its least length.
    #[error("the name is too short")]
    TooShort,
    /// Over [`LONGEST`] characters.
    #[error("the name is too long")]
    TooLong,
    /// It holds a character that names may not have.
    #[error("the name holds a character that is not allowed")]
    ForbiddenCharacter,
    /// Letters of scripts that are not written together, such as Latin and Cyrillic.
    #[error("the name mixes scripts that look alike")]
    MixedScripts,
    /// It sounds like the platform or its staff.
    #[error("the name is reserved")]
    Reserved,
}

impl From<TextError> for NameRefused {
    fn from(error: TextError) -> Self {
        match error {
            TextError::TooShort => Self::TooShort,
            TextError::TooLong { .. } => Self::TooLong,
            TextError::ForbiddenCharacter => Self::ForbiddenCharacter,
        }
    }
}

/// A username that may be used, if nobody has its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Username {
    /// As its owner wrote it, in normal form.
    pub shown: String,
    /// The same for all names that look alike; unique.
    pub key: String,
}

/// Reads a username: 3 to 24 letters, digits, Chinese characters and underscores.
///
/// # Errors
/// [`NameRefused`], the first that applies.
pub fn parse(raw: &str) -> Result<Username, NameRefused> {
    let composed = raw.trim().nfkc().collect::<String>();
    let shown = clean_line(&composed, SHORTEST..=LONGEST)?;
    if !shown.chars().all(is_allowed) {
        return Err(NameRefused::ForbiddenCharacter);
    }
    if !shown.as_str().check_restriction_level(RestrictionLevel::HighlyRestrictive) {
        return Err(NameRefused::MixedScripts);
    }
    if reserved::sounds_official(&shown) {
        return Err(NameRefused::Reserved);
    }
    Ok(Username { key: key(&shown), shown })
}

fn is_allowed(letter: char) -> bool {
    letter == '_' || letter.is_alphanumeric() && letter.identifier_allowed()
}

/// What all names have in common that look like this one. Any text has a key, so what is typed at sign-in can be looked up.
#[must_use]
pub fn key(name: &str) -> String {
    let folded = fold(name);
    // Lower case again: the skeleton of 0 is a capital O.
    skeleton(&folded).flat_map(char::to_lowercase).nfkc().collect()
}

/// Compatible forms and cases made one.
pub(super) fn fold(name: &str) -> String {
    name.trim().nfkc().flat_map(char::to_lowercase).nfkc().collect()
}

/// Reads a nickname: 1 to 24 characters of any script that do not sound like the platform.
///
/// # Errors
/// [`NameRefused`], the first that applies.
pub fn parse_nickname(raw: &str) -> Result<String, NameRefused> {
    let name = clean_line(raw, 1..=LONGEST)?;
    if reserved::sounds_official(&name) {
        Err(NameRefused::Reserved)
    } else {
        Ok(name)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::*;

    #[test]
    fn usernames_follow_the_rule() {
        for (raw, shown) in [
            ("sam", Ok("sam")),
            (" Sam_1990 ", Ok("Sam_1990")),
            ("王小明", Ok("王小明")),
            ("游戏player", Ok("游戏player")),
            ("Ｓａｍ１", Ok("Sam1")),
            ("badminton", Ok("badminton")),
            ("Женя", Ok("Женя")),
            ("ab", Err(NameRefused::TooShort)),
            ("", Err(NameRefused::TooShort)),
            (&"a".repeat(24), Ok("aaaaaaaaaaaaaaaaaaaaaaaa")),
            (&"a".repeat(25), Err(NameRefused::TooLong)),
            ("sam sam", Err(NameRefused::ForbiddenCharacter)),
            ("sam@example.com", Err(NameRefused::ForbiddenCharacter)),
            ("sam-1", Err(NameRefused::ForbiddenCharacter)),
            ("sam\u{200B}", Err(NameRefused::ForbiddenCharacter)),
            ("sam😀", Err(NameRefused::ForbiddenCharacter)),
            ("раyраl", Err(NameRefused::MixedScripts)),
            ("sαm", Err(NameRefused::MixedScripts)),
            ("admin", Err(NameRefused::Reserved)),
        ] {
            assert_eq!(parse(raw).map(|name| name.shown), shown.map(str::to_owned), "{raw:?}");
        }
    }

    #[test]
    fn names_that_look_alike_have_one_key() {
        for (one, other) in [
            ("Sam", "sam"),
            ("sam", "ｓａｍ"),
            ("coco", "сосо"),
            ("bob", "b0b"),
            ("lily1", "lilyl"),
            ("modern", "modem"),
            ("B0B", "bob"),
            ("STRASSE", "strasse"),
        ] {
            assert_eq!(key(one), key(other), "{one} and {other}");
        }
        for (one, other) in [("sam", "sara"), ("王小明", "王小朋"), ("sam1", "sam2"), ("sam_1", "sam1")] {
            assert_ne!(key(one), key(other), "{one} and {other}");
        }
    }

    #[test]
    fn nicknames_are_freer_but_not_official() {
        for (raw, shown) in [
            ("小明 😀", Ok("小明 😀")),
            (" B ", Ok("B")),
            ("", Err(NameRefused::TooShort)),
            ("a\u{202E}b", Err(NameRefused::ForbiddenCharacter)),
            ("official support", Err(NameRefused::Reserved)),
            ("★官方客服★", Err(NameRefused::Reserved)),
            ("一二三四五六七八九十一二三四五六七八九十一二三四五", Err(NameRefused::TooLong)),
        ] {
            assert_eq!(parse_nickname(raw), shown.map(str::to_owned), "{raw:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic_and_a_key_is_its_own_key_s_lookup(raw in any::<String>()) {
            let _ = parse_nickname(&raw);
            if let Ok(name) = parse(&raw) {
                assert_eq!(key(&name.shown), name.key);
                assert_eq!(key(&name.shown.to_uppercase()), key(&name.shown.to_uppercase().to_lowercase()));
            }
        }
    }
}
