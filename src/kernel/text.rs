//! Every text that a person writes comes in through here: normalised, trimmed, within its length, without invisible tricks.

use std::ops::RangeInclusive;

use entity::value::Time;
use time::{OffsetDateTime, format_description::BorrowedFormatItem, macros::format_description};
use unicode_normalization::UnicodeNormalization;

/// Why a text is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Under its least length.
    #[error("the text is too short")]
    TooShort,
    /// Over its length.
    #[error("the text is over {max} characters")]
    TooLong {
        /// Most characters it may have.
        max: usize,
    },
    /// It holds a control character, one that turns the direction of writing, or one that nobody sees.
    #[error("the text holds a character that is not allowed")]
    ForbiddenCharacter,
}

const MOMENT: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day] [hour]:[minute]");

/// A moment in UTC to the minute, as `2026-01-31 12:00`.
#[must_use]
pub fn moment(at: Time) -> String {
    let written = OffsetDateTime::from_unix_timestamp(at.0.div_euclid(1_000)).map(|at| at.format(MOMENT));
    written.ok().and_then(Result::ok).unwrap_or_default()
}

/// One line: a title, a name. `length` counts characters after trimming.
///
/// # Errors
/// [`TextError`].
pub fn clean_line(raw: &str, length: RangeInclusive<usize>) -> Result<String, TextError> {
    clean(raw, length, |_| false)
}

/// Several lines. Line ends become `\n`; tabs are kept.
///
/// # Errors
/// [`TextError`].
pub fn clean_text(raw: &str, length: RangeInclusive<usize>) -> Result<String, TextError> {
    let unix = raw.replace("\r\n", "\n").replace('\r', "\n");
    clean(&unix, length, |letter| letter == '\n' || letter == '\t')
}

fn clean(raw: &str, length: RangeInclusive<usize>, is_layout: fn(char) -> bool) -> Result<String, TextError> {
    let text = raw.trim().nfc().collect::<String>();
    let letters = text.chars().collect::<Vec<_>>();
    let is_bad = |(at, &letter): (usize, &char)| !is_layout(letter) && (is_forbidden(letter) || is_lone_joiner(&letters, at));
    if letters.iter().enumerate().any(is_bad) {
        return Err(TextError::ForbiddenCharacter);
    }
    match letters.len() {
        count if count > *length.end() => Err(TextError::TooLong { max: *length.end() }),
        count if count < *length.start() => Err(TextError::TooShort),
        _ => Ok(text),
    }
}

fn is_forbidden(letter: char) -> bool {
    letter.is_control() || turns_direction(letter) || is_unseen(letter)
}

fn turns_direction(letter: char) -> bool {
    matches!(letter, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Soft hyphen, fillers, zero-width spaces, line separators, invisible operators, tags.
fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{AD}'
            | '\u{34F}'
            | '\u{115F}'
            | '\u{1160}'
            | '\u{17B4}'
            | '\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{2060}'..='\u{2065}'
            | '\u{206A}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E007F}'
    )
}

/// Joiners make one emoji of several, and letters of some scripts. Between Latin or Chinese ones they only hide.
fn is_lone_joiner(letters: &[char], at: usize) -> bool {
    let is_joiner = |letter: char| matches!(letter, '\u{200C}' | '\u{200D}');
    let joins = |letter: &char| !letter.is_ascii() && !is_han(*letter) && !is_joiner(*letter) && !letter.is_whitespace();
    let before = at.checked_sub(1).and_then(|before| letters.get(before));
    is_joiner(letters[at]) && !(before.is_some_and(joins) && letters.get(at + 1).is_some_and(joins))
}

/// Chinese characters, of all blocks.
#[must_use]
pub fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::*;

    #[test]
    fn a_moment_is_written_to_the_minute() {
        assert_eq!(moment(Time(1_700_000_000_042)), "2023-11-14 22:13");
    }

    #[test]
    fn lines_are_trimmed_composed_and_counted() {
        for (raw, clean) in [
            ("  hello ", Ok("hello")),
            ("\u{3000}你好，世界\u{3000}", Ok("你好，世界")),
            ("cafe\u{301}", Ok("caf\u{e9}")),
            ("👨\u{200D}👩\u{200D}👧 ❤\u{FE0F}", Ok("👨\u{200D}👩\u{200D}👧 ❤\u{FE0F}")),
            ("می\u{200C}خواهم", Ok("می\u{200C}خواهم")),
            ("   ", Err(TextError::TooShort)),
            ("一二三四五六七八九十", Ok("一二三四五六七八九十")),
            ("一二三四五六七八九十一", Err(TextError::TooLong { max: 10 })),
        ] {
            assert_eq!(clean_line(raw, 1..=10), clean.map(str::to_owned), "{raw:?}");
        }
        assert_eq!(clean_line("  ", 0..=10), Ok(String::new()));
    }

    #[test]
    fn what_hides_or_turns_is_refused() {
        for raw in [
            "a\0b",
            "a\nb",
            "a\tb",
            "a\u{7F}b",
            "a\u{85}b",
            "pay\u{202E}001",
            "a\u{2066}b\u{2069}",
            "ad\u{200B}min",
            "ad\u{200D}min",
            "官\u{200D}方",
            "\u{200D}a",
            "👩\u{200D}\u{200D}👧",
            "a\u{2028}b",
            "a\u{3164}b",
            "a\u{FEFF}b",
            "🏴\u{E0067}\u{E007F}",
        ] {
            assert_eq!(clean_line(raw, 0..=100), Err(TextError::ForbiddenCharacter), "{raw:?}");
        }
    }

    #[test]
    fn texts_keep_their_lines() {
        assert_eq!(clean_text(" a\r\nb\rc\n\td \n", 1..=100).as_deref(), Ok("a\nb\nc\n\td"));
        assert_eq!(clean_text("a\u{B}b", 1..=100), Err(TextError::ForbiddenCharacter));
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(raw in any::<String>()) {
            if let Ok(once) = clean_text(&raw, 0..=1_000) {
                assert_eq!(clean_text(&once, 0..=1_000), Ok(once.clone()));
            }
        }
    }
}
