//! A look at a document's raw text, before any parser sees it: a deep literal would overflow the parser's stack and end the process.

/// The most bytes a document may have.
pub const MAX_BYTES: usize = 20 * 1024;
/// The most tokens it may have.
pub const MAX_TOKENS: usize = 2_000;
/// The most brackets that may be open at once.
pub const MAX_DEPTH: usize = 64;

/// Why a text is not parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TooLarge {
    /// More than [`MAX_BYTES`].
    #[error("A document has at most 20 KB")]
    Bytes,
    /// More than [`MAX_TOKENS`].
    #[error("A document has at most 2,000 tokens")]
    Tokens,
    /// Deeper than [`MAX_DEPTH`].
    #[error("A document is nested at most 64 deep")]
    Depth,
}

/// Looks at a text once, from front to back.
pub fn scan(text: &str) -> Result<(), TooLarge> {
    if text.len() > MAX_BYTES {
        return Err(TooLarge::Bytes);
    }
    let bytes = text.as_bytes();
    let (mut at, mut tokens, mut depth) = (0, 0, 0_usize);
    while at < bytes.len() {
        let start = at;
        at = match bytes[at] {
            b'#' => skip_comment(bytes, at),
            b'"' => skip_string(bytes, at),
            byte if is_name(byte) => skip_name(bytes, at),
            _ => at + 1,
        };
        match bytes[start] {
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b'#' => continue,
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        tokens += 1;
        if tokens > MAX_TOKENS {
            return Err(TooLarge::Tokens);
        }
        if depth > MAX_DEPTH {
            return Err(TooLarge::Depth);
        }
    }
    Ok(())
}

const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'+')
}

fn skip_name(bytes: &[u8], at: usize) -> usize {
    bytes[at..]
        .iter()
        .position(|byte| !is_name(*byte))
        .map_or(bytes.len(), |length| at + length)
}

fn skip_comment(bytes: &[u8], at: usize) -> usize {
    bytes[at..]
        .iter()
        .position(|byte| matches!(byte, b'\n' | b'\r'))
        .map_or(bytes.len(), |length| at + length)
}

/// To behind the string's end; an open string ends with the text (a block string) or the line, and the parser will say so.
fn skip_string(bytes: &[u8], at: usize) -> usize {
    let block = bytes[at..].starts_with(b"\"\"\"");
    let (mut at, end): (usize, &[u8]) = if block { (at + 3, b"\"\"\"") } else { (at + 1, b"\"") };
    while at < bytes.len() {
        let rest = &bytes[at..];
        if rest.starts_with(end) {
            return at + end.len();
        }
        at += match rest[0] {
            b'\\' if block && rest.starts_with(b"\\\"\"\"") => 4,
            b'\\' if block => 1,
            b'\\' => 2,
            b'\n' if !block => return at,
            _ => 1,
        };
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_long_and_crowded_texts_are_refused_before_parsing() {
        assert_eq!(scan(&format!("{{f(x:{}", "[".repeat(2_000))), Err(TooLarge::Depth));
        assert_eq!(scan(&"{a:".repeat(65)), Err(TooLarge::Depth));
        assert_eq!(scan(&"{a".repeat(64)), Ok(()));
        assert_eq!(scan(&"a ".repeat(2_001)), Err(TooLarge::Tokens));
        assert_eq!(scan(&" ".repeat(MAX_BYTES + 1)), Err(TooLarge::Bytes));
    }

    #[test]
    fn brackets_in_strings_and_comments_do_not_count() {
        let many = "[".repeat(100);
        for text in [
            format!("{{f(x:\"{many}\")}}"),
            format!("{{f(x:\"\"\"{many} \\\"\"\" {many}\"\"\")}}"),
            format!("#{many}\n{{f}}"),
            format!("{{f(x:\"\\\"{many}\")}}"),
        ] {
            assert_eq!(scan(&text), Ok(()), "{text}");
        }
        assert_eq!(scan(&format!("\"\" {many}")), Err(TooLarge::Depth));
        assert_eq!(scan(&format!("\"open\n{many}")), Err(TooLarge::Depth));
    }
}
