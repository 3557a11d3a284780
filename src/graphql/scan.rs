//! A look at the raw text of a document before the parser sees it.
//!
//! The parser descends once for each bracket, so a few kilobytes of `[[[[…` would overflow its stack and end the process.

/// What the raw text of a document may hold.
#[derive(Debug, Clone, Copy)]
pub struct TextLimits {
    /// Bytes of the whole text.
    pub bytes: usize,
    /// Names, numbers, strings and punctuators.
    pub tokens: usize,
    /// Brackets of any kind open at once.
    pub nesting: usize,
}

impl Default for TextLimits {
    fn default() -> Self {
        Self {
            bytes: 20 * 1024,
            tokens: 2_000,
            nesting: 64,
        }
    }
}

/// Why a text does not reach the parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextRefused {
    /// More bytes than allowed.
    #[error("The document is longer than {0} bytes.")]
    Bytes(usize),
    /// More tokens than allowed.
    #[error("The document has more than {0} tokens.")]
    Tokens(usize),
    /// Nested more deeply than allowed.
    #[error("The document nests more than {0} brackets.")]
    Nesting(usize),
    /// A string is never closed. Refused here because the parser would read its inside as code.
    #[error("A string of the document is never closed.")]
    OpenString,
}

/// Refuses a text that the parser should not see. One pass over the bytes.
///
/// # Errors
/// The first limit that the text breaks.
pub fn scan(text: &str, limits: &TextLimits) -> Result<(), TextRefused> {
    if text.len() > limits.bytes {
        return Err(TextRefused::Bytes(limits.bytes));
    }
    let bytes = text.as_bytes();
    let (mut at, mut tokens, mut open) = (0, 0, 0_usize);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => at += 1,
            b'#' => at += length_while(&bytes[at..], |byte| byte != b'\n' && byte != b'\r'),
            0xEF if bytes[at..].starts_with("\u{feff}".as_bytes()) => at += 3,
            _ => {
                tokens += 1;
                if tokens > limits.tokens {
                    return Err(TextRefused::Tokens(limits.tokens));
                }
                match byte {
                    b'(' | b'[' | b'{' => open += 1,
                    b')' | b']' | b'}' => open = open.saturating_sub(1),
                    _ => {}
                }
                if open > limits.nesting {
                    return Err(TextRefused::Nesting(limits.nesting));
                }
                at += token_length(&bytes[at..])?;
            }
        }
    }
    Ok(())
}

/// Bytes of the token at the start of `rest`, which is not empty.
fn token_length(rest: &[u8]) -> Result<usize, TextRefused> {
    match rest[0] {
        b'"' if rest.starts_with(b"\"\"\"") => block_length(rest),
        b'"' => string_length(rest),
        b'.' if rest.starts_with(b"...") => Ok(3),
        byte if is_word(byte) => Ok(word_length(rest)),
        _ => Ok(1),
    }
}

/// Bytes of the name or number at the start of `rest`. A dot goes on with it before a digit alone, and a minus after an `e` alone, as within
/// a number: elsewhere the parser begins another token there, without any space.
fn word_length(rest: &[u8]) -> usize {
    let goes_on = |at: usize| match rest[at] {
        b'.' => rest.get(at + 1).is_some_and(u8::is_ascii_digit),
        b'-' => matches!(rest[at - 1], b'e' | b'E'),
        byte => is_word(byte),
    };
    (1..rest.len()).find(|&at| !goes_on(at)).unwrap_or(rest.len())
}

/// Names and numbers. Every byte of a character outside ASCII counts as part of a word.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-' || byte >= 0x80
}

fn length_while(rest: &[u8], holds: impl Fn(u8) -> bool) -> usize {
    rest.iter().position(|&byte| !holds(byte)).unwrap_or(rest.len())
}

fn string_length(rest: &[u8]) -> Result<usize, TextRefused> {
    let mut at = 1;
    while let Some(&byte) = rest.get(at) {
        match byte {
            b'"' => return Ok(at + 1),
            b'\n' | b'\r' => break,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    Err(TextRefused::OpenString)
}

fn block_length(rest: &[u8]) -> Result<usize, TextRefused> {
    let mut at = 3;
    while at < rest.len() {
        if rest[at..].starts_with(b"\\\"\"\"") {
            at += 4;
        } else if rest[at..].starts_with(b"\"\"\"") {
            return Ok(at + 3);
        } else {
            at += 1;
        }
    }
    Err(TextRefused::OpenString)
}

#[cfg(test)]
mod tests {
    use super::{TextLimits, TextRefused, scan};

    fn look(text: &str) -> Result<(), TextRefused> {
        scan(text, &TextLimits::default())
    }

    #[test]
    fn everyday_documents_pass() {
        assert_eq!(
            look(r#"query A($x: [Int!]! = [1]) { a(x: $x, y: -1.5e3) { ...F @include(if: true) } } # {{{"#),
            Ok(())
        );
    }

    #[test]
    fn deep_literals_and_selections_do_not_reach_the_parser() {
        let list = format!("{{f(x:{}{})}}", "[".repeat(2_000), "]".repeat(2_000));
        let object = format!("{{f(x:{}1{})}}", "{a:".repeat(600), "}".repeat(600));
        let fields = format!("{}a{}", "{a".repeat(900), "}".repeat(900));
        for text in [list, object, fields] {
            assert_eq!(look(&text), Err(TextRefused::Nesting(64)));
        }
    }

    #[test]
    fn exactly_the_limit_passes() {
        assert_eq!(look(&format!("{}{}", "{a".repeat(64), "}".repeat(64))), Ok(()));
        assert_eq!(
            look(&format!("{}{}", "{a".repeat(65), "}".repeat(65))),
            Err(TextRefused::Nesting(64))
        );
    }

    #[test]
    fn brackets_in_strings_and_comments_do_not_count() {
        let many = "[{(".repeat(200);
        for text in [
            format!("{{f(x:\"{many}\")}}"),
            format!("{{f(x:\"\\\"{many}\")}}"),
            format!("{{f(x:\"\"\"{many}\n \\\"\"\" \" \"\" {many}\"\"\")}}"),
            format!("# {many} \"\n{{a}}"),
        ] {
            assert_eq!(look(&text), Ok(()), "{text}");
        }
    }

    #[test]
    fn brackets_after_a_string_or_comment_do_count() {
        let many = "[".repeat(70);
        for before in [r#""""#, r#""\\""#, r#""""""""#, r#""""\\\""" """"#, "# \"\r", "# \"\"\"\n"] {
            assert_eq!(look(&format!("{{f(x:{before}{many}")), Err(TextRefused::Nesting(64)), "{before}");
        }
    }

    #[test]
    fn open_strings_are_refused() {
        for text in [
            "{f(x:\"abc",
            "{f(x:\"abc\n\")}",
            "{f(x:\"\"\" [[[",
            "{f(x:\"\\",
            "{f(x:[\"\"\" \"[[[",
        ] {
            assert_eq!(look(text), Err(TextRefused::OpenString), "{text}");
        }
    }

    #[test]
    fn long_texts_are_refused() {
        assert_eq!(look(&"a ".repeat(2_001)), Err(TextRefused::Tokens(2_000)));
        assert_eq!(look(&"a,".repeat(2_000)), Ok(()));
        for text in ["...F", "-1-1", "1.5...", "a-1 "] {
            assert_eq!(look(&text.repeat(1_001)), Err(TextRefused::Tokens(2_000)), "{text}");
        }
        assert_eq!(look(&"-1.5e-3 ".repeat(2_000)), Ok(()), "each is one number");
        assert_eq!(look(&" ".repeat(20 * 1024 + 1)), Err(TextRefused::Bytes(20 * 1024)));
        assert_eq!(look("\u{feff}{a(b:\"汉字\") 汉}"), Ok(()));
    }
}
